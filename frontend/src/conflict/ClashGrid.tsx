import { useEffect, useReducer, useRef, useState } from "react";
import { useAct } from "../lib/act";
import { useActions } from "../lib/actions";
import { desk } from "../lib/desk";
import { useSession } from "../lib/query";
import { timeOfDay } from "../lib/time";
import type { Clash, ClashGroup } from "../lib/view";
import { t } from "../lib/words";
import { ActionButton } from "../mark/ActionButton";
import { Kbd } from "../ui/Kbd";
import { Problem } from "../ui/Problem";
import { decide, decided, type Deciding, requestsOf, startOf, type Step } from "./choice";
import { ClashLine } from "./ClashLine";
import { EditValue } from "./EditValue";

/** ClashGrid lays two truths side by side: what both saw, the server's, mine,
 * and what will stand. Nothing is sent before Apply. */
export function ClashGrid({ group }: { group: ClashGroup }) {
  const { fields } = group;
  const [state, step] = useReducer((held: Deciding, next: Step) => decide(held, next, fields), fields, startOf);
  const [editing, setEditing] = useState(false);
  const act = useAct();
  const me = useSession().data?.user.id;
  const ready = decided(state, fields).length;
  const grid = useRef<HTMLDivElement>(null);
  const apply = async () => {
    const requests = requestsOf(state, fields);
    if (requests.length === 0) return;
    await act.run(async () => {
      // In order, so that a refusal leaves the later choices unsent and in sight.
      for (const request of requests) await desk.tray.resolve(request); // oxlint-disable-line no-await-in-loop
    }, [["tray"], ["queue"], ["sync"], ["ticket", group.row.id]]);
  };
  const latest = useRef({ apply, ready });
  latest.current = { apply, ready };
  useActions(() => {
    const area = t("Conflicts");
    const choose = (choice: "mine" | "server" | "dismiss") => step({ kind: "choose", choice: { choice, value: "" } });
    return [
      { id: "clash.mine", name: t("Take mine"), label: t("mine"), area, keys: ["1"], hint: ["1"], do: () => choose("mine") },
      { id: "clash.server", name: t("Take the server’s"), label: t("server"), area, keys: ["2"], hint: ["2"], do: () => choose("server") },
      { id: "clash.edit", name: t("Edit the value"), label: t("edit"), area, keys: ["3"], hint: ["3"], do: () => setEditing(true) },
      { id: "clash.dismiss", name: t("Put the other value aside"), area, do: () => choose("dismiss") },
      { id: "clash.apply", name: t("Apply what is decided"), label: t("apply"), area, keys: ["Enter"], hint: ["Enter"], do: () => void latest.current.apply() },
      { id: "clash.undo", name: t("Take the last choice back"), area, keys: ["z"], do: () => step({ kind: "undo" }) },
      { id: "clash.down", name: t("Next field"), area, keys: ["ArrowDown"], hidden: true, do: () => step({ kind: "move", by: 1 }) },
      { id: "clash.up", name: t("Previous field"), area, keys: ["ArrowUp"], hidden: true, do: () => step({ kind: "move", by: -1 }) },
    ];
  }, []);
  useEffect(() => grid.current?.focus({ preventScroll: true }), []);
  const first = fields[0];
  const current = fields[state.current];
  return (
    <>
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
            choice={state.chosen[field.id]}
            onPoint={() => step({ kind: "at", index })}
            onChoose={(choice) => {
              step({ kind: "at", index });
              step({ kind: "choose", choice: { choice, value: "" } });
            }}
          />
        ))}
      </div>
      {act.problem && <Problem message={act.problem.message} retryLabel={t("Try again")} onRetry={() => void apply()} copyLabel={t("Copy details")} />}
      <div className="clash-foot">
        <ActionButton id="clash.apply" kind="primary">
          {t("Apply {{ready}} of {{total}}", { ready, total: fields.length })}
        </ActionButton>
        <ActionButton id="clash.edit">{t("Edit value")}</ActionButton>
        <ActionButton id="clash.dismiss" kind="quiet">
          {t("Put aside")}
        </ActionButton>
        <span className="grow" />
        <span className="text-caption text-muted">
          {t("Take a choice back with")} <Kbd caps={["z"]} />
        </span>
      </div>
      {editing && current && (
        <EditValue
          field={current}
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
  return [name, timeOfDay(at)].filter(Boolean).join(", ");
}
