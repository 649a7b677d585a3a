import { describe, expect, it } from "vitest";
import { DeskError } from "../lib/backend";
import { attachAll, named } from "./attach";

const file = (name: string) => new File(["x"], name, { type: "text/plain" });

describe("files on their way into a draft", () => {
  it("go one after the other, and one that is refused stops none of the rest", async () => {
    const went: string[] = [];
    const left: string[][] = [];
    const refused = await attachAll(
      [file("a"), file("b"), file("c")],
      async ({ name }) => {
        if (name === "b") throw new DeskError("quota", "b is too large.");
        went.push(name);
      },
      (names) => left.push(names),
    );
    expect(went).toEqual(["a", "c"]);
    expect(refused.map(({ message }) => message)).toEqual(["b is too large."]);
    expect(left).toEqual([["a", "b", "c"], ["b", "c"], ["c"], []]);
  });

  it("have a name of their own when they were pasted", () => {
    const names = named([file("image.png"), file("image.png"), file("plan.pdf")], new Date("2026-03-02T09:30:05Z")).map(({ name }) => name);
    expect(names).toEqual(["Picture 2026-03-02 09.30.05.png", "Picture 2026-03-02 09.30.05 2.png", "plan.pdf"]);
  });
});
