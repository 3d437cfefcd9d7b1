/** More choices or tool calls than any model returns; an index beyond is a server's mistake. */
const MAX_SLOTS = 256;

/**
 * What a stream sends in interleaved pieces, each with the `index` of what it belongs to.
 *
 * Any index is safe: one that is missing or no small integer is replaced by the piece's position in its chunk.
 */
export class IndexedSlots<T extends object> {
  readonly #create: () => T;
  readonly #slots: (T | undefined)[] = [];

  /** @param create - makes an empty slot */
  constructor(create: () => T) {
    this.#create = create;
  }

  /** The slot of a piece, made when it is the first one. */
  at(index: unknown, position: number): T {
    return (this.#slots[isSlot(index) ? index : Math.min(position, MAX_SLOTS - 1)] ??= this.#create());
  }

  /** How many slots there are, up to the last one used. */
  get length(): number {
    return this.#slots.length;
  }

  /** All in order of their index; one that no piece came for is empty. */
  all(): T[] {
    return Array.from(this.#slots, (slot) => slot ?? this.#create());
  }

  /** Those that a piece came for, in order of their index. */
  used(): T[] {
    return this.#slots.filter((slot) => slot !== undefined);
  }
}

function isSlot(index: unknown): index is number {
  return typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < MAX_SLOTS;
}
