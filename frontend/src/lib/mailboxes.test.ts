import { expect, test } from "vitest";
import { isChangeable, isRenewable, mending } from "./mailboxes";

test("only an admin gives a password, and only where one is used", () => {
  expect([isRenewable({ mayConfigure: true }, { signIn: "password" }), isRenewable({ mayConfigure: true }, { signIn: "Google" }), isRenewable({ mayConfigure: false }, { signIn: "password" })]).toEqual([true, false, false]);
});

test("only what a window connected is changed in one, and its server for answers with it", () => {
  const admin = { mayConfigure: true };
  expect([isChangeable(admin, { stored: true, sends: false }), isChangeable(admin, { stored: false, sends: false }), isChangeable(admin, { stored: true, sends: true }), isChangeable({ mayConfigure: false }, { stored: true, sends: false })]).toEqual([true, false, false, false]);
});

const of = (id: string, signIn: string, stored: boolean, sends: boolean, address = "desk@example.com") => ({ id, signIn, stored, sends, address });

test("what is refused is mended where it can be", () => {
  const boxes = [of("m1", "Google", true, false), of("a", "Google", true, true), of("m2", "Google", false, false, "it@example.com"), of("m3", "password", false, false), of("b", "Google", true, true, "gone@example.com")];
  const view = { mayConfigure: true, mailboxes: boxes as never };
  expect(boxes.map((box) => mending(view, box))).toEqual(["change/m1", "change/m1", "", "connect/m3", ""]);
  expect(boxes.map((box) => mending({ ...view, mayConfigure: false }, box))).toEqual(["", "", "", "", ""]);
});
