import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { toDeskError } from "../lib/backend";
import { desk } from "../lib/desk";
import { t } from "../lib/words";
import { Problem } from "../ui/Problem";
import { frameOf } from "./sanitise";

const isDark = () => getComputedStyle(document.documentElement).colorScheme === "dark" || (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);

/** HtmlBody shows a mail as it was sent, in a frame that may do nothing. */
export function HtmlBody({ messageId }: { messageId: string }) {
  const { data, error, refetch } = useQuery({ queryKey: ["body", messageId], queryFn: () => desk.ticket.body(messageId) });
  const page = useMemo(() => (data ? frameOf(data.html, isDark()) : ""), [data]);
  if (error) return <Problem message={toDeskError(error).message} retryLabel={t("Try again")} onRetry={() => void refetch()} />;
  if (!data) return null;
  const notes = [
    data.remoteImages > 0 && t("{{count}} remote images left out", { count: data.remoteImages }),
    data.linkHosts.length > 0 && t("Links to {{hosts}}", { hosts: data.linkHosts.join(", ") }),
    data.sanitiserNote,
  ].filter(Boolean);
  return (
    <>
      <iframe className="message-frame" sandbox="" srcDoc={page} title={t("Mail as it was sent")} referrerPolicy="no-referrer" />
      {notes.length > 0 && <p className="message-note-line">{notes.join(" · ")}</p>}
    </>
  );
}
