import { useOptions } from "../lib/query";
import type { MailboxRule, Option } from "../lib/view";
import { t } from "../lib/words";
import { Segments } from "../ui/Segments";
import { TextInput } from "../ui/TextInput";
import { Tick } from "../ui/Tick";
import { Pick } from "../mark/Pick";
import { words } from "./rule";
import { RuleTests } from "./RuleTests";

interface RuleFormProps {
  rule: MailboxRule;
  isDisabled: boolean;
  autoFocus: boolean;
  onChange: (part: Partial<MailboxRule>) => void;
}

const orUnset = (options: Option[] | undefined) => [{ id: "", label: t("As it would be") }, ...(options ?? []).map(({ id, label, hint }) => ({ id, label, hint }))];

/** RuleForm is a rule: which mails it is for, and what they become. */
export function RuleForm({ rule, isDisabled, autoFocus, onChange }: RuleFormProps) {
  const becomes = rule.events ? "events" : rule.ignore ? "ignore" : "work";
  return (
    <div className="detail-body detail-narrow">
      <TextInput label={t("Name")} value={rule.name} isDisabled={isDisabled} autoFocus={autoFocus} onChange={(name) => onChange({ name })} />
      <RuleTests label={t("Which mails: all of this holds")} tests={rule.when} isDisabled={isDisabled} onChange={(when) => onChange({ when })} />
      <TextInput label={t("Only mailboxes like")} placeholder={t("every mailbox")} value={rule.mailbox} isDisabled={isDisabled} onChange={(mailbox) => onChange({ mailbox })} />
      <Tick on={rule.ofVip} isDisabled={isDisabled} onChange={(ofVip) => onChange({ ofVip })}>
        {t("Only mails of a VIP")}
      </Tick>
      <Segments
        label={t("They become")}
        value={becomes}
        onChange={(next) => onChange({ events: next === "events", ignore: next === "ignore" ? rule.ignore || t("Mails of this kind are no work.") : "" })}
        choices={[
          { value: "work", label: t("Tickets") },
          { value: "events", label: t("Events of monitoring") },
          { value: "ignore", label: t("No work") },
        ]}
      />
      {becomes === "ignore" && <TextInput label={t("Why they are no work")} value={rule.ignore} isDisabled={isDisabled} onChange={(ignore) => onChange({ ignore: ignore || " " })} />}
      {becomes === "events" && (
        <>
          <TextInput label={t("What names the thing that is ill")} hint={t("A regular expression (RE2) over subject and text; its groups are the name.")} value={rule.eventKey} isDisabled={isDisabled} onChange={(eventKey) => onChange({ eventKey })} />
          <RuleTests label={t("It is well again if any of this holds")} tests={rule.eventWell} isDisabled={isDisabled} onChange={(eventWell) => onChange({ eventWell })} />
        </>
      )}
      {becomes !== "ignore" && <Outcome rule={rule} isDisabled={isDisabled} onChange={onChange} />}
      <Tick on={rule.last} isDisabled={isDisabled} onChange={(last) => onChange({ last })}>
        {t("Ask no rule below this one")}
      </Tick>
    </div>
  );
}

const levels = (options: Option[] | undefined) => [{ value: "0", label: t("As it would be") }, ...(options ?? []).map(({ id, label }) => ({ value: id, label }))];

function Outcome({ rule, isDisabled, onChange }: Omit<RuleFormProps, "autoFocus">) {
  const options = useOptions().data;
  return (
    <>
      <div className="rule-row">
        <Pick label={t("Team")} choices={orUnset(options?.teams)} value={rule.teamId} isDisabled={isDisabled} onChange={(teamId) => onChange({ teamId })} />
        <Pick label={t("Service")} choices={orUnset(options?.services)} value={rule.serviceId} isDisabled={isDisabled} onChange={(serviceId) => onChange({ serviceId })} />
        <Pick label={t("Category")} choices={orUnset(options?.categories)} value={rule.category} isDisabled={isDisabled} onChange={(category) => onChange({ category })} />
        <Pick label={t("Kind")} choices={orUnset(options?.kinds)} value={rule.kind} isDisabled={isDisabled} onChange={(kind) => onChange({ kind })} />
      </div>
      <div className="rule-row">
        <Segments label={t("Impact")} value={String(rule.impact)} choices={levels(options?.impacts)} onChange={(impact) => onChange({ impact: Number(impact) })} />
        <Segments label={t("Urgency")} value={String(rule.urgency)} choices={levels(options?.urgencies)} onChange={(urgency) => onChange({ urgency: Number(urgency) })} />
      </div>
      <TextInput label={t("Labels, between commas")} defaultValue={rule.labels.join(", ")} isDisabled={isDisabled} onChange={(text) => onChange({ labels: words(text) })} />
      <Tick on={rule.vip} isDisabled={isDisabled} onChange={(vip) => onChange({ vip })}>
        {t("Whoever writes is marked VIP")}
      </Tick>
    </>
  );
}
