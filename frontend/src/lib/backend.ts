// What an adapter to Go must do, and how its failures read.

/** Topics are small signals that something changed; the window then asks again. */
export type Topic = "queue" | "ticket" | "sync" | "tray" | "session" | "directory" | "mailbox" | "file";
export const topics: Topic[] = ["queue", "ticket", "sync", "tray", "session", "directory", "mailbox", "file"];

/** A Listener hears the id the topic speaks of: a ticket's for "ticket", else "". */
export type Listener = (id: string) => void;

/** Saved is a file of a message that a person wants a copy of. */
export interface Saved {
  messageId: string;
  attachmentId: string;
  name: string;
  url: string;
}

export interface Backend {
  /** call rejects with a DeskError. */
  call<T>(facade: string, method: string, argument?: unknown): Promise<T>;
  /** on returns the function that stops listening. */
  on(topic: Topic, listener: Listener): () => void;
  /** open shows an address in the system's browser or mail program. */
  open(address: string): void;
  /** save copies a file to where the person says; nothing is opened. */
  save(file: Saved): Promise<void>;
}

/** DeskError is desk.Error: a code for the program, a sentence for the person. */
export class DeskError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = "DeskError";
  }
}

/** toDeskError takes whatever an adapter caught, so that no caller meets a bare text. */
export function toDeskError(caught: unknown): DeskError {
  if (caught instanceof DeskError) return caught;
  if (typeof caught === "string") return fromText(caught);
  if (caught && typeof caught === "object" && "message" in caught) {
    const code = "code" in caught && typeof caught.code === "string" ? caught.code : "internal";
    return new DeskError(code, String(caught.message));
  }
  return new DeskError("internal", "Something went wrong inside the program.");
}

function fromText(text: string): DeskError {
  try {
    const parsed: unknown = JSON.parse(text);
    if (parsed && typeof parsed === "object") return toDeskError(parsed);
  } catch {
    return new DeskError("internal", text);
  }
  return new DeskError("internal", text);
}
