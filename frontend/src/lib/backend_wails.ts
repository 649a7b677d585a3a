// The desktop window: methods bound by Wails at window.go.app.<Facade>.<Method>,
// signals through its runtime. An answer of no value arrives as null.
import { type Backend, type Listener, type Topic, toDeskError } from "./backend";

type Bound = (argument?: unknown) => Promise<unknown>;

interface WailsWindow {
  go?: { app?: Record<string, Record<string, Bound> | undefined> };
  runtime?: {
    EventsOn(name: string, listener: (...data: unknown[]) => void): () => void;
    BrowserOpenURL(address: string): void;
  };
}

const here = () => globalThis as unknown as WailsWindow;

export const wailsIsHere = () => here().go !== undefined;

async function call<T>(facade: string, method: string, argument?: unknown): Promise<T> {
  const bound = here().go?.app?.[facade]?.[method];
  if (!bound) throw toDeskError({ code: "internal", message: `This window has no ${facade}.${method}.` });
  try {
    return (await (argument === undefined ? bound() : bound(argument))) as T;
  } catch (caught) {
    throw toDeskError(caught);
  }
}

export function wailsBackend(): Backend {
  return {
    call,
    // Its web view keeps no downloads: Go asks for the place and copies.
    save: ({ messageId, attachmentId }) => call("Files", "Save", { messageId, attachmentId }),
    on(topic: Topic, listener: Listener) {
      const hear = (id: unknown) => listener(typeof id === "string" ? id : "");
      return here().runtime?.EventsOn(topic, hear) ?? (() => undefined);
    },
    open: (address) => here().runtime?.BrowserOpenURL(address),
  };
}
