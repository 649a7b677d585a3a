// The new ticket while it is being written. It outlives the sheet: closing it by
// mistake loses nothing.
import { create } from "zustand";
import type { CreateRequest, Person } from "../lib/view";

export interface NewTicket extends CreateRequest {
  requester: Person | undefined;
  /** asked is what was typed to find the requester. */
  asked: string;
}

const blank: NewTicket = {
  kind: "incident",
  title: "",
  description: "",
  requesterId: "",
  requester: undefined,
  asked: "",
  teamId: "",
  serviceId: "",
  category: "",
  impact: 3,
  urgency: 3,
  source: "agent",
};

export const useNewTicket = create<NewTicket>(() => blank);

export const change = (part: Partial<NewTicket>) => useNewTicket.setState(part);

export const startOver = () => useNewTicket.setState(blank, true);

/** isUnknown holds while somebody was typed and nobody chosen: a ticket would lose them. */
export const isUnknown = ({ requester, asked }: NewTicket) => requester === undefined && asked.trim() !== "";

export const requestOf = ({ kind, title, description, requester, teamId, serviceId, category, impact, urgency, source }: NewTicket): CreateRequest => ({
  kind,
  title: title.trim(),
  description: description.trim(),
  requesterId: requester?.id ?? "",
  teamId,
  serviceId,
  category,
  impact,
  urgency,
  source,
});
