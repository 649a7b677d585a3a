import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useAct } from "../lib/act";
import { toDeskError } from "../lib/backend";
import { desk } from "../lib/desk";
import type { ArchiveList, ArchiveMonth, Pointer } from "../lib/view";
import { t } from "../lib/words";
import { arrive } from "../ui/arrive";
import { Button } from "../ui/Button";
import { Problem } from "../ui/Problem";
import { TextInput } from "../ui/TextInput";
import { Days } from "./Days";
import { Months } from "./Months";
import "./archive.css";

const comingMs = 1_000; // between two looks while a month is on its way
const isComing = (month: ArchiveMonth) => month.wanted && !month.here;

interface ArchiveScreenProps {
  /** number of a ticket that is asked for at once; empty: none is. */
  number: string;
  onOpen: (ticketId: string) => void;
}

/** ArchiveScreen reaches what is on no desk any more. */
export function ArchiveScreen({ number, onOpen }: ArchiveScreenProps) {
  const { data, error, refetch } = useQuery({ queryKey: ["archive"], queryFn: desk.archive.list, staleTime: 0, refetchInterval: ({ state }) => (state.data?.months.some(isComing) ? comingMs : false) });
  return (
    <section ref={arrive} tabIndex={-1} className="pane" aria-label={t("Archive")}>
      <div className="screen-head">
        <h1>{t("Archive")}</h1>
        <p className="text-muted">{t("Tickets that ended long ago rest at the hub. Fetch one by its number, or keep a whole month on this device.")}</p>
      </div>
      <div className="detail-body archive-column">
        <FetchOne asked={number} onOpen={onOpen} />
        {error && <Problem message={toDeskError(error).message} retryLabel={t("Try again")} onRetry={() => void refetch()} />}
        {data && <Shelf list={data} onAgain={() => void refetch()} />}
      </div>
    </section>
  );
}

function Shelf({ list, onAgain }: { list: ArchiveList; onAgain: () => void }) {
  return (
    <>
      {list.problem && <Problem message={list.problem} retryLabel={t("Try again")} onRetry={onAgain} />}
      {list.months.length > 0 ? (
        <Months months={list.months} />
      ) : (
        <p className="text-muted">{list.problem ? t("No month is on this device.") : t("Nothing is archived yet.")}</p>
      )}
      <Days key={list.days} days={list.days} mayChange={list.maySetDays} />
    </>
  );
}

/** FetchOne brings a ticket by its number and opens it. */
function FetchOne({ asked, onOpen }: { asked: string; onOpen: (ticketId: string) => void }) {
  const [number, setNumber] = useState(asked);
  const act = useAct();
  const fetch = async () => {
    let found: Pointer | undefined;
    const held = await act.run(async () => {
      found = await desk.archive.fetch({ number });
    });
    if (held && found) onOpen(found.id);
  };
  useEffect(() => {
    if (asked) void fetch();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, for the number the screen was opened with
  }, []);
  return (
    <form
      className="archive-fetch"
      onSubmit={(event) => {
        event.preventDefault();
        void fetch();
      }}
    >
      <div className="archive-line">
        <TextInput label={t("Number of a ticket")} placeholder="INC0001234" autoFocus value={number} onChange={setNumber} />
        <Button type="submit" kind="primary" isDisabled={act.busy || number.trim() === ""}>
          {t("Fetch it")}
        </Button>
      </div>
      {act.problem && <Problem message={act.problem.message} />}
    </form>
  );
}
