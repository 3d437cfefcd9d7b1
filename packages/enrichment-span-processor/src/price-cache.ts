/**
 * What was found for the names of models. They come from outside, so their number is bounded: names that were not asked
 * for since the last `size` new ones are forgotten.
 */
export class PriceCache<Value> {
  #recent = new Map<string, Value>();
  #before = new Map<string, Value>();

  /** @param size - half the number of names that are remembered at most */
  constructor(readonly size: number) {}

  get(key: string): Value | undefined {
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    const before = this.#before.get(key);
    if (before !== undefined) this.set(key, before);
    return before;
  }

  set(key: string, value: Value): void {
    if (this.#recent.size >= this.size) {
      this.#before = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(key, value);
  }
}
