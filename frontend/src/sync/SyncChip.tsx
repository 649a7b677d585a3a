import { useEffect, useRef, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useSyncStatus } from "../lib/query";
import { useMinute } from "../lib/minute";
import { comingTime, shortTime } from "../lib/time";
import type { SyncStatus } from "../lib/view";
import { t } from "../lib/words";
import { Hinted } from "../ui/Button";
import { Cloud, CloudOff, RefreshCw } from "../ui/icons";
import "./sync.css";

/** chipWords are the parts of the chip: state, what waits, complete up to. */
export function chipWords(status: SyncStatus): { state: string; waits: string; upTo: string } {
  const state = status.solo ? t("On this computer") : { online: t("Online"), connecting: t("Connecting"), offline: status.shutOut ? t("Signed out") : t("Offline") }[status.state] ?? status.state;
  const waits = [
    status.waiting > 0 && t("{{count}} waiting", { count: status.waiting }),
    status.held > 0 && t("{{count}} held", { count: status.held }),
    status.toDecide > 0 && t("{{count}} to decide", { count: status.toDecide }),
  ].filter(Boolean);
  const time = shortTime(status.completeUpTo); // after a night away the clock alone would lie
  const upTo = status.catchingUp ? t("catching up, {{rows}} rows", { rows: status.rows.toLocaleString() }) : time && t("complete up to {{time}}", { time });
  return { state, waits: waits.join(", "), upTo: upTo || "" };
}

/** SyncChip is the one place that speaks of the network. */
export function SyncChip({ onOpen }: { onOpen: () => void }) {
  const status = useSyncStatus().data;
  useMinute();
  if (!status) return null;
  const { state, waits, upTo } = chipWords(status);
  const Icon = status.state === "offline" ? CloudOff : status.state === "connecting" ? RefreshCw : Cloud;
  const why = [status.problem, status.nextTryAt && t("Next try at {{time}}", { time: comingTime(status.nextTryAt) })].filter(Boolean).join(" ");
  return (
    <>
      <Hinted label={why || t("What has not been sent yet")}>
        <AriaButton className="sync-chip" data-stitched={waits !== ""} onPress={onOpen}>
          <Icon size={13} aria-hidden />
          <span className="sync-state">{state}</span>
          {waits && <bdi className="sync-waits">{waits}</bdi>}
          {upTo && <bdi className="sync-up-to tabular">{upTo}</bdi>}
        </AriaButton>
      </Hinted>
      <Announcement words={[state, waits, upTo].filter(Boolean).join(", ")} />
    </>
  );
}

const quiet = 60_000; // ms: at most one announcement a minute

function Announcement({ words }: { words: string }) {
  const [said, setSaid] = useState(words);
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + quiet - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      setSaid(words);
    }, wait);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <span role="status" className="sr-only">
      {said}
    </span>
  );
}
