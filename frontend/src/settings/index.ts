// The door of the settings.
export { Settings } from "./Settings";
