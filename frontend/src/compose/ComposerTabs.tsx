import { useEffect, useRef } from "react";
import { Tab, TabList } from "react-aria-components";
import { t } from "../lib/words";
import { Check, CircleAlert } from "../ui/icons";
import type { DraftKind } from "./drafts";
import type { KeeperState } from "./keeper";
import { kindIcon, kindName } from "./kinds";

interface ComposerTabsProps {
  kind: DraftKind;
  /** drafted names the kinds that hold words or files. */
  drafted: DraftKind[];
  forwarding: boolean;
  /** asides are the side conversations that are written in, by their drafts. */
  asides: { kind: DraftKind; subject: string | undefined }[];
  state: KeeperState;
}

/** ComposerTabs choose what is written, show where a draft lies, and say whether
 * it is safe. */
export function ComposerTabs({ kind, drafted, forwarding, asides, state }: ComposerTabsProps) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    line.current?.querySelector("[data-selected]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [kind]);
  const tab = (id: DraftKind, subject?: string) => {
    const name = kindName(id, subject);
    const { Icon, className } = kindIcon(id);
    return (
      <Tab key={id} id={id} className="composer-tab">
        <Icon size={15} className={className} aria-hidden />
        <span className="cut" dir="auto" title={name}>
          {name}
        </span>
        {kind !== id && drafted.includes(id) && <span className="composer-dot" role="img" aria-label={t("holds a draft")} />}
      </Tab>
    );
  };
  return (
    <div className="composer-top">
      <TabList ref={line} aria-label={t("What to write")} className="composer-tabs">
        {tab("reply")}
        {tab("note")}
        {forwarding && tab("forward")}
        {asides.map((one) => tab(one.kind, one.subject))}
      </TabList>
      <Saved state={state} />
    </div>
  );
}

function Saved({ state }: { state: KeeperState }) {
  if (state === "empty") return null;
  if (state === "failed") {
    return (
      <span className="composer-saved" data-tone="failed">
        <CircleAlert size={13} aria-hidden />
        {t("Not saved yet")}
      </span>
    );
  }
  return (
    <span className="composer-saved">
      {state === "saved" && <Check size={13} aria-hidden />}
      {state === "saved" ? t("Saved") : t("Saving")}
    </span>
  );
}
