// What Go answered last, kept until Go says that it changed. Nothing here is a
// second copy of the data: an answer is asked for again on its topic.
import { QueryClient, useQuery } from "@tanstack/react-query";
import { asking } from "./asking";
import { topics, type Topic } from "./backend";
import { desk, on } from "./desk";

export const client = new QueryClient({
  defaultOptions: {
    // The database is on this device: being offline pauses nothing.
    queries: { networkMode: "always", retry: false, staleTime: Infinity, gcTime: 10 * 60_000, refetchOnWindowFocus: false },
  },
});

export const useSession = () => useQuery({ queryKey: ["session"], queryFn: desk.session.state });
export const useSidebar = () => useQuery({ queryKey: ["sidebar"], queryFn: desk.queue.sidebar });
export const useOptions = () => useQuery({ queryKey: ["options"], queryFn: desk.directory.options });
export const useSyncStatus = () => useQuery({ queryKey: ["sync"], queryFn: desk.sync.status });
export const useOutbox = () => useQuery({ queryKey: ["outbox"], queryFn: desk.sync.outbox });
export const useAnswers = () => useQuery({ queryKey: ["answers"], queryFn: desk.sync.answers });
export const useTray = () => useQuery({ queryKey: ["tray"], queryFn: desk.tray.list });
export const useTemplates = () => useQuery({ queryKey: ["templates"], queryFn: desk.templates.list });
export const useResting = () => useQuery({ queryKey: ["resting"], queryFn: desk.compose.resting });
export const useMailboxes = () => useQuery({ queryKey: ["mailboxes"], queryFn: desk.mailbox.list });
export const useTicket = (id: string) =>
  useQuery({ queryKey: ["ticket", id], queryFn: () => asked(() => desk.ticket.open(id)), enabled: id !== "" });

const asked = async <T>(question: () => Promise<T>) => {
  const number = asking();
  return { ...(await question()), asked: number };
};

export const useFileStates = (ticketId: string) =>
  useQuery({ queryKey: ["files", ticketId], queryFn: () => desk.files.states(ticketId), enabled: ticketId !== "" });

const stale: Record<Topic, string[]> = {
  queue: ["sidebar", "answers"],
  ticket: ["ticket", "files", "address", "offers"],
  sync: ["sync", "outbox", "resting"],
  tray: ["tray", "sidebar"],
  session: ["session", "sidebar", "options", "sync", "mailboxes"],
  directory: ["sidebar", "options", "session", "address", "offers", "templates", "mailboxes", "answers"],
  mailbox: ["mailboxes", "sidebar", "session"],
  file: ["files", "sync", "outbox", "sidebar"],
};

type Hearing = (topic: Topic, id: string) => void;
const hearers = new Set<Hearing>();
const waiting = new Map<string, [Topic, string]>();
const gather = 40; // ms: a burst of signals costs one question

/** signal tells the window that a topic changed, as Go does after an act. */
export function signal(topic: Topic, id = ""): void {
  if (waiting.size === 0) setTimeout(flush, gather);
  waiting.set(`${topic} ${id}`, [topic, id]);
}

function flush(): void {
  const heard = [...waiting.values()];
  waiting.clear();
  for (const [topic, id] of heard) {
    for (const name of stale[topic]) {
      void client.invalidateQueries({ queryKey: topic === "ticket" && id ? [name, id] : [name] });
    }
    hearers.forEach((hear) => hear(topic, id));
  }
}

/** onSignal hears gathered signals, for data that is not kept here. */
export function onSignal(hear: Hearing): () => void {
  hearers.add(hear);
  return () => void hearers.delete(hear);
}

/** listen starts hearing Go; once, when the window starts. */
export function listen(): void {
  for (const topic of topics) on(topic, (id) => signal(topic, id));
}
