import { beforeEach, describe, expect, it, vi } from "vitest";
import { asking } from "../lib/asking";
import type { Envelope } from "../lib/view";
import { DraftKeeper, nobody, rest } from "./keeper";
import { sendWords } from "./SendButton";

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const saver = () => vi.fn(async (_text: string, _envelope: Envelope): Promise<void> => undefined);
const heard = (save: { mock: { calls: [string, Envelope][] } }) => save.mock.calls.map(([text]) => text);

describe("the keeper of a draft", () => {
  it("saves when the typing rests, once", async () => {
    const save = saver();
    const keeper = new DraftKeeper("", save);
    keeper.type("H");
    await vi.advanceTimersByTimeAsync(rest - 1);
    keeper.type("He");
    await vi.advanceTimersByTimeAsync(rest - 1);
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(heard(save)).toEqual(["He"]);
    expect(keeper.state).toBe("saved");
  });

  it("saves at once when the field is left", async () => {
    const save = saver();
    const keeper = new DraftKeeper("", save);
    keeper.type("Hello");
    await keeper.flush();
    await vi.advanceTimersByTimeAsync(rest * 2);
    expect(heard(save)).toEqual(["Hello"]);
  });

  it("keeps the text when Go cannot save, and tries again with the next", async () => {
    const save = saver();
    save.mockRejectedValueOnce(new Error("disk full"));
    const keeper = new DraftKeeper("", save);
    keeper.type("Hello");
    await keeper.flush();
    expect([keeper.state, keeper.text]).toEqual(["failed", "Hello"]);
    keeper.adopt("");
    expect(keeper.text).toBe("Hello");
    await keeper.flush();
    expect(keeper.state).toBe("saved");
  });

  it("takes a message back above what was begun, also what is not saved of it", async () => {
    const save = saver();
    const keeper = new DraftKeeper("", save);
    keeper.type("And");
    await keeper.flush();
    keeper.takeIn("Hello\n\nAnd", nobody);
    expect([keeper.state, keeper.text]).toEqual(["saved", "Hello\n\nAnd"]);
    keeper.clear();
    keeper.type("And");
    await keeper.flush();
    keeper.type("And another");
    keeper.takeIn("Hello\n\nAnd", nobody);
    await vi.advanceTimersByTimeAsync(rest);
    expect([keeper.state, keeper.text, heard(save).at(-1)]).toEqual(["saved", "Hello\n\nAnd another", "Hello\n\nAnd another"]);
  });

  it("loses no first word to a message that is taken back", async () => {
    const save = saver();
    const keeper = new DraftKeeper("", save);
    keeper.type("And");
    keeper.takeIn("Hello", nobody);
    await vi.advanceTimersByTimeAsync(rest);
    expect(heard(save)).toEqual(["Hello\n\nAnd"]);
  });

  it("never lets a save overtake another", async () => {
    const done: (() => void)[] = [];
    const save = vi.fn((_text: string, _envelope: Envelope) => new Promise<void>((resolve) => done.push(resolve)));
    const keeper = new DraftKeeper("", save);
    keeper.type("a");
    const first = keeper.flush();
    keeper.type("ab");
    const second = keeper.flush();
    expect(save).toHaveBeenCalledTimes(1);
    done[0]!();
    await first;
    await vi.advanceTimersByTimeAsync(0);
    done[1]!();
    await second;
    expect(heard(save)).toEqual(["a", "ab"]);
    expect(keeper.state).toBe("saved");
  });

  it("takes what Go holds only while nothing is being typed", () => {
    const keeper = new DraftKeeper("", saver());
    keeper.adopt("from the database");
    expect(keeper.text).toBe("from the database");
    keeper.type("mine");
    keeper.adopt("other");
    expect(keeper.text).toBe("mine");
  });

  it("takes no answer that was asked for before it saved or was sent", async () => {
    const keeper = new DraftKeeper("", saver());
    const before = asking();
    keeper.type("Hello");
    await keeper.flush();
    keeper.adopt("Hel", nobody, before);
    expect(keeper.text).toBe("Hello");
    const saved = asking();
    keeper.clear();
    keeper.adopt("Hello", nobody, saved);
    expect(keeper.text).toBe("");
    keeper.adopt("Hello", nobody, asking());
    expect(keeper.text).toBe("Hello");
  });

  it("takes the words out at once, and keeps what is typed while they are sent", async () => {
    const save = saver();
    const keeper = new DraftKeeper("", save);
    keeper.type("Hello");
    const sent: (() => void)[] = [];
    const send = vi.fn(() => new Promise<void>((resolve) => sent.push(resolve)));
    const leaving = keeper.handOver(send);
    expect([keeper.text, keeper.state]).toEqual(["", "empty"]);
    keeper.type("And then");
    await vi.advanceTimersByTimeAsync(rest * 2);
    expect(heard(save)).toEqual(["Hello"]); // nothing is saved over what is being sent
    keeper.adopt("Hello");
    expect(keeper.text).toBe("And then");
    sent[0]!();
    await leaving;
    await vi.advanceTimersByTimeAsync(rest);
    expect([heard(save), keeper.text, keeper.state]).toEqual([["Hello", "And then"], "And then", "saved"]);
  });

  it("gives back what could not be sent, before what was typed since", async () => {
    const save = saver();
    const keeper = new DraftKeeper("", save, { ...nobody, subject: "Gate 4" });
    keeper.type("Hello");
    const leaving = keeper.handOver(() => Promise.reject(new Error("too large")));
    keeper.type("And then");
    await expect(leaving).rejects.toThrow("too large");
    expect([keeper.text, keeper.envelope.subject]).toEqual(["Hello\n\nAnd then", "Gate 4"]);
    await vi.advanceTimersByTimeAsync(rest);
    expect(heard(save).at(-1)).toBe("Hello\n\nAnd then");
  });

  it("hands over after a save that is under way", async () => {
    const done: (() => void)[] = [];
    const save = vi.fn((_text: string, _envelope: Envelope) => new Promise<void>((resolve) => done.push(resolve)));
    const keeper = new DraftKeeper("", save);
    keeper.type("a");
    void keeper.flush();
    keeper.type("ab");
    const send = vi.fn(async () => undefined);
    const leaving = keeper.handOver(send);
    for (let turn = 0; turn < 2; turn++) {
      expect(send).not.toHaveBeenCalled();
      done[turn]!();
      await vi.advanceTimersByTimeAsync(0); // oxlint-disable-line no-await-in-loop
    }
    await leaving;
    expect([heard(save), keeper.state]).toEqual([["a", "ab"], "empty"]);
  });

  it("is empty after discarding and saves nothing more", async () => {
    const save = saver();
    const keeper = new DraftKeeper("", save);
    keeper.type("Hello");
    keeper.clear();
    await vi.advanceTimersByTimeAsync(rest * 2);
    expect(save).not.toHaveBeenCalled();
    expect(keeper.state).toBe("empty");
  });
});

describe("whom a draft is for", () => {
  const rita: Envelope = { to: [{ name: "Rita", email: "rita@example.com" }], cc: [], all: false, about: "", admits: false, subject: "", language: "" };

  it("is saved like the words, though they stay as they are", async () => {
    const save = saver();
    const keeper = new DraftKeeper("Hello", save);
    keeper.address(rita);
    await vi.advanceTimersByTimeAsync(rest);
    expect(heard(save)).toEqual(["Hello"]);
    expect(keeper.envelope).toEqual(rita);
    keeper.address(rita);
    await vi.advanceTimersByTimeAsync(rest);
    expect(save).toHaveBeenCalledTimes(1);
  });

  it("is tried again when Go could not save it", async () => {
    const save = saver();
    save.mockRejectedValueOnce(new Error("disk full"));
    const keeper = new DraftKeeper("Hello", save);
    keeper.address(rita);
    await keeper.flush();
    expect(keeper.state).toBe("failed");
    await keeper.flush();
    expect(save).toHaveBeenCalledTimes(2);
    expect(keeper.state).toBe("saved");
  });

  it("stands while Go holds no words, and follows what Go holds", async () => {
    const keeper = new DraftKeeper("", saver());
    keeper.address(rita);
    await keeper.flush();
    keeper.adopt("");
    expect(keeper.envelope).toEqual(rita);
    keeper.adopt("taken back", nobody);
    expect([keeper.text, keeper.envelope]).toEqual(["taken back", nobody]);
  });

  it("is forgotten when the message is sent", async () => {
    const keeper = new DraftKeeper("Hello", saver(), rita);
    await keeper.handOver(async () => undefined);
    expect(keeper.envelope).toEqual(nobody);
  });
});

const people = (...names: string[]) => names.map((name) => ({ name, email: `${name.toLowerCase()}@example.com` }));

describe("the button that sends", () => {
  it("says who will read it", () => {
    expect(sendWords({ ...nobody, to: people("Annika Petersen") })).toBe("Send to Annika");
    expect(sendWords({ ...nobody, to: people("Annika Petersen"), cc: people("Uwe") })).toBe("Send to Annika and 1 other");
    expect(sendWords({ ...nobody, to: people("Annika Petersen", "Luise"), cc: people("Uwe") })).toBe("Send to Annika and 2 others");
    expect(sendWords(nobody)).toBe("Send");
  });
});
