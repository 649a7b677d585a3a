import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../lib/act";
import { useActions } from "../lib/actions";
import { toDeskError } from "../lib/backend";
import { desk } from "../lib/desk";
import type { MailboxRule, RulesRequest, RulesView } from "../lib/view";
import { useUnfinished } from "../lib/unfinished";
import { t } from "../lib/words";
import { ActionButton } from "../mark/ActionButton";
import { Badge } from "../mark/Badges";
import { arrive } from "../ui/arrive";
import { Empty } from "../ui/Empty";
import { ListItem } from "../ui/ListItem";
import { Problem } from "../ui/Problem";
import { freshRule, moved, summary } from "./rule";
import { RuleForm } from "./RuleForm";
import { TrialSheet } from "./TrialSheet";

/** Rules are asked in their order: what an earlier one sets stands. */
export function Rules() {
  const { data, error, refetch } = useQuery({ queryKey: ["mailboxes", "rules"], queryFn: desk.mailbox.rules });
  if (error && !data) return <section className="pane p-16"><Problem message={toDeskError(error).message} retryLabel={t("Try again")} onRetry={() => void refetch()} /></section>;
  if (!data) return <section className="pane" aria-busy />;
  return <Editor view={data} />;
}

/** Editor keeps what is being changed until it is saved or given up; what comes
 * from elsewhere meanwhile waits. */
function Editor({ view }: { view: RulesView }) {
  const { value: draft, change: setDraft, finish } = useUnfinished<RulesRequest | undefined>("rules", undefined);
  const [at, setAt] = useState(0);
  const [added, setAdded] = useState(-1); // where what is typed next is its name
  const act = useAct();
  const rules = draft?.rules ?? view.rules;
  const index = Math.max(0, Math.min(at, rules.length - 1));
  const rule = rules[index];
  const put = (next: MailboxRule[]) => setDraft({ saw: draft?.saw ?? view.rules, rules: next });
  const shift = (by: number) => {
    const next = moved(rules, index, by);
    if (next === rules) return;
    put(next);
    setAt(index + by);
  };
  const stand = (next: number) => {
    setAt(next);
    setAdded(-1);
  };
  const add = () => {
    put([...rules, freshRule()]);
    setAt(rules.length);
    setAdded(rules.length);
  };
  const giveUp = () => {
    setDraft(undefined);
    setAdded(-1);
    finish();
  };
  const save = async () => {
    if (draft && (await act.run(() => desk.mailbox.saveRules(draft), [["mailbox"], ["sync"]]))) giveUp();
  };
  const [tried, setTried] = useState<MailboxRule[]>();
  const may = () => view.maySave;
  useActions(() => {
    const area = t("Rules");
    const each = () => may() && rule !== undefined;
    return [
      { id: "rules.next", name: t("Next rule"), area, keys: ["j"], hidden: true, do: () => stand(Math.min(index + 1, rules.length - 1)) },
      { id: "rules.previous", name: t("Previous rule"), area, keys: ["k"], hidden: true, do: () => stand(Math.max(index - 1, 0)) },
      { id: "rules.add", name: t("Add a rule"), label: t("add"), area, keys: ["n"], hint: ["n"], icon: "plus", when: may, do: add },
      { id: "rules.up", name: t("Ask the rule earlier"), area, keys: ["Shift+k"], icon: "chevron-up", when: each, do: () => shift(-1) },
      { id: "rules.down", name: t("Ask the rule later"), area, keys: ["Shift+j"], icon: "arrow-down-to-line", when: each, do: () => shift(1) },
      { id: "rules.remove", name: t("Remove the rule"), area, keys: ["d"], icon: "x", when: each, do: () => put(rules.filter((_, i) => i !== index)) },
      { id: "rules.try", name: t("Try the rule on past mails"), label: t("try"), area, keys: ["t"], hint: ["t"], icon: "eye", when: each, do: () => rule && setTried([rule]) },
      { id: "rules.tryAll", name: t("Try all rules on past mails"), area, keys: ["Shift+t"], icon: "eye", when: each, do: () => setTried(rules) },
      { id: "rules.save", name: t("Save the rules"), area, keys: ["Mod+Enter"], icon: "check", when: () => draft !== undefined && !act.busy, do: () => void save() },
      { id: "rules.back", name: t("Give up the changes"), area, icon: "undo-2", when: () => draft !== undefined, do: giveUp },
    ];
  }, [index, rules, draft, act.busy, view.maySave]);
  return (
    <div className="two-panes">
      <RuleList rules={rules} index={index} pending={view.pending && !draft} onAt={stand} />
      <section ref={arrive} tabIndex={-1} className="pane" aria-label={rule ? rule.name || t("A new rule") : t("Rules")}>
        <div className="rule-bar">
          {view.maySave && <ActionButton id="rules.add">{t("Add a rule")}</ActionButton>}
          {view.maySave && rule && (
            <>
              <ActionButton id="rules.up" kind="quiet">{t("Earlier")}</ActionButton>
              <ActionButton id="rules.down" kind="quiet">{t("Later")}</ActionButton>
              <ActionButton id="rules.remove" kind="quiet">{t("Remove")}</ActionButton>
              <ActionButton id="rules.try" kind="quiet">{t("Try")}</ActionButton>
              <ActionButton id="rules.tryAll" kind="quiet">{t("Try all")}</ActionButton>
            </>
          )}
          <span className="grow" />
          {draft && <ActionButton id="rules.back" kind="quiet">{t("Give up")}</ActionButton>}
          {draft && <ActionButton id="rules.save" kind="primary">{t("Save the rules")}</ActionButton>}
        </div>
        {act.problem && <Problem message={act.problem.message} copyLabel={t("Copy details")} />}
        {rule ? <RuleForm key={index} rule={rule} autoFocus={index === added} isDisabled={!view.maySave} onChange={(part) => put(rules.map((one, i) => (i === index ? { ...one, ...part } : one)))} /> : <Empty said={noRule(view.maySave)} />}
      </section>
      {tried && <TrialSheet rules={tried} onClose={() => setTried(undefined)} />}
    </div>
  );
}

const noRule = (maySave: boolean) => (maySave ? t("Every mail becomes an incident in triage. A rule says otherwise.") : t("No rule stands: every mail becomes an incident in triage."));

function RuleList({ rules, index, pending, onAt }: { rules: MailboxRule[]; index: number; pending: boolean; onAt: (at: number) => void }) {
  return (
    <section className="pane pane-scroll" aria-label={t("Rules in their order")}>
      {rules.map((rule, at) => (
        <ListItem
          key={at}
          mark={pending ? <Badge kind="pending" /> : <span className="text-caption text-muted tabular">{at + 1}</span>}
          title={rule.name || t("A new rule")}
          sub={summary(rule)}
          isCurrent={at === index}
          onChoose={() => onAt(at)}
        />
      ))}
    </section>
  );
}
