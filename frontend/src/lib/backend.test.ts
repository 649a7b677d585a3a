import { afterEach, describe, expect, it, vi } from "vitest";
import { type Backend, DeskError, toDeskError } from "./backend";
import { httpBackend } from "./backend_http";
import { wailsBackend, wailsIsHere } from "./backend_wails";
import { desk, setBackend } from "./desk";

const here = globalThis as Record<string, unknown>;

afterEach(() => {
  delete here.go;
  delete here.runtime;
  vi.unstubAllGlobals();
});

describe("errors from Go", () => {
  it.each([
    [{ code: "forbidden", message: "No." }, "forbidden", "No."],
    ['{"code":"gone","message":"It is gone."}', "gone", "It is gone."],
    ["plain words", "internal", "plain words"],
    [new Error("broken"), "internal", "broken"],
    [undefined, "internal", "Something went wrong inside the program."],
  ])("%o reads as %s", (caught, code, message) => {
    expect(toDeskError(caught)).toMatchObject({ code, message });
  });

  it("leaves its own errors as they are", () => {
    const error = new DeskError("gone", "It is gone.");
    expect(toDeskError(error)).toBe(error);
  });
});

describe("the desktop adapter", () => {
  it("is chosen where the bindings are", () => {
    expect(wailsIsHere()).toBe(false);
    here.go = { app: {} };
    expect(wailsIsHere()).toBe(true);
  });

  it("calls the bound method with one argument, or none", async () => {
    const Open = vi.fn(async (id?: unknown) => ({ id }));
    const State = vi.fn(async () => "open");
    here.go = { app: { Ticket: { Open }, Session: { State } } };
    expect(await wailsBackend().call("Ticket", "Open", "t1")).toEqual({ id: "t1" });
    await wailsBackend().call("Session", "State");
    expect(State).toHaveBeenCalledWith();
  });

  it("rejects with the sentence Go wrote", async () => {
    here.go = { app: { Ticket: { Move: () => Promise.reject({ code: "workflow", message: "Resolved needs notes." }) } } };
    await expect(wailsBackend().call("Ticket", "Move", {})).rejects.toMatchObject({ code: "workflow", message: "Resolved needs notes." });
    await expect(wailsBackend().call("Ticket", "Vanish")).rejects.toBeInstanceOf(DeskError);
  });

  it("hears topics through the runtime", () => {
    const EventsOn = vi.fn((_topic: string, _listener: (id?: unknown) => void) => () => undefined);
    here.runtime = { EventsOn };
    const heard = vi.fn();
    wailsBackend().on("ticket", heard);
    const [topic, say] = EventsOn.mock.calls[0]!;
    say("t1");
    say();
    expect(topic).toBe("ticket");
    expect(heard.mock.calls).toEqual([["t1"], [""]]);
  });
});

describe("an address outside", () => {
  it("is the system's to open", () => {
    const BrowserOpenURL = vi.fn();
    here.runtime = { BrowserOpenURL };
    wailsBackend().open("https://a.example/");
    expect(BrowserOpenURL).toHaveBeenCalledWith("https://a.example/");
    const open = vi.fn();
    vi.stubGlobal("open", open);
    httpBackend().open("https://a.example/");
    expect(open).toHaveBeenCalledWith("https://a.example/", "_blank", "noopener,noreferrer");
  });
});

class Stream extends EventTarget {
  static last: Stream;
  constructor(readonly url: string) {
    super();
    Stream.last = this;
  }
  say(signal: unknown) {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(signal) }));
  }
}

const answer = (status: number, body: string) => vi.fn(async (_url: string, _init: RequestInit) => new Response(body, { status }));

describe("the browser adapter", () => {
  it("posts the argument as JSON", async () => {
    const fetch = answer(200, '{"number":"INC0000001"}');
    vi.stubGlobal("fetch", fetch);
    expect(await httpBackend().call("Ticket", "Create", { title: "x" })).toEqual({ number: "INC0000001" });
    expect(fetch.mock.calls[0]).toMatchObject(["/api/call/Ticket/Create", { method: "POST", body: '{"title":"x"}', headers: { "Content-Type": "application/json" } }]);
  });

  it("takes an empty answer for none, and a refusal for an error", async () => {
    vi.stubGlobal("fetch", answer(200, ""));
    expect(await httpBackend().call("Sync", "Now")).toBeNull();
    vi.stubGlobal("fetch", answer(422, '{"code":"validation","message":"A title is needed."}'));
    await expect(httpBackend().call("Ticket", "Create", {})).rejects.toMatchObject({ code: "validation", message: "A title is needed." });
    vi.stubGlobal("fetch", answer(502, "<html>"));
    await expect(httpBackend().call("Ticket", "Create", {})).rejects.toMatchObject({ code: "internal" });
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("refused")));
    await expect(httpBackend().call("Sync", "Now")).rejects.toMatchObject({ code: "unreachable" });
  });

  it("shares one stream, and asks everyone again whenever it was opened", () => {
    vi.stubGlobal("EventSource", Stream);
    const backend = httpBackend();
    const [queue, ticket] = [vi.fn(), vi.fn()];
    const stop = backend.on("queue", queue);
    backend.on("ticket", ticket);
    Stream.last.say({ topic: "ticket", id: "t1" });
    Stream.last.dispatchEvent(new Event("open"));
    expect([queue.mock.calls, ticket.mock.calls]).toEqual([[[""]], [["t1"], [""]]]);
    Stream.last.dispatchEvent(new Event("error"));
    Stream.last.dispatchEvent(new Event("open"));
    expect(queue).toHaveBeenCalledTimes(2);
    stop();
    Stream.last.say({ topic: "queue" });
    expect(queue).toHaveBeenCalledTimes(2);
  });
});

describe("the door", () => {
  it("names facade and method once", async () => {
    const call = vi.fn(async () => undefined);
    setBackend({ call, on: () => () => undefined } as unknown as Backend);
    await desk.ticket.open("t1");
    await desk.sync.now();
    expect(call.mock.calls).toEqual([["Ticket", "Open", "t1"], ["Sync", "Now"]]);
  });
});
