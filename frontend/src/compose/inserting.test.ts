import { describe, expect, it } from "vitest";
import { matching, triggerAt } from "./inserting";

const at = (text: string) => triggerAt(text, text.length);

describe("what opens the list of templates", () => {
  it("is a slash or two colons at the beginning of a word", () => {
    expect(at("/")).toEqual({ from: 0, to: 1, words: "" });
    expect(at("Hello ::Rec")).toEqual({ from: 6, to: 11, words: "rec" });
    expect(triggerAt("a /b c", 4)).toEqual({ from: 2, to: 4, words: "b" });
    expect(at("line\n/x")).toEqual({ from: 5, to: 7, words: "x" });
  });

  it("is no slash inside a word, and none that is left behind", () => {
    for (const text of ["and/or", "https://x", "/ ", "a:b", ":", "/home/mira"]) expect(at(text)).toBeUndefined();
  });
});

describe("what the list offers", () => {
  const offers = ["Closing", "Received", "Waiting"].map((name) => ({ id: name, name, hint: "", text: `We have ${name === "Waiting" ? "received nothing" : "it"}` }));

  it("is named so, or says so", () => {
    expect(matching(offers, "received").map(({ name }) => name)).toEqual(["Received", "Waiting"]);
    expect(matching(offers, "")).toEqual(offers);
  });
});
