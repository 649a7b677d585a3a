import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, expect, it } from "vitest";
import { forgetUnfinished, type Unfinished, useUnfinished } from "./unfinished";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

type Work = (form: Unfinished<string>) => void;

function Form({ place, work }: { place: string; work: Work }) {
  const form = useUnfinished(place, "");
  return <button onClick={() => work(form)}>{form.value}</button>;
}

/** visit opens the form, does something in it, and closes it. */
async function visit(place: string, work: Work = () => {}): Promise<string | null> {
  const root = createRoot(document.body);
  await act(async () => root.render(<Form place={place} work={work} />));
  const found = document.body.textContent;
  await act(async () => document.querySelector("button")!.click());
  await act(async () => root.unmount());
  return found;
}

afterEach(forgetUnfinished);

it("finds what was written when the form is opened again, each in its place", async () => {
  await visit("move INC0001042", (form) => form.change("Changed the fuse"));
  expect(await visit("move INC0001043")).toBe("");
  expect(await visit("move INC0001042")).toBe("Changed the fuse");
});

it("forgets what was finished, and everything with the workspace", async () => {
  await visit("a", (form) => form.change("one"));
  await visit("b", (form) => form.change("two"));
  await visit("a", (form) => form.finish());
  expect(await visit("a")).toBe("");
  forgetUnfinished();
  expect(await visit("b")).toBe("");
});

it("keeps nothing without a place", async () => {
  await visit("", (form) => form.change("three tickets"));
  expect(await visit("")).toBe("");
});
