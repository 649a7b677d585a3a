// The door of the session.
export { Start } from "./Start";
