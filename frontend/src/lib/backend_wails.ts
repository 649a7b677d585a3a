// The desktop window: methods bound by Wails at window.go.app.<Facade>.<Method>,
// signals through its runtime. An answer of no value arrives as null.
import { type Backend, type Listener, type Topic, toDeskError } from "./backend";

type Bound = (argument?: unknown) => Promise<unknown>;

interface WailsWindow {
  go?: { app?: Record<string, Record<string, Bound> | undefined> };
  runtime?: { EventsOn(name: string, listener: (...data: unknown[]) => void): () => void };
}

const here = () => globalThis as unknown as WailsWindow;

export const wailsIsHere = () => here().go !== undefined;

export function wailsBackend(): Backend {
  return {
    async call<T>(facade: string, method: string, argument?: unknown): Promise<T> {
      const bound = here().go?.app?.[facade]?.[method];
      if (!bound) throw toDeskError({ code: "internal", message: `This window has no ${facade}.${method}.` });
      try {
        return (await (argument === undefined ? bound() : bound(argument))) as T;
      } catch (caught) {
        throw toDeskError(caught);
      }
    },
    on(topic: Topic, listener: Listener) {
      const hear = (id: unknown) => listener(typeof id === "string" ? id : "");
      return here().runtime?.EventsOn(topic, hear) ?? (() => undefined);
    },
  };
}
