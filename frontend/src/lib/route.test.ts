import { beforeEach, expect, it } from "vitest";
import { begin, here } from "./route";

beforeEach(() => history.replaceState(null, "", "#/"));

it("leads from the start to the first place", () => {
  begin("/q/reply");
  expect(here()).toBe("/q/reply");
});

it("leads nobody away who has gone elsewhere before the first place was known", () => {
  history.replaceState(null, "", "#/t/one");
  begin("/q/reply");
  expect(here()).toBe("/t/one");
});
