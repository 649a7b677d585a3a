// The door of the mailboxes.
export { MailboxScreen } from "./MailboxScreen";
