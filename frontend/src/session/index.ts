// The door of the session.
export { SignInAgain } from "./SignInAgain";
export { Start } from "./Start";
