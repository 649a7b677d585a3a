// The door of the composer.
export { Composer } from "./Composer";
export { forgetDrafts } from "./drafts";
export { Resting } from "./Resting";
