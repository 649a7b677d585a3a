import { useRef } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useAct } from "../lib/act";
import { desk } from "../lib/desk";
import { keyCaps, onSend } from "../lib/keys";
import { useUnfinished } from "../lib/unfinished";
import type { TemplateList, TemplateView } from "../lib/view";
import { t } from "../lib/words";
import { Pick } from "../mark/Pick";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";
import { TextInput } from "../ui/TextInput";

interface TemplateFormProps {
  template: TemplateView;
  list: TemplateList;
  onSaved: (id: string) => void;
}

/** teamsOf is whom the text can be for; the team it is for now stays named where
 * this person may not choose it. */
const teamsOf = ({ teams }: TemplateList, { teamId, team }: TemplateView) => (teams.some(({ id }) => id === teamId) ? teams : [...teams, { id: teamId, label: team || t("Every team") }]);

/** TemplateForm changes one template. Go says what is wrong with it, in one
 * sentence; what is written stays until it is right. */
export function TemplateForm({ template, list, onSaved }: TemplateFormProps) {
  const { value: form, change: setForm, finish } = useUnfinished(`template ${template.id || template.use}`, template, { lasts: true });
  const box = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const act = useAct();
  const change = (part: Partial<TemplateView>) => setForm({ ...form, ...part });
  const save = async (part: Partial<TemplateView> = {}) => {
    let saved: TemplateView | undefined;
    const held = await act.run(async () => (saved = await desk.templates.save({ ...form, ...part })), [["directory"], ["sync"]]);
    if (!held || !saved) return;
    finish();
    onSaved(saved.id);
  };
  const startOver = () => {
    setForm(template);
    finish();
  };
  const insert = (name: string) => {
    const start = box.current?.selectionStart ?? form.text.length;
    const end = box.current?.selectionEnd ?? start;
    const words = `{{${name}}}`;
    change({ text: form.text.slice(0, start) + words + form.text.slice(end) });
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(start + words.length, start + words.length);
    });
  };
  const isNew = form.id === "";
  const kind = form.use === "signature" ? t("signature") : t("template");
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- hears one chord from every field inside
    <div className="detail-body template-form" onKeyDownCapture={onSend(() => void (template.mayEdit && save()))}>
      <TextInput label={t("Name")} value={form.name} onChange={(name) => change({ name })} isReadOnly={!template.mayEdit} isRequired autoFocus={isNew} />
      <div className="template-fields">
        <Pick label={t("Team")} choices={teamsOf(list, template)} value={form.teamId} isDisabled={!template.mayEdit} onChange={(teamId) => change({ teamId })} />
        <TextInput label={t("Language")} hint={t("Such as de or en; empty: any")} value={form.language} onChange={(language) => change({ language })} isReadOnly={!template.mayEdit} />
      </div>
      <TextInput label={t("Text")} rows={9} value={form.text} onChange={(text) => change({ text })} isReadOnly={!template.mayEdit} inputRef={box} />
      {template.mayEdit && (
        <div className="template-variables" role="group" aria-label={t("Variables")}>
          {list.variables.map((name) => (
            <AriaButton key={name} className="pill" onPress={() => insert(name)}>
              {`{{${name}}}`}
            </AriaButton>
          ))}
        </div>
      )}
      {act.problem && <Problem message={`${act.problem.message} ${t("Your text is safe.")}`} copyLabel={t("Copy details")} />}
      {template.mayEdit ? (
        <div className="template-foot">
          <Button kind="primary" caps={keyCaps("Mod+Enter")} isPending={act.busy} onPress={() => void save()}>
            {isNew ? t("Keep the {{kind}}", { kind }) : t("Save")}
          </Button>
          {JSON.stringify(form) !== JSON.stringify(template) && (
            <Button kind="quiet" isPending={act.busy} onPress={startOver}>
              {t("Start over")}
            </Button>
          )}
          {!isNew && (
            <Button kind="quiet" isPending={act.busy} onPress={() => void save({ retired: !form.retired })}>
              {form.retired ? t("Offer it again") : t("Offer it to nobody")}
            </Button>
          )}
        </div>
      ) : (
        <p className="text-caption text-muted">{t("An admin, or a lead of its team, can change it.")}</p>
      )}
    </div>
  );
}
