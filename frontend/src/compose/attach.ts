// Files on their way into a draft: picked, dropped or pasted. One goes after the
// other, in the order they were chosen; one that is refused says why and stops
// none of the rest.
import { useCallback, useState } from "react";
import { type DeskError, toDeskError } from "../lib/backend";
import { desk } from "../lib/desk";
import { signal } from "../lib/query";
import type { DraftKind } from "./drafts";

type Attach = (file: File) => Promise<unknown>;

/** attachAll hands files over one by one and gathers the refusals. */
export async function attachAll(files: File[], attach: Attach, left: (names: string[]) => void): Promise<DeskError[]> {
  const refused: DeskError[] = [];
  for (const [n, file] of files.entries()) {
    left(files.slice(n).map(({ name }) => name));
    await attach(file).catch((caught: unknown) => refused.push(toDeskError(caught))); // oxlint-disable-line no-await-in-loop
  }
  left([]);
  return refused;
}

export interface Attaching {
  /** coming names the files that are not safe yet. */
  coming: string[];
  problem: DeskError | undefined;
  add: (files: Iterable<File> | null | undefined) => void;
}

export function useAttaching(ticketId: string, kind: DraftKind): Attaching {
  const [coming, setComing] = useState<string[]>([]);
  const [problem, setProblem] = useState<DeskError>();
  const add = useCallback(
    (files: Iterable<File> | null | undefined) => {
      const list = named([...(files ?? [])], new Date());
      if (list.length === 0) return;
      setProblem(undefined);
      void attachAll(list, (file) => desk.files.attach(ticketId, kind, file), setComing).then((refused) => {
        setProblem(refused[0]);
        signal("ticket", ticketId);
        signal("queue");
      });
    },
    [ticketId, kind],
  );
  return { coming, problem, add };
}

/** named gives pasted pictures a name of their own: all of them are image.png. */
export function named(files: File[], now: Date): File[] {
  const stamp = now.toISOString().slice(0, 19).replace("T", " ").replaceAll(":", ".");
  return files.map((file, n) => {
    if (!/^image\.\w+$/.test(file.name)) return file;
    const end = file.name.slice("image".length);
    return new File([file], `Picture ${stamp}${n > 0 ? ` ${n + 1}` : ""}${end}`, { type: file.type });
  });
}
