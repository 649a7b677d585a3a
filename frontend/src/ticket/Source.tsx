import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { toDeskError } from "../lib/backend";
import { desk } from "../lib/desk";
import { byteSize } from "../lib/time";
import type { MailField, SourceRequest } from "../lib/view";
import { t } from "../lib/words";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";

/** Headers lists the header of a mail; where the mail cannot be had now, what is
 * known without it. */
export function Headers({ mail, known }: { mail: SourceRequest; known: MailField[] }) {
  const { data, error, refetch } = useQuery({ queryKey: ["headers", mail.messageId, mail.attachmentId], queryFn: () => desk.ticket.headers(mail), gcTime: 0 });
  const fields = data ?? known;
  return (
    <>
      {error && <Problem message={toDeskError(error).message} retryLabel={t("Try again")} onRetry={() => void refetch()} />}
      <dl className="details-fields">
        {fields.map((field, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a header may hold a field twice, and never changes
          <div key={index}>
            <dt>{field.name}</dt>
            <dd dir="auto">{field.value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Source is the mail as it came, piece by piece. It is text: nothing in it is
 * shown, loaded or followed. */
export function Source({ mail }: { mail: SourceRequest }) {
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["source", mail.messageId, mail.attachmentId],
    queryFn: ({ pageParam }) => desk.ticket.source({ ...mail, offset: pageParam }),
    initialPageParam: 0,
    getNextPageParam: (piece) => piece.next || undefined,
    gcTime: 0,
  });
  if (error && !data) return <Problem message={toDeskError(error).message} retryLabel={t("Try again")} onRetry={() => void refetch()} />;
  if (!data) return null;
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- text that scrolls must be reachable by key */}
      <pre className="details-source" tabIndex={0} dir="ltr" aria-label={t("Source")}>
        {data.pages.map((piece) => piece.text).join("")}
      </pre>
      {hasNextPage && (
        <Button size="small" isDisabled={isFetchingNextPage} onPress={() => void fetchNextPage()}>
          {t("Show more of {{size}}", { size: byteSize(data.pages[0]!.size) })}
        </Button>
      )}
      {error && <Problem message={toDeskError(error).message} retryLabel={t("Try again")} onRetry={() => void fetchNextPage()} />}
    </>
  );
}
