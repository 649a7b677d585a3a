// The door of the conflict tray.
export { TrayScreen } from "./TrayScreen";
