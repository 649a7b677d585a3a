// The new ticket while it is being written. It outlives the sheet: closing it by
// mistake loses nothing.
import { create } from "zustand";
import type { CreateRequest, Person } from "../lib/view";

export interface NewTicket extends CreateRequest {
  requester: Person | undefined;
}

const blank: NewTicket = {
  kind: "incident",
  title: "",
  description: "",
  requesterId: "",
  requester: undefined,
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

export const requestOf = ({ requester, ...ticket }: NewTicket): CreateRequest => ({
  ...ticket,
  title: ticket.title.trim(),
  description: ticket.description.trim(),
  requesterId: requester?.id ?? "",
});
