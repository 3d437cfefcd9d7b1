/**
 * A map that knows its oldest entry, in constant time.
 *
 * `map.keys().next()` alone does not: a new iterator walks over every entry that was deleted since the table was last
 * rebuilt, so a map used as a queue of 20,000 takes microseconds for each. One iterator is kept instead; entries that
 * are added later come up in it, and what it has passed is gone or was added again behind it.
 */
export class OldestFirstMap<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  #iterator: Iterator<[Key, Value]> | undefined;
  /** The entry that the iterator gave last, unless it was deleted since. */
  #head: [Key, Value] | undefined;

  /** The entry that was found last, unless it was deleted since. */
  #latestKey: Key | undefined;
  #latest: Value | undefined;

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    // What is asked for twice in a row, as at the start and the end of a span, is not looked up twice.
    if (key === this.#latestKey) return this.#latest;
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#latestKey = key;
    this.#latest = value;
    return value;
  }

  /** Adds an entry as the newest. The key must not be there. */
  add(key: Key, value: Value): void {
    this.#entries.set(key, value);
  }

  delete(key: Key): boolean {
    if (this.#head !== undefined && this.#head[0] === key) this.#head = undefined;
    if (key === this.#latestKey) {
      this.#latestKey = undefined;
      this.#latest = undefined;
    }
    return this.#entries.delete(key);
  }

  /** The entry that was added first of those that are there. */
  oldest(): Value | undefined {
    if (this.#head !== undefined) return this.#head[1];
    if (this.#entries.size === 0) return undefined;
    let next = this.#iterator?.next();
    if (next === undefined || next.done === true) {
      // An iterator that came to the end stays there.
      this.#iterator = this.#entries.entries();
      next = this.#iterator.next();
    }
    if (next.done === true) return undefined;
    this.#head = next.value;
    return next.value[1];
  }

  /** All entries as they are now, oldest first. */
  values(): Value[] {
    return [...this.#entries.values()];
  }
}
