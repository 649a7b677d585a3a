// The door of the ticket.
export { Ticket } from "./Ticket";
