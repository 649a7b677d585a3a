import { act as drawn } from "react";
import { createRoot } from "react-dom/client";
import { expect, it, vi } from "vitest";
import { useAct } from "./act";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const press = () => document.querySelector("button")!.click();

it("does once what is asked for twice before the window has drawn that it is busy", async () => {
  const begun: (() => void)[] = [];
  const work = vi.fn(() => new Promise<void>((resolve) => begun.push(resolve)));
  const answers: boolean[] = [];
  function Sheet() {
    const { once } = useAct();
    return <button onClick={() => void once(work).then((answer) => answers.push(answer))}>Create</button>;
  }
  await drawn(async () => createRoot(document.body).render(<Sheet />));
  await drawn(async () => {
    press();
    press();
  });
  await drawn(async () => begun[0]!());
  expect([work.mock.calls.length, answers]).toEqual([1, [false, true]]);
  await drawn(async () => press());
  expect(work).toHaveBeenCalledTimes(2);
});
