import { expect, test } from "vitest";
import { freshRule, moved, summary, words } from "./rule";

test("a rule moves one place and never past an end", () => {
  const list = ["a", "b", "c"];
  expect(moved(list, 0, 1)).toEqual(["b", "a", "c"]);
  expect(moved(list, 2, -1)).toEqual(["a", "c", "b"]);
  expect(moved(list, 0, -1)).toBe(list);
  expect(moved(list, 2, 1)).toBe(list);
  expect(list).toEqual(["a", "b", "c"]);
});

test("words stand between commas, and blanks are none", () => {
  expect(words(" a@b.example, *printer* ,,")).toEqual(["a@b.example", "*printer*"]);
  expect(words("  ")).toEqual([]);
});

test("what a rule looks for is told in a line", () => {
  expect(summary({ ...freshRule(), when: [] })).toBe("every mail");
  expect(summary({ ...freshRule(), ofVip: true, when: [{ in: "header", header: "X-Site", like: ["north", "south"], not: true }] })).toBe("X-Site is not north or south and a VIP wrote it");
});
