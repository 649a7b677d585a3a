// The door of the new ticket.
export { NewTicketSheet } from "./NewTicketSheet";
