export { ArchiveScreen } from "./ArchiveScreen";
