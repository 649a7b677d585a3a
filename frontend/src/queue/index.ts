// The door of the queue.
export { arrange, useView } from "./cursor";
export { Queue } from "./Queue";
export { forgetWindows } from "./windows";
