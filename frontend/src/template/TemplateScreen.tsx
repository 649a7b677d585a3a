import { useState } from "react";
import { useActions } from "../lib/actions";
import { toDeskError } from "../lib/backend";
import { keyCaps } from "../lib/keys";
import { useTemplates } from "../lib/query";
import type { TemplateList, TemplateView } from "../lib/view";
import { t } from "../lib/words";
import { Badge } from "../mark/Badges";
import { ActionButton } from "../mark/ActionButton";
import { arrive } from "../ui/arrive";
import { Kbd } from "../ui/Kbd";
import { Empty } from "../ui/Empty";
import { ListItem } from "../ui/ListItem";
import { Problem } from "../ui/Problem";
import { TemplateForm } from "./TemplateForm";
import "./template.css";

interface TemplateScreenProps {
  /** at is the id of the one that is open; empty: none. */
  at: string;
  onAt: (id: string) => void;
}

/** TemplateScreen is where the texts of answers and their signatures are kept. */
export function TemplateScreen({ at, onAt }: TemplateScreenProps) {
  const { data, error, refetch } = useTemplates();
  const [fresh, setFresh] = useState<TemplateView>();
  const mayWrite = (data?.teams.length ?? 0) > 0;
  useActions(
    () => [
      { id: "template.new", name: t("New template"), area: t("Templates"), keys: ["Shift+n"], icon: "plus", when: () => mayWrite, do: () => setFresh(blank("answer", data)) },
      { id: "template.sign", name: t("New signature"), area: t("Templates"), icon: "pen-line", when: () => mayWrite, do: () => setFresh(blank("signature", data)) },
    ],
    [mayWrite, data],
  );
  const go = (id: string) => {
    setFresh(undefined);
    onAt(id);
  };
  const open = fresh ?? data?.templates.find((one) => one.id === at);
  return (
    <section ref={arrive} tabIndex={-1} className="pane" aria-label={t("Templates")}>
      <div className="screen-head">
        <h1>{t("Templates")}</h1>
        <p className="text-muted">
          {t("Texts for answers, by team and language.")} <Kbd caps={["/"]} /> {t("puts one into what you write.")}
        </p>
        {mayWrite && <ActionButton id="template.new">{t("New template")}</ActionButton>}
        {mayWrite && <ActionButton id="template.sign">{t("New signature")}</ActionButton>}
      </div>
      {error && <Problem message={toDeskError(error).message} retryLabel={t("Try again")} onRetry={() => void refetch()} />}
      {data && (
        <div className="two-panes">
          <nav className="pane pane-scroll" aria-label={t("Templates")}>
            <Family list={data.templates.filter(({ use }) => use === "answer")} name={t("Answers")} at={open?.id ?? ""} onAt={go} none={t("No text is kept yet.")} />
            <Family list={data.templates.filter(({ use }) => use === "signature")} name={t("Signatures")} at={open?.id ?? ""} onAt={go} none={t("Answers are signed with the name of who writes.")} />
          </nav>
          <section className="pane" aria-label={open ? open.name || t("A new text") : t("Text")}>
            {open ? <TemplateForm key={`${open.id || open.use} ${open.rev}`} template={open} list={data} onSaved={go} /> : <NoneOpen none={data.templates.length === 0} mayWrite={mayWrite} />}
          </section>
        </div>
      )}
    </section>
  );
}

function NoneOpen({ none, mayWrite }: { none: boolean; mayWrite: boolean }) {
  if (!mayWrite) return <Empty said={none ? t("No text is kept yet.") : t("Choose a text to read it.")} />;
  if (none) return <Empty said={t("No text is kept yet.")} caps={keyCaps("Shift+n")} does={t("begins the first.")} />;
  return <Empty said={t("Choose a text to change it.")} caps={keyCaps("Shift+n")} does={t("begins a new one.")} />;
}

const blank = (use: string, list: TemplateList | undefined): TemplateView => ({
  id: "", use, name: "", teamId: list?.teams[0]?.id ?? "", language: "", text: "", retired: false, rev: 0, team: "", mayEdit: true, pending: false,
});

function Family({ list, name, at, onAt, none }: { list: TemplateView[]; name: string; at: string; onAt: (id: string) => void; none: string }) {
  return (
    <>
      <h2 className="list-group">{name}</h2>
      {list.length === 0 && <p className="list-empty">{none}</p>}
      {list.map((one) => (
        <ListItem
          key={one.id}
          mark={one.pending && <Badge kind="pending" />}
          title={one.name}
          sub={[one.retired && t("retired"), one.team || t("every team"), one.language].filter(Boolean).join(" · ")}
          isCurrent={one.id === at}
          isFaint={one.retired}
          onChoose={() => onAt(one.id)}
        />
      ))}
    </>
  );
}
