// A browser against the same Go code: POST /api/call/<Facade>/<Method> with the
// argument as JSON, and one stream of server-sent events that every listener
// shares. The browser opens the stream anew by itself; what was missed before it
// was open is unknown, so every topic is then told to ask again.
import { type Backend, DeskError, type Listener, type Topic, toDeskError, topics } from "./backend";

const answerOf = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  return text === "" ? null : JSON.parse(text);
};

async function call<T>(facade: string, method: string, argument?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/call/${facade}/${method}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(argument ?? null),
    });
  } catch {
    throw new DeskError("unreachable", "The program behind this page does not answer. Start it again and reload the page.");
  }
  const answer = await answerOf(response).catch(() => null);
  if (!response.ok) throw toDeskError(answer ?? { code: "internal", message: `The program answered ${response.status}.` });
  return answer as T;
}

export function httpBackend(): Backend {
  const listeners = new Map<Topic, Set<Listener>>(topics.map((topic) => [topic, new Set()]));
  const tell = (topic: Topic, id: string) => listeners.get(topic)?.forEach((listener) => listener(id));
  let stream: EventSource | undefined;

  function listen(): void {
    stream = new EventSource("/api/events");
    stream.addEventListener("message", (message) => {
      const signal = JSON.parse(message.data) as { topic: Topic; id?: string };
      tell(signal.topic, signal.id ?? "");
    });
    stream.addEventListener("open", () => topics.forEach((topic) => tell(topic, "")));
  }

  return {
    call,
    save: async ({ url, name }) => {
      const link = Object.assign(document.createElement("a"), { href: url, download: name });
      link.click();
    },
    open: (address) => void window.open(address, "_blank", "noopener,noreferrer"),
    on(topic, listener) {
      if (!stream) listen();
      listeners.get(topic)?.add(listener);
      return () => void listeners.get(topic)?.delete(listener);
    },
  };
}
