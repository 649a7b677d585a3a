// The door of the templates.
export { TemplateScreen } from "./TemplateScreen";
