import { expect, test } from "vitest";
import { lasts, tone } from "./state";

test("every state of a mailbox has a tone, and an unknown one rests", () => {
  expect(["watching", "connecting", "importing", "retrying", "standby", "paused", "stopped", "of a newer program"].map((state) => tone({ state }))).toEqual(["well", "busy", "busy", "rests", "rests", "rests", "ill", "rests"]);
});

test("what an import takes is told in whole seconds, then in minutes", () => {
  expect([1, 59, 60, 89, 3600].map(lasts)).toEqual(["1 second", "59 seconds", "1 minute", "1 minute", "60 minutes"]);
});
