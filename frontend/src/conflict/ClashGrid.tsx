import { useEffect, useId, useRef, useState } from "react";
import { useAct } from "../lib/act";
import { useActions } from "../lib/actions";
import { desk } from "../lib/desk";
import { useSession } from "../lib/query";
import { shortTime } from "../lib/time";
import type { Clash, ClashGroup } from "../lib/view";
import { t } from "../lib/words";
import { ActionButton } from "../mark/ActionButton";
import { Kbd } from "../ui/Kbd";
import { Problem } from "../ui/Problem";
import { choiceOf, editFrom, elsewhere, firstOpen, isOvertaken, requestsOf } from "./choice";
import { ClashLine } from "./ClashLine";
import { useDeciding } from "./deciding";
import { EditValue } from "./EditValue";

/** ClashGrid lays two truths side by side: what both saw, the server's, mine,
 * and what will stand. Nothing is sent before Apply. */
export function ClashGrid({ group }: { group: ClashGroup }) {
  const { fields } = group;
  const [state, step] = useDeciding(group);
  const [editing, setEditing] = useState(false);
  const [missing, setMissing] = useState(false);
  const missingId = useId();
  const act = useAct();
  const me = useSession().data?.user.id;
  const ready = requestsOf(state, fields);
  const open = firstOpen(state, fields);
  const grid = useRef<HTMLDivElement>(null);
  const apply = () => {
    if (ready.length === 0) {
      setMissing(true);
      if (open >= 0) step({ kind: "at", index: open });
      grid.current?.focus({ preventScroll: true });
      reveal(fields[open]);
      return;
    }
    void act.once(async () => {
      // In order, so that a refusal leaves the later choices unsent and in sight.
      for (const request of ready) {
        await desk.tray.resolve(request); // oxlint-disable-line no-await-in-loop
        step({ kind: "sent", id: request.conflictId });
      }
    }, [["tray"], ["queue"], ["sync"], ["ticket", group.row.id]]);
  };
  const latest = useRef({ apply, step });
  latest.current = { apply, step };
  useActions(() => {
    const area = t("Conflicts");
    const now: typeof step = (next) => latest.current.step(next);
    const choose = (choice: "mine" | "server" | "dismiss") => now({ kind: "choose", choice: { choice, value: "" } });
    return [
      { id: "clash.mine", name: t("Take mine"), label: t("mine"), area, keys: ["1"], hint: ["1"], do: () => choose("mine") },
      { id: "clash.server", name: t("Take the server’s"), label: t("server"), area, keys: ["2"], hint: ["2"], do: () => choose("server") },
      { id: "clash.edit", name: t("Edit the value"), label: t("edit"), area, keys: ["3"], hint: ["3"], do: () => setEditing(true) },
      { id: "clash.dismiss", name: t("Put the other value aside"), area, do: () => choose("dismiss") },
      { id: "clash.apply", name: t("Apply what is decided"), label: t("apply"), area, keys: ["Enter"], hint: ["Enter"], do: () => latest.current.apply() },
      { id: "clash.undo", name: t("Take the last choice back"), area, keys: ["z"], do: () => now({ kind: "undo" }) },
      { id: "clash.down", name: t("Next field"), area, keys: ["ArrowDown"], hidden: true, do: () => now({ kind: "move", by: 1 }) },
      { id: "clash.up", name: t("Previous field"), area, keys: ["ArrowUp"], hidden: true, do: () => now({ kind: "move", by: -1 }) },
    ];
  }, []);
  useEffect(() => grid.current?.focus({ preventScroll: true }), []);
  const first = fields[0];
  const current = fields[state.current];
  useEffect(() => reveal(current), [current?.id]); // oxlint-disable-line react-hooks/exhaustive-deps -- the row moves with its field, not with its values
  return (
    <>
      <Meanwhile changed={fields.filter((field) => isOvertaken(state, field)).map((field) => field.label)} gone={elsewhere(state, fields)} />
      <div ref={grid} role="grid" tabIndex={0} className="clash" aria-label={t("Fields with two values")} aria-activedescendant={current ? `clash-${current.id}` : undefined}>
        <div role="row" className="contents">
          <Heading name={t("Field")} />
          <Heading name={t("Base")} hint={t("both saw it")} />
          <Heading name={t("Server")} cap="2" hint={byline(first, "server", me)} />
          <Heading name={t("Mine")} cap="1" hint={byline(first, "mine", me)} />
          <Heading name={t("Result")} />
        </div>
        {fields.map((field, index) => (
          <ClashLine
            key={field.id}
            field={field}
            position={t("{{index}} of {{total}}", { index: index + 1, total: fields.length })}
            isCurrent={index === state.current}
            choice={choiceOf(state, field)}
            overtaken={isOvertaken(state, field)}
            onPoint={() => step({ kind: "at", index })}
            onChoose={(choice) => {
              step({ kind: "at", index });
              step({ kind: "choose", choice: { choice, value: "" } });
            }}
          />
        ))}
      </div>
      {act.problem && <Problem message={act.problem.message} retryLabel={t("Try again")} onRetry={apply} copyLabel={t("Copy details")} />}
      <div className="clash-foot">
        <ActionButton id="clash.apply" kind="primary" describedBy={ready.length === 0 ? missingId : undefined}>
          {t("Apply {{ready}} of {{total}}", { ready: ready.length, total: fields.length })}
        </ActionButton>
        <ActionButton id="clash.edit">{t("Edit value")}</ActionButton>
        <ActionButton id="clash.dismiss" kind="quiet">
          {t("Put aside")}
        </ActionButton>
        <span id={missingId} role="status" className="grow text-caption text-muted">
          {ready.length === 0 && missing && missingWords(fields[open])}
        </span>
        <span className="text-caption text-muted">
          {t("Take a choice back with")} <Kbd caps={["z"]} />
        </span>
      </div>
      {editing && current && (
        <EditValue
          field={current}
          written={editFrom(state, current)}
          onClose={() => setEditing(false)}
          onValue={(value) => {
            setEditing(false);
            step({ kind: "choose", choice: { choice: "edit", value } });
          }}
        />
      )}
    </>
  );
}

/** Meanwhile says what became of choices while one was elsewhere. */
function Meanwhile({ changed, gone }: { changed: string[]; gone: string[] }) {
  return (
    <div role="status" className="clash-meanwhile">
      {changed.length > 0 && <p>{t("Changed after you chose, so please choose again: {{fields}}. Your other choices stand.", { fields: changed.join(", ") })}</p>}
      {gone.length > 0 && <p>{t("Decided by somebody else meanwhile: {{fields}}.", { fields: gone.join(", ") })}</p>}
    </div>
  );
}

const missingWords = (field: Clash | undefined) =>
  field ? t("Nothing is chosen yet: press 1, 2 or 3 for {{field}}.", { field: field.label }) : t("Everything here is decided and waits to be sent.");

/** reveal brings a row into view. The row itself is no box; each of its cells is as
 * tall as all of it. */
function reveal(field: Clash | undefined): void {
  if (field) document.getElementById(`clash-${field.id}`)?.firstElementChild?.scrollIntoView({ block: "nearest" });
}

function Heading({ name, cap, hint }: { name: string; cap?: string; hint?: string }) {
  return (
    <div role="columnheader" className="clash-heading">
      <b>{name}</b> {cap && <Kbd caps={[cap]} size="big" />}
      {hint && <div className="cut">{hint}</div>}
    </div>
  );
}

function byline(field: Clash | undefined, side: "server" | "mine", me: string | undefined): string {
  if (!field) return "";
  const [person, at] = side === "server" ? [field.serverBy, field.serverAt] : [field.mineBy, field.mineAt];
  const name = person.id && person.id === me ? t("You") : person.name;
  return [name, shortTime(at)].filter(Boolean).join(", ");
}
