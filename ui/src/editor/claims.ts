/** Which places of the document show their own faults now, so that a list of the rest can leave them out. */
export class Claims {
  #paths = new Map<string, number>();
  #listeners = new Set<() => void>();
  #snapshot: readonly string[] = [];

  claim(path: string): () => void {
    this.#change(path, 1);
    return () => this.#change(path, -1);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly paths = (): readonly string[] => this.#snapshot;

  #change(path: string, by: number): void {
    const count = (this.#paths.get(path) ?? 0) + by;
    if (count > 0) this.#paths.set(path, count);
    else this.#paths.delete(path);
    this.#snapshot = [...this.#paths.keys()];
    for (const listener of this.#listeners) listener();
  }
}
