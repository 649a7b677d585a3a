import { expect, test } from "vitest";
import { changing, holding, isPausable, isRemovable, isRenewable, mending } from "./mailboxes";

test("only an admin gives a password, and only where one is used", () => {
  expect([isRenewable({ mayConfigure: true }, { signIn: "password" }), isRenewable({ mayConfigure: true }, { signIn: "Google" }), isRenewable({ mayConfigure: false }, { signIn: "password" })]).toEqual([true, false, false]);
});

test("only what a window connected rests by one; its server for answers rests by itself and is removed with it", () => {
  const all = [{ stored: true, sends: false }, { stored: true, sends: true }, { stored: false, sends: false }, { stored: false, sends: true }];
  expect(all.map((box) => isPausable({ mayConfigure: true }, box))).toEqual([true, true, false, false]);
  expect(all.map((box) => isRemovable({ mayConfigure: true }, box))).toEqual([true, false, false, false]);
  expect(all.some((box) => isPausable({ mayConfigure: false }, box) || isRemovable({ mayConfigure: false }, box))).toBe(false);
});

const of = (id: string, signIn: string, stored: boolean, sends: boolean, address = "desk@example.com") => ({ id, signIn, stored, sends, address });

test("answers are changed with the mailbox they belong to", () => {
  const boxes = [of("m1", "password", true, false), of("a", "password", true, true), of("m2", "password", false, false, "it@example.com"), of("b", "password", true, true, "gone@example.com")];
  const view = { mayConfigure: true, mailboxes: boxes as never };
  expect(boxes.map((box) => changing(view, box))).toEqual(["change/m1", "change/m1", "", ""]);
  expect(boxes.map((box) => changing({ ...view, mayConfigure: false }, box))).toEqual(["", "", "", ""]);
});

test("answers are held where sending is paused and some wait", () => {
  const boxes = [{ sends: true, waitsFor: "rest", id: "a" }, { sends: true, waitsFor: "rate", id: "b" }, { sends: true, waitsFor: "", id: "c" }, { sends: false, waitsFor: "", id: "d" }];
  expect(holding(boxes).map((box) => box.id)).toEqual(["a"]);
});

test("what is refused is mended where it can be", () => {
  const boxes = [of("m1", "Google", true, false), of("a", "Google", true, true), of("m2", "Google", false, false, "it@example.com"), of("m3", "password", false, false), of("b", "Google", true, true, "gone@example.com")];
  const view = { mayConfigure: true, mailboxes: boxes as never };
  expect(boxes.map((box) => mending(view, box))).toEqual(["change/m1", "change/m1", "", "connect/m3", ""]);
  expect(boxes.map((box) => mending({ ...view, mayConfigure: false }, box))).toEqual(["", "", "", "", ""]);
});
