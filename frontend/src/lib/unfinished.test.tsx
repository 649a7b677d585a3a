import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, expect, it, vi } from "vitest";
import { forgetUnfinished, type Unfinished, useUnfinished } from "./unfinished";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

type Work = (form: Unfinished<string>) => void;

function Form({ place, work, use }: { place: string; work: Work; use: typeof useUnfinished }) {
  const form = use(place, "", { lasts: place.startsWith("clash") });
  return <button onClick={() => work(form)}>{form.value}</button>;
}

/** visit opens the form, does something in it, and closes it. */
async function visit(place: string, work: Work = () => {}, use = useUnfinished): Promise<string | null> {
  const root = createRoot(document.body);
  await act(async () => root.render(<Form place={place} work={work} use={use} />));
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

it("finds what lasts after a reload, and nothing else", async () => {
  await visit("clash t1", (form) => form.change("mine"));
  await visit("mailbox m1", (form) => form.change("a password"));
  expect(JSON.stringify({ ...sessionStorage })).not.toContain("password");
  vi.resetModules(); // as a reload does, which leaves the window's own room
  const anew = await import("./unfinished");
  expect(await visit("clash t1", undefined, anew.useUnfinished)).toBe("mine");
  expect(await visit("mailbox m1", undefined, anew.useUnfinished)).toBe("");
  anew.forgetUnfinished();
  expect(sessionStorage).toHaveLength(0);
});

it("begins anew where what lies there cannot be read, and forgets what was finished", async () => {
  sessionStorage.setItem("unfinished clash t2", "{");
  expect(await visit("clash t2", (form) => form.change("server"))).toBe("");
  await visit("clash t2", (form) => form.finish());
  expect(sessionStorage).toHaveLength(0);
});
