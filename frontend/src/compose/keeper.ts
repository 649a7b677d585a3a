// A keeper holds the text of one draft while it is typed and hands it to Go when
// the typing rests, when the field is left and when the ticket is. A save that
// fails keeps the text here and is tried again with the next one; a save never
// overtakes another, and no answer that was asked for before a save undoes it.
import { asking } from "../lib/asking";
import type { Envelope } from "../lib/view";

export type KeeperState = "empty" | "typing" | "saving" | "saved" | "failed";

type Save = (text: string, envelope: Envelope) => Promise<unknown>;

export const nobody: Envelope = { to: [], cc: [], all: false, about: "", admits: false, subject: "", language: "" };

const same = (a: Envelope, b: Envelope) => JSON.stringify(a) === JSON.stringify(b);

export const rest = 300; // ms without a key before a draft is saved

export class DraftKeeper {
  text: string;
  state: KeeperState;
  /** envelope is what the person chose; nobody: what Go proposes. */
  envelope: Envelope;
  private saved: string;
  private readdressed = false;
  private done = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<void> | undefined;
  private leaving: Promise<void> | undefined;
  private watchers = new Set<() => void>();

  constructor(
    text: string,
    private readonly save: Save,
    envelope = nobody,
  ) {
    this.envelope = envelope;
    this.text = text;
    this.saved = text;
    this.state = text || envelope.subject ? "saved" : "empty";
  }

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => void this.watchers.delete(watcher);
  };

  /** snapshot changes whenever text or state does. */
  snapshot = (): string => `${this.state} ${JSON.stringify(this.envelope)} ${this.text}`;

  type(text: string): void {
    this.text = text;
    this.become("typing");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), rest);
  }

  /** address chooses whom it is for; that is kept like the words. */
  address(envelope: Envelope): void {
    if (same(envelope, this.envelope)) return;
    this.envelope = envelope;
    this.readdressed = true;
    this.type(this.text);
  }

  /** adopt takes what Go holds, unless the person has typed since. Where Go holds
   * no words, whom they chose for the next ones stands. asked numbers the question
   * that was answered. */
  adopt(text: string, envelope = nobody, asked = asking()): void {
    if (asked < this.done || this.leaving) return;
    if (this.state === "typing" || this.state === "saving" || this.state === "failed") return;
    if (text === this.saved && (text === "" || same(envelope, this.envelope))) return;
    this.text = text;
    this.saved = text;
    this.envelope = envelope;
    this.become(text ? "saved" : "empty");
  }

  /** takeIn puts a message that was taken back above what was begun, as Go did with
   * what was saved of that: what was typed since stays below it, and is saved. */
  takeIn(text: string, envelope: Envelope): void {
    const begun = this.text;
    const typed = begun !== this.saved;
    const above = this.saved && text.endsWith(this.saved) ? text.slice(0, -this.saved.length) : `${text}\n\n`;
    this.text = text;
    this.saved = text;
    this.envelope = envelope;
    this.done = asking();
    this.become("saved");
    if (typed) this.type(above + begun);
  }

  /** flush saves at once what is not saved yet. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    const first = this.leaving?.catch(() => undefined) ?? this.saving;
    if (first) return first.then(() => this.flush());
    if (this.text === this.saved && !this.readdressed) {
      if (this.state === "typing") this.become(this.text ? "saved" : "empty");
      return Promise.resolve();
    }
    const { text } = this;
    this.become("saving");
    this.readdressed = false;
    this.saving = this.save(text, this.envelope).then(
      () => this.settle(text),
      () => {
        this.readdressed = true;
        this.become("failed");
      },
    );
    return this.saving.finally(() => (this.saving = undefined));
  }

  private settle(text: string): void {
    this.saved = text;
    this.done = asking();
    if (this.text === text) this.become(text ? "saved" : "empty");
  }

  /** handOver takes the words out at once and, once they are saved, lets them be sent:
   * what is typed meanwhile begins a draft of its own. What could not be sent comes
   * back, before that. */
  handOver(send: () => Promise<unknown>): Promise<void> {
    clearTimeout(this.timer);
    const { text, envelope, readdressed } = this;
    const keep = async () => {
      await this.saving;
      if (text !== this.saved || readdressed) await this.save(text, envelope).then(() => (this.saved = text), () => undefined);
    };
    this.begin("", nobody);
    this.leaving = keep().then(send).then(
      () => this.left(),
      (refusal: unknown) => {
        this.comeBack(text, envelope);
        throw refusal;
      },
    );
    return this.leaving;
  }

  private left(): void {
    this.leaving = undefined;
    this.saved = "";
    this.done = asking();
    if (this.text === "" && !this.readdressed) this.become("empty");
  }

  private comeBack(text: string, envelope: Envelope): void {
    this.leaving = undefined;
    if (!this.readdressed) this.envelope = envelope;
    this.type([text, this.text].filter(Boolean).join("\n\n"));
  }

  private begin(text: string, envelope: Envelope): void {
    this.text = text;
    this.envelope = envelope;
    this.readdressed = false;
    this.become("empty");
  }

  /** clear empties the draft after it was discarded: Go has emptied its own. */
  clear(): void {
    clearTimeout(this.timer);
    this.saved = "";
    this.done = asking();
    this.begin("", nobody);
  }

  private become(state: KeeperState): void {
    this.state = state;
    this.watchers.forEach((watcher) => watcher());
  }
}
