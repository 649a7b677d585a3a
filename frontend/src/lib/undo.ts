// What can be taken back, newest first, for as long as the window lives. What has
// left this device is not among it: people may have read it.
import { create } from "zustand";
import { toDeskError } from "./backend";
import { t } from "./words";

export interface Undoable {
  /** name says what was changed, as in "Assignee of INC0001042". */
  name: string;
  back: () => Promise<unknown>;
  /** again is missing where doing it again takes a person's look. */
  again?: () => Promise<unknown>;
}

interface Undoing {
  past: Undoable[];
  future: Undoable[];
  /** said is what the last step back or forth did, in a sentence. */
  said: string;
}

const most = 50;
const none: Undoing = { past: [], future: [], said: "" };

export const useUndo = create<Undoing>(() => none);

export const remember = (act: Undoable) => useUndo.setState(({ past }) => ({ past: [...past, act].slice(-most), future: [], said: "" }));

/** forgetAct drops what can be taken back no more. */
export const forgetAct = (act: Undoable) => useUndo.setState(({ past, future }) => ({ past: past.filter((one) => one !== act), future: future.filter((one) => one !== act) }));

export const forgetActs = () => useUndo.setState(none);

const shown = 8_000; // ms: a sentence stands for as long as it is read

function say(said: string): void {
  useUndo.setState({ said });
  setTimeout(() => useUndo.getState().said === said && useUndo.setState({ said: "" }), shown);
}

/** undo takes the last act back. */
export async function undo(): Promise<void> {
  const act = useUndo.getState().past.at(-1);
  if (act) await undoOne(act);
}

/** undoOne takes an act back; one that cannot be is forgotten, with its reason. */
export async function undoOne(act: Undoable): Promise<void> {
  useUndo.setState(({ past }) => ({ past: past.filter((one) => one !== act) }));
  try {
    await act.back();
    if (act.again) useUndo.setState(({ future }) => ({ future: [...future, act] }));
    say(t("Taken back: {{name}}", { name: act.name }));
  } catch (problem) {
    say(toDeskError(problem).message);
  }
}

/** redo does again what was taken back last. */
export async function redo(): Promise<void> {
  const act = useUndo.getState().future.at(-1);
  if (!act) return;
  useUndo.setState(({ future }) => ({ future: future.slice(0, -1) }));
  try {
    await act.again?.();
    useUndo.setState(({ past }) => ({ past: [...past, act] }));
    say(t("Done again: {{name}}", { name: act.name }));
  } catch (problem) {
    say(toDeskError(problem).message);
  }
}
