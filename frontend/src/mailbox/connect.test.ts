import { expect, test } from "vitest";
import { filled, freshForm, guessOf, otherSender, port } from "./connect";

test("a guess fills in what nobody has written", () => {
  const guess = { ...freshForm(), imapHost: "imap.example.com", smtpHost: "smtp.example.com", smtpPort: 465, signIn: "google", address: "another" };
  const form = filled(freshForm(), { guess: guessOf(guess), written: { address: "desk@example.com", imapHost: "mine.example.com" } });
  expect([form.address, form.imapHost, form.smtpHost, form.smtpPort, form.signIn]).toEqual(["desk@example.com", "mine.example.com", "smtp.example.com", 465, "google"]);
});

const view = (stored: boolean) => ({ mailboxes: [{ id: "a", address: "hr@example.com", sends: true, stored }] as never });

test("one mail server takes the answers of an address: a second is not offered, its own stays", () => {
  const address = "HR@example.com";
  expect(otherSender(view(false), ` ${address} `)?.id).toBe("a");
  expect(otherSender(view(false), address, { address, sends: true })?.id).toBe("a");
  expect(otherSender(view(true), address, { address, sends: true })).toBeUndefined();
  expect(otherSender(view(true), address, { address, sends: false })?.id).toBe("a");
  expect(otherSender(view(true), address, { address: "desk@example.com", sends: true })?.id).toBe("a");
  expect(otherSender(view(true), "desk@example.com")).toBeUndefined();
});

test("what is no port is 0", () => {
  expect(["993", " 25 ", "", "many", "99 3", "1234567"].map(port)).toEqual([993, 25, 0, 0, 0, 0]);
});
