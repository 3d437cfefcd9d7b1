interface Entry<T> {
  readonly candidate: T;
  readonly randomness: string;
  readonly threshold: string;
}

/** Smaller than every randomness. */
const NOTHING = '';

/**
 * The candidates of the highest randomness among all that were offered, at most a given number of them, and the highest
 * randomness that had to go. A binary heap, its lowest entry first, so that nothing is held that cannot be chosen any
 * more, and so that once it is full most offers cost one comparison.
 */
export class HighestRandomness<T> {
  readonly #heap: Entry<T>[] = [];
  #offered = 0;
  #leftOut = NOTHING;

  /** Candidates held. */
  get size(): number {
    return this.#heap.length;
  }

  /** Candidates offered so far, held or not. */
  get offered(): number {
    return this.#offered;
  }

  /** The highest randomness that was left out, 14 hex digits; `undefined` when nothing was. */
  get leftOut(): string | undefined {
    return this.#leftOut === NOTHING ? undefined : this.#leftOut;
  }

  /** What is held, in no order. */
  entries(): readonly Entry<T>[] {
    return this.#heap;
  }

  /**
   * Takes in a candidate if it is among the highest `places`.
   *
   * @param places - never more than in an earlier call, else what went too early would be missing
   * @returns the candidate that has to go for it, which may be itself; `undefined` when there was room
   */
  offer(candidate: T, randomness: string, threshold: string, places: number): T | undefined {
    this.#offered++;
    const heap = this.#heap;
    if (heap.length < places) {
      heap.push({ candidate, randomness, threshold });
      this.#up(heap.length - 1);
      return undefined;
    }
    const lowest = heap[0];
    if (lowest === undefined || randomness <= lowest.randomness) {
      this.#leaveOut(randomness);
      return candidate;
    }
    heap[0] = { candidate, randomness, threshold };
    this.#down();
    this.#leaveOut(lowest.randomness);
    return lowest.candidate;
  }

  /** Lets the lowest candidate go. */
  removeLowest(): T | undefined {
    const lowest = this.#heap[0];
    const last = this.#heap.pop();
    if (lowest === undefined || last === undefined) return undefined;
    if (this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#down();
    }
    this.#leaveOut(lowest.randomness);
    return lowest.candidate;
  }

  #leaveOut(randomness: string): void {
    if (randomness > this.#leftOut) this.#leftOut = randomness;
  }

  #up(start: number): void {
    const heap = this.#heap;
    let index = start;
    const entry = heap[index];
    while (entry !== undefined && index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || parent.randomness <= entry.randomness) break;
      heap[index] = parent;
      heap[above] = entry;
      index = above;
    }
  }

  #down(): void {
    const heap = this.#heap;
    const entry = heap[0];
    let index = 0;
    while (entry !== undefined) {
      let below = 2 * index + 1;
      let child = heap[below];
      const right = heap[below + 1];
      if (child !== undefined && right !== undefined && right.randomness < child.randomness) {
        child = right;
        below++;
      }
      if (child === undefined || child.randomness >= entry.randomness) break;
      heap[index] = child;
      heap[below] = entry;
      index = below;
    }
  }
}
