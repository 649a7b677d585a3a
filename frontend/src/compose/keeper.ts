// A keeper holds the text of one draft while it is typed and hands it to Go when
// the typing rests, when the field is left and when the ticket is. A save that
// fails keeps the text here and is tried again with the next one; a save never
// overtakes another.
export type KeeperState = "empty" | "typing" | "saving" | "saved" | "failed";

type Save = (text: string) => Promise<unknown>;

export const rest = 300; // ms without a key before a draft is saved

export class DraftKeeper {
  text: string;
  state: KeeperState;
  private saved: string;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<void> | undefined;
  private watchers = new Set<() => void>();

  constructor(
    text: string,
    private readonly save: Save,
  ) {
    this.text = text;
    this.saved = text;
    this.state = text ? "saved" : "empty";
  }

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => void this.watchers.delete(watcher);
  };

  /** snapshot changes whenever text or state does. */
  snapshot = (): string => `${this.state} ${this.text}`;

  type(text: string): void {
    this.text = text;
    this.become("typing");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), rest);
  }

  /** adopt takes what Go holds, unless the person has typed since. */
  adopt(text: string): void {
    if (this.state === "typing" || this.state === "saving" || this.state === "failed" || text === this.saved) return;
    this.text = text;
    this.saved = text;
    this.become(text ? "saved" : "empty");
  }

  /** flush saves at once what is not saved yet. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    if (this.saving) return this.saving.then(() => this.flush());
    if (this.text === this.saved) {
      if (this.state === "typing") this.become(this.text ? "saved" : "empty");
      return Promise.resolve();
    }
    const { text } = this;
    this.become("saving");
    this.saving = this.save(text).then(
      () => this.settle(text),
      () => this.become("failed"),
    );
    return this.saving.finally(() => (this.saving = undefined));
  }

  private settle(text: string): void {
    this.saved = text;
    if (this.text === text) this.become(text ? "saved" : "empty");
  }

  /** clear empties the draft after it was sent: Go has emptied its own. */
  clear(): void {
    clearTimeout(this.timer);
    this.text = "";
    this.saved = "";
    this.become("empty");
  }

  private become(state: KeeperState): void {
    this.state = state;
    this.watchers.forEach((watcher) => watcher());
  }
}
