// The door of synchronising.
export { Outbox } from "./Outbox";
export { SyncChip } from "./SyncChip";
