import type { MailTest } from "../lib/view";
import { t } from "../lib/words";
import { Button, IconButton } from "../ui/Button";
import { Plus, X } from "../ui/icons";
import { TextInput } from "../ui/TextInput";
import { Tick } from "../ui/Tick";
import { Pick } from "../mark/Pick";
import { partChoices, words } from "./rule";

/** RuleTests are the tests of a mail, each a line. */
export function RuleTests({ label, tests, isDisabled, onChange }: { label: string; tests: MailTest[]; isDisabled: boolean; onChange: (tests: MailTest[]) => void }) {
  const change = (at: number, part: Partial<MailTest>) => onChange(tests.map((test, i) => (i === at ? { ...test, ...part } : test)));
  return (
    <fieldset className="rule-tests">
      <legend className="field-label">{label}</legend>
      {tests.map((test, at) => (
        <div key={`${at} of ${tests.length}`} className="rule-test">
          <Pick label={t("Part")} choices={partChoices()} value={test.in} isDisabled={isDisabled} onChange={(part) => change(at, { in: part })} />
          {test.in === "header" && <TextInput label={t("Name of the header")} value={test.header} isDisabled={isDisabled} onChange={(header) => change(at, { header })} />}
          <TextInput label={t("is like")} placeholder="*@example.com, desk+*" defaultValue={test.like.join(", ")} isDisabled={isDisabled} onChange={(text) => change(at, { like: words(text) })} />
          <Tick on={test.not} isDisabled={isDisabled} onChange={(not) => change(at, { not })}>
            {t("is not")}
          </Tick>
          <IconButton label={t("Remove this test")} isDisabled={isDisabled} onPress={() => onChange(tests.filter((_, i) => i !== at))}>
            <X size={15} />
          </IconButton>
        </div>
      ))}
      <div>
        <Button size="small" isDisabled={isDisabled} onPress={() => onChange([...tests, { in: "subject", header: "", like: [""], not: false }])}>
          <Plus size={13} aria-hidden />
          {t("Add a test")}
        </Button>
      </div>
    </fieldset>
  );
}
