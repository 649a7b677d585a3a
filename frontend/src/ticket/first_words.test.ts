import { expect, it } from "vitest";
import { firstWords } from "./first_words";

it.each([
  ["Dear service desk,\n\nThe beamer flickers.\nBest regards", "The beamer flickers."],
  ["Guten Tag!\nDer Drucker steht.", "Der Drucker steht."],
  ["The printer, the one in hall 3 by the door, prints blank pages,", "The printer, the one in hall 3 by the door, prints blank pages,"],
  ["\n  Hello Xaver,  \n", "Hello Xaver,"],
  ["", ""],
])("calls %j by what it says", (text, words) => expect(firstWords(text, 80)).toBe(words));

it("cuts what is too long for a title", () => expect(firstWords("x".repeat(200), 80)).toHaveLength(80));
