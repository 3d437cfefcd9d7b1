/** Beginnings of keys, to be asked for many keys that have none of them: one look at the first character settles most. */
export class PrefixSet {
  readonly #byFirstChar: (readonly string[] | undefined)[] = [];

  constructor(prefixes: Iterable<string>) {
    for (const prefix of new Set(prefixes)) {
      const code = prefix.charCodeAt(0);
      this.#byFirstChar[code] = [...(this.#byFirstChar[code] ?? []), prefix];
    }
  }

  /** Whether `key` begins with one of them. */
  has(key: string): boolean {
    const prefixes = this.#byFirstChar[key.charCodeAt(0)];
    if (prefixes === undefined) return false;
    for (const prefix of prefixes) if (key.startsWith(prefix)) return true;
    return false;
  }

  /** Whether an own attribute of `attributes` begins with one of them. Copies nothing. */
  hasAnyOf(attributes: Readonly<Record<string, unknown>>): boolean {
    for (const key in attributes) if (this.has(key) && Object.hasOwn(attributes, key)) return true;
    return false;
  }
}
