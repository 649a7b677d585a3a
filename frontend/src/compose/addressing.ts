// Whom a message reaches. What a person chose is kept with the draft; Go looks at
// it, proposes where nothing was chosen, and says what to think of.
import { useQuery } from "@tanstack/react-query";
import { desk } from "../lib/desk";
import type { Addressed, Envelope } from "../lib/view";
import type { DraftKind } from "./drafts";
import { type DraftKeeper, nobody } from "./keeper";

export interface Addressing {
  envelope: Envelope;
  cautions: string[];
  /** language it is written in, and signature that will stand below it. */
  language: string;
  signature: string;
  /** known: it is what would be sent, and was shown. */
  known: boolean;
  /** quoted is what a forward passes on. */
  quoted: string;
  /** others: an answer to all would reach more people. */
  others: boolean;
  choose: (next: Envelope) => void;
}

const unknown = { envelope: nobody, cautions: [], language: "", signature: "", quoted: "" };

export function useAddressing(ticketId: string, kind: DraftKind, keeper: DraftKeeper): Addressing {
  const look = (envelope: Envelope) => ({
    queryKey: ["address", ticketId, kind, envelope],
    queryFn: () => desk.compose.address({ ticketId, kind, envelope, add: "", copy: false }),
    enabled: kind !== "note",
    // Never whom another kind of message is for.
    placeholderData: (before: Addressed | undefined, query: { queryKey: readonly unknown[] } | undefined) => (query?.queryKey[2] === kind ? before : undefined),
  });
  const asked = useQuery(look(keeper.envelope));
  const seen = asked.data ?? unknown;
  const all = useQuery(look({ ...nobody, all: true }));
  const everybody = all.data?.envelope ?? nobody;
  return {
    ...seen,
    known: asked.data !== undefined && !asked.isPlaceholderData,
    others: all.isError || everybody.to.length + everybody.cc.length > 1,
    choose: (next) => keeper.address(next),
  };
}
