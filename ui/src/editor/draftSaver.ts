/**
 * Keeps a draft of unsaved work: saves soon after the last edit, at the latest a while after the first one,
 * and at once when asked to. A failed save is told and tried again with the next edit or flush.
 */

export type DraftState = "clean" | "waiting" | "saving" | "saved" | "failed";

export const DRAFT_DELAY_MS = 400;
export const DRAFT_LONGEST_DELAY_MS = 2000;

export class DraftSaver {
  #pending: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firstEdit = 0;
  #saving: Promise<void> = Promise.resolve();
  #state: DraftState = "clean";
  #closed = false;

  constructor(
    private readonly save: (document: string) => Promise<unknown>,
    private readonly onState: (state: DraftState, error: unknown) => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** A document to be kept; the newest one wins. */
  schedule(document: string): void {
    if (this.#closed) return;
    if (this.#pending === null) this.#firstEdit = this.now();
    this.#pending = document;
    this.#tell("waiting");
    clearTimeout(this.#timer);
    const left = DRAFT_LONGEST_DELAY_MS - (this.now() - this.#firstEdit);
    this.#timer = setTimeout(() => void this.flush(), Math.max(0, Math.min(DRAFT_DELAY_MS, left)));
  }

  /** Saves what waits; resolves when nothing is under way any more. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#saving = this.#saving.then(() => this.#saveNow());
    return this.#saving;
  }

  /** What waited is not wanted any more: the document was saved, or the draft discarded. */
  async forget(): Promise<void> {
    clearTimeout(this.#timer);
    this.#pending = null;
    await this.#saving;
    this.#tell("clean");
  }

  /** The last flush; nothing is scheduled after it. */
  close(): Promise<void> {
    const done = this.flush();
    this.#closed = true;
    return done;
  }

  async #saveNow(): Promise<void> {
    const document = this.#pending;
    if (document === null) return;
    this.#pending = null;
    this.#tell("saving");
    try {
      await this.save(document);
      if (this.#pending === null) this.#tell("saved");
    } catch (error) {
      this.#pending ??= document;
      this.#tell("failed", error);
    }
  }

  #tell(state: DraftState, error: unknown = null): void {
    if (state === this.#state && state !== "failed") return;
    this.#state = state;
    if (!this.#closed || state === "failed") this.onState(state, error);
  }
}
