/** A map that holds at most `size` entries: the oldest goes when one too many comes. */
export class Recent<Value> {
  readonly #entries = new Map<string, Value>();

  constructor(readonly size: number) {}

  get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: Value): void {
    const oldest = this.#entries.keys().next();
    if (this.#entries.size >= this.size && !oldest.done) this.#entries.delete(oldest.value);
    this.#entries.set(key, value);
  }

  clear(): void {
    this.#entries.clear();
  }
}
