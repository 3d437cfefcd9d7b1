/** Keeps keys apart that are the same once what was secret in them is gone: `[REDACTED]`, `[REDACTED].2`. */
export class FreeKeys {
  readonly #taken: Set<string>;
  /** The last number of each key that was taken twice: without it, many of them would take quadratic time. */
  readonly #numbers = new Map<string, number>();

  /** @param taken - keys that there are, none of them twice */
  constructor(taken: readonly string[] = []) {
    this.#taken = new Set(taken);
  }

  /** @returns `key`, with a number if it was taken before */
  take(key: string): string {
    let free = key;
    if (this.#taken.has(key)) {
      let number = this.#numbers.get(key) ?? 1;
      do free = `${key}.${++number}`;
      while (this.#taken.has(free));
      this.#numbers.set(key, number);
    }
    this.#taken.add(free);
    return free;
  }
}
