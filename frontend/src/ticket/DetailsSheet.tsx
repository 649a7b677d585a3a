import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { toDeskError } from "../lib/backend";
import { desk, saveFile } from "../lib/desk";
import { useAct } from "../lib/act";
import { shortTime } from "../lib/time";
import type { Attachment, Entry, OriginView } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";
import { Sheet } from "../ui/Sheet";
import "./details.css";
import { MarkIcon } from "./Marks";
import { Headers, Source } from "./Source";

/** DetailsSheet shows what stands behind a message: why it is here, the header of
 * the mail it came as, and the mail itself, as text. */
export function DetailsSheet({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const { data, error } = useQuery({ queryKey: ["ticket", "origin", entry.id], queryFn: () => desk.ticket.origin(entry.id) });
  const [tab, setTab] = useState("why");
  const [inner, setInner] = useState<Attachment>();
  const of = t("Message of {{name}}, {{when}}", { name: entry.author.name || entry.author.email, when: shortTime(entry.at) });
  const mail = { messageId: entry.id, attachmentId: inner?.id ?? "", offset: 0 };
  const open = (nested: Attachment) => {
    setInner(nested);
    setTab("headers");
  };
  const leading = inner && (
    <p className="details-inner">
      {t("Of a mail sent along: {{name}}", { name: inner.name })}
      <Button kind="quiet" size="small" onPress={() => setInner(undefined)}>
        {t("Back to the message")}
      </Button>
    </p>
  );
  return (
    <Sheet title={of} closeLabel={t("Close")} onClose={onClose}>
      <Tabs className="details" selectedKey={tab} onSelectionChange={(key) => setTab(String(key))}>
        <TabList className="details-tabs" aria-label={of}>
          <Tab id="why">{t("Why it is here")}</Tab>
          <Tab id="headers">{t("Headers")}</Tab>
          <Tab id="source">{t("Source")}</Tab>
        </TabList>
        <TabPanel id="why">
          {error && <Problem message={toDeskError(error).message} copyLabel={t("Copy details")} />}
          {data && <Why origin={data} messageId={entry.id} onNested={open} />}
        </TabPanel>
        <TabPanel id="headers">
          {leading}
          <Headers mail={mail} known={inner ? [] : (data?.fields ?? [])} />
        </TabPanel>
        <TabPanel id="source">
          {leading}
          <Source mail={mail} />
        </TabPanel>
      </Tabs>
    </Sheet>
  );
}

function Why({ origin, messageId, onNested }: { origin: OriginView; messageId: string; onNested: (nested: Attachment) => void }) {
  const act = useAct();
  const { source } = origin;
  const save = () => void act.run(() => saveFile({ messageId, attachmentId: source.id, name: source.name, url: source.url }));
  return (
    <>
      <p className="details-why" dir="auto">
        {origin.why}
      </p>
      {origin.marks.length > 0 && (
        <ul className="details-marks">
          {origin.marks.map((mark) => (
            <li key={mark.kind} data-kind={mark.kind}>
              <MarkIcon kind={mark.kind} />
              <span>
                <b>{mark.words}.</b> {mark.sentence}
              </span>
            </li>
          ))}
        </ul>
      )}
      {origin.nested.length > 0 && (
        <section aria-label={t("Mails sent along")}>
          <h3 className="field-label">{t("Mails sent along")}</h3>
          <ul>
            {origin.nested.map((nested) => (
              <li key={nested.id} className="details-nested">
                <Button kind="quiet" size="small" onPress={() => onNested(nested)}>
                  <span className="cut">{t("Look into {{name}}", { name: nested.name })}</span>
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="details-said">
        {origin.said}
        {source.id && (
          <Button size="small" isPending={act.busy} onPress={save}>
            {t("Save the mail")}
          </Button>
        )}
      </p>
      {act.problem && <Problem message={act.problem.message} copyLabel={t("Copy details")} />}
    </>
  );
}
