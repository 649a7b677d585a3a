import { useState } from "react";
import { run, useActions } from "../lib/actions";
import { useSession } from "../lib/query";
import { t } from "../lib/words";
import { Banner } from "./Banner";

/** RepairedBanner says what a repair at the start set aside, and where: a sentence that
 * must be read whole, for it may name unsent words. */
export function RepairedBanner() {
  const said = useSession().data?.repaired ?? "";
  const [read, setRead] = useState("");
  const isShown = said !== "" && said !== read;
  useActions(() => (isShown ? [{ id: "session.repaired", name: t("Put the notice of what was set aside away"), area: t("Window"), icon: "x", do: () => setRead(said) }] : []), [isShown, said]);
  if (!isShown) return null;
  return (
    <Banner tone="rests" headline={t("Something was set aside.")} does={t("Put aside")} onAct={() => run("session.repaired")}>
      {said}
    </Banner>
  );
}
