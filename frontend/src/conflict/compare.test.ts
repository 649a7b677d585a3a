import { expect, test } from "vitest";
import { compare } from "./compare";

const base = "Map the share again as drive K.";

test("a sentence with a few changed words shows them", () => {
  const parts = compare(base, "Map the share again as drive K with the DFS path.")!;
  expect(parts.filter((part) => part.added).map((part) => part.value.trim()).join(" ")).toBe("with the DFS path");
  expect(parts.some((part) => part.removed)).toBe(false);
});

test("names, codes and another sentence altogether are shown whole", () => {
  expect(compare("Mira Sommer", "Tobias Kern")).toBeUndefined();
  expect(compare(base, "Elif Arslan")).toBeUndefined();
  expect(compare("Share \\\\nlw-fs02\\Konstruktion read-only since patch night", "Share nlw-fs02 Konstruktion can only be read")).toBeUndefined();
});
