import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { toDeskError } from "../lib/backend";
import { desk } from "../lib/desk";
import { t } from "../lib/words";
import { Problem } from "../ui/Problem";
import { MailFacts } from "./MailFacts";
import { readMail } from "./mail";
import { watchHeight } from "./measure";
import { frameOf } from "./sanitise";

const isDark = () => getComputedStyle(document.documentElement).colorScheme === "dark" || (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);

/** HtmlBody shows a mail as it was sent, in a frame that may do nothing. Its
 * remote pictures are fetched, by the hub, when a person asks for them. */
export function HtmlBody({ messageId }: { messageId: string }) {
  const [pictures, setPictures] = useState(false);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["body", messageId, pictures],
    queryFn: () => (pictures ? desk.ticket.pictures(messageId) : desk.ticket.body(messageId)),
    placeholderData: keepPreviousData,
  });
  const mail = useMemo(() => (data ? readMail(data.html) : undefined), [data]);
  if (error) return <Problem message={toDeskError(error).message} retryLabel={t("Try again")} onRetry={() => void refetch()} />;
  if (!data || !mail) return null;
  return (
    <>
      <MailFrame clean={mail.body} />
      <MailFacts mail={mail} remoteImages={data.remoteImages} pictures={pictures ? (isFetching ? "asked" : "shown") : "out"} onPictures={() => setPictures(true)} note={data.sanitiserNote} />
    </>
  );
}

function MailFrame({ clean }: { clean: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState<number>();
  const page = useMemo(() => frameOf(clean, isDark()), [clean]);
  useEffect(() => (frame.current ? watchHeight(frame.current, clean, setHeight) : undefined), [clean]);
  return (
    <div className="message-frame" style={{ blockSize: height }}>
      <iframe ref={frame} sandbox="" srcDoc={page} title={t("Mail as it was sent")} referrerPolicy="no-referrer" />
    </div>
  );
}
