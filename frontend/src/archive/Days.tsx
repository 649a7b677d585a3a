import { useState } from "react";
import { useAct } from "../lib/act";
import { desk } from "../lib/desk";
import { client } from "../lib/query";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";
import { TextInput } from "../ui/TextInput";

/** Days says how long ended tickets stay on the desks; an admin sets it. */
export function Days({ days, mayChange }: { days: number; mayChange: boolean }) {
  const [typed, setTyped] = useState(String(days));
  const act = useAct();
  if (!mayChange) return <p className="text-muted">{days > 0 ? t("Ended tickets stay on the desks for {{count}} days.", { count: days }) : t("Ended tickets stay on the desks for ever.")}</p>;
  const save = () => void act.run(() => desk.archive.setDays({ days: Number(typed) })).then(() => client.invalidateQueries({ queryKey: ["archive"] }));
  const valid = /^\d{1,5}$/.test(typed.trim());
  return (
    <form
      className="archive-days"
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) save();
      }}
    >
      <div className="archive-line">
        <TextInput label={t("Days that an ended ticket stays on the desks")} hint={t("0 is for ever")} inputMode="numeric" value={typed} onChange={setTyped} />
        <Button type="submit" isDisabled={act.busy || !valid || Number(typed) === days}>
          {t("Save")}
        </Button>
      </div>
      {act.problem && <Problem message={act.problem.message} />}
    </form>
  );
}
