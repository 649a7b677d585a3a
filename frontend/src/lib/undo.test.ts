import { beforeEach, describe, expect, it, vi } from "vitest";
import { DeskError } from "./backend";
import { carryOut, checking, labelling, moving, patching } from "./change";
import { setBackend } from "./desk";
import { forgetAct, forgetActs, redo, remember, undo, undoOne, useUndo } from "./undo";
import type { TicketView } from "./view";

const row = { id: "t1", number: "INC0000001", title: "Printer", teamId: "workplace", assignee: { id: "ana" }, priority: 3, state: "in_progress", holdReason: "" };
const ticket = { row, category: "", serviceId: "", impact: 2, urgency: 2, resolutionCode: "", resolutionNotes: "", checklist: [{ id: "i1", text: "Look inside" }], asides: [{ id: "s1", subject: "Line 7" }] } as unknown as TicketView;
const matrix = [[1, 2, 3], [2, 3, 4], [3, 4, 5]];
const call = vi.fn<(facade: string, method: string, argument?: unknown) => Promise<unknown>>();
const done = () => call.mock.calls.map(([, method, argument]) => [method, argument]);
const checked = (more: object) => ["Check", { ticketId: "t1", add: "", tick: "", untick: "", remove: "", ...more }];
const patched = (field: string, value: string, reason = "") => ["Patch", { ticketId: "t1", field, value, reason }];

beforeEach(() => {
  forgetActs();
  call.mockReset().mockResolvedValue(undefined);
  setBackend({ call: call as never, on: () => () => undefined, open: () => undefined, save: async () => undefined });
});

describe("taking back", () => {
  it("sets a field to what it was, and again to what it became", async () => {
    await carryOut([patching(ticket, "assignee", "ben")]);
    await undo();
    expect(useUndo.getState().said).toBe("Taken back: Assignee of INC0000001");
    await redo();
    expect(done()).toEqual([patched("assignee", "ben"), patched("assignee", "ana"), patched("assignee", "ben")]);
  });

  it("says why one act cannot be taken back, and takes no other", async () => {
    const late = { name: "Message", back: async () => Promise.reject(new DeskError("gone", "The message has left this device.")) };
    const other = { name: "Title", back: vi.fn(async () => undefined) };
    remember(late);
    remember(other);
    await undoOne(late);
    expect([useUndo.getState().said, useUndo.getState().past]).toEqual(["The message has left this device.", [other]]);
    expect(other.back).not.toHaveBeenCalled();
  });

  it("types over what was there when the typing began, and goes back to that", async () => {
    await carryOut([patching(ticket, "title", "Printer on fire", { began: "Printer is warm" })]);
    await undo();
    expect(done()).toEqual([["Patch", { ticketId: "t1", field: "title", value: "Printer on fire", reason: "", seen: "Printer is warm" }], patched("title", "Printer is warm")]);
  });

  it("unticks what was ticked, and puts an item back with its words", async () => {
    await carryOut([checking(ticket, { tick: "i1" })]);
    await undo();
    await carryOut([checking(ticket, { remove: "i1" })]);
    await undo();
    await carryOut([patching(ticket, "checklist.i1", "Look behind")]);
    await undo();
    expect(done()).toEqual([checked({ tick: "i1" }), checked({ untick: "i1" }), checked({ remove: "i1" }), checked({ add: "Look inside" }), patched("checklist.i1", "Look behind"), patched("checklist.i1", "Look inside")]);
  });

  it("gives a side conversation the subject it had, and names it in words", async () => {
    await carryOut([patching(ticket, "aside.s1", "Line 7 is down")]);
    await undo();
    expect(useUndo.getState().said).toBe("Taken back: Subject of a side conversation of INC0000001");
    expect(done()).toEqual([patched("aside.s1", "Line 7 is down"), patched("aside.s1", "Line 7")]);
  });

  it("goes back to the matrix, or to the override that was", async () => {
    await carryOut([patching(ticket, "priority", "1", { reason: "Board member", matrix })]);
    await undo();
    expect(done().at(-1)).toEqual(patched("priority", ""));
    await carryOut([patching({ ...ticket, row: { ...ticket.row, priority: 2 } }, "priority", "", { matrix })]);
    await undo();
    expect(done().at(-1)).toEqual(patched("priority", "2", "Taken back"));
  });

  it("removes a label that was added, last act first", async () => {
    await carryOut([patching(ticket, "impact", "1"), patching(ticket, "urgency", "1")]);
    await carryOut([labelling(ticket, "labels", { add: "vip" })]);
    await undo();
    await undo();
    expect(done().slice(3)).toEqual([["Label", { ticketId: "t1", set: "labels", add: "", remove: "vip" }], patched("urgency", "2"), patched("impact", "2")]);
  });

  it("moves back where Go offers the move, and else says why not", async () => {
    const resolve = { ticketId: "t1", to: "resolved", holdReason: "", resolutionCode: "solved", resolutionNotes: "Done." };
    await carryOut([moving(ticket, resolve)]);
    call.mockImplementation(async (_, method) => (method === "Open" ? { moves: [{ to: "in_progress" }] } : undefined));
    await undo();
    expect(done().at(-1)).toEqual(["Move", { ...resolve, to: "in_progress", resolutionCode: "", resolutionNotes: "" }]);
    await carryOut([moving({ ...ticket, row: { ...ticket.row, state: "new" } }, resolve)]);
    await undo();
    expect(useUndo.getState().said).toContain("cannot go back");
    expect(useUndo.getState().past).toEqual([]);
  });

  it("remembers only what held, and says how many were left", async () => {
    call.mockRejectedValueOnce(new DeskError("forbidden", "This is another team's."));
    const other = { ...ticket, row: { ...ticket.row, id: "t2", number: "INC0000002" } };
    await expect(carryOut([patching(ticket, "team", "network"), patching(other, "team", "network")])).rejects.toThrow("1 of 2 tickets was left as it is. This is another team's.");
    call.mockClear();
    await undo();
    expect(done()).toEqual([["Patch", { ticketId: "t2", field: "team", value: "workplace", reason: "" }]]);
  });

  it("forgets what was taken back when something new is done", async () => {
    await carryOut([patching(ticket, "team", "network")]);
    await undo();
    await carryOut([patching(ticket, "assignee", "ben")]);
    call.mockClear();
    await redo();
    expect(call).not.toHaveBeenCalled();
  });
});

describe("what can be taken back only for a while", () => {
  it("is passed over once it was forgotten, and is never done again by itself", async () => {
    forgetActs();
    const took: string[] = [];
    const label = { name: "Labels", back: async () => took.push("labels"), again: async () => undefined };
    const sent = { name: "Message", back: async () => took.push("message") };
    remember(label);
    remember(sent);
    await undo();
    expect(useUndo.getState().future).toEqual([]);
    remember(sent);
    forgetAct(sent);
    await undo();
    expect(took).toEqual(["message", "labels"]);
  });
});
