/** Which attributes and events of a span were understood, and by which dialects: one bit for each. */
export class Understood {
  /** By the place of the key among those of the span: what the tables understand, which is most. */
  readonly #bits: number[];
  /** By name: what dialects say one by one. */
  readonly #others = new Map<string, number>();
  /** All of it by name, once somebody asks for names. */
  #byName: Map<string, number> | undefined;

  /** @param keys - of the attributes */
  constructor(readonly keys: readonly string[]) {
    this.#bits = new Array<number>(keys.length).fill(0);
  }

  /** Whether the key at this place was understood by any. */
  isAnyAt(place: number): boolean {
    if (this.#bits[place] !== 0) return true;
    return this.#others.size > 0 && this.#others.has(this.keys[place] ?? '');
  }

  addAt(place: number, bit: number): void {
    this.#bits[place] = (this.#bits[place] ?? 0) | bit;
    this.#byName = undefined;
  }

  /** Adds an attribute or the name of an event. */
  add(name: string, bit: number): void {
    this.#others.set(name, (this.#others.get(name) ?? 0) | bit);
    this.#byName = undefined;
  }

  /** Whether an attribute or event was understood by one of these dialects. */
  isBy(name: string, bits: number): boolean {
    return ((this.#named().get(name) ?? 0) & bits) !== 0;
  }

  names(): Iterable<string> {
    return this.#named().keys();
  }

  #named(): ReadonlyMap<string, number> {
    if (this.#byName !== undefined) return this.#byName;
    const named = new Map(this.#others);
    this.keys.forEach((key, place) => {
      const bits = this.#bits[place] ?? 0;
      if (bits !== 0) named.set(key, (named.get(key) ?? 0) | bits);
    });
    this.#byName = named;
    return named;
  }
}
