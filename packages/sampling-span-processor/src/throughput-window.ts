import { HighestRandomness } from './highest-randomness.js';
import { KEEP_ALL, stricter, thresholdAbove } from './threshold.js';

const SECOND_MILLIS = 1_000;

/** One place in so many stays for candidates that are not important. */
const SHARE_OF_OTHERS = 10;

/** The longest delay that `setTimeout` does not take for none. */
const MAX_TIMER_MILLIS = 2 ** 31 - 1;

/** Makes up for fractions that do not add up to one, as ten times 0.1. */
const ROUNDING = 1e-9;

/** Options of {@link ThroughputWindow}. */
export interface ThroughputWindowOptions<T> {
  /** Places per second, greater than 0. May be a fraction: 0.5 is one place in two seconds. */
  readonly tracesPerSecond: number;
  /** Told at once of each candidate that has lost its place, or gets none. */
  readonly onDropped: (candidate: T) => void;
  /**
   * Monotonic clock in milliseconds.
   * @defaultValue `performance.now`
   */
  readonly now?: () => number;
}

/**
 * Told of each candidate that has got a place.
 *
 * @param threshold - 14 hex digits: the chance that the candidate had is that of passing this threshold. `undefined` when
 *   there is no such threshold, and none must be written: see {@link ThroughputWindow}
 */
export type OnKept<T> = (candidate: T, threshold: string | undefined) => void;

/**
 * At most so many traces per second: gathers the traces that are to be kept, and when the second is over gives the places
 * to those of the highest randomness. A kept trace gets the threshold that all it was measured against makes up: its own or
 * the lowest above what was left out, whichever is stricter. Important candidates come first, but a tenth of the places
 * (rounded down) stays for the others if there are any; what one class does not need goes to the other. Each class has
 * its own cut.
 *
 * Why adjusted counts stay unbiased (priority sampling, Duffield, Lund and Thorup): given the randomness of all others, a
 * candidate of threshold T that n others of its class compete with for k places is kept iff its randomness R passes T and
 * the k-th highest randomness of those others, and when it is kept, that is just the highest one left out, τ. So its
 * chance given the others is 1 − max(T, τ), for which the new threshold stands, and 1 ÷ chance counts it as 1 on average,
 * whatever T the others have. This holds as long as k depends on how many candidates there are and on the clock, never on
 * their randomness, and is at least 1: therefore a window without a place does not drop its candidates but goes on. (Only
 * important candidates that take all of fewer than ten places, and {@link ThroughputWindow.finish}, leave a chance of 0.)
 *
 * Candidates that share one randomness (traces of one conversation) are all kept or all left out. If that would leave
 * every place of the class empty, they get the places in part and no threshold, as no threshold tells them apart.
 *
 * Seconds are those of the clock. Fractions of places are carried into the next second, whole unused places are not, so a
 * second has at most `tracesPerSecond` places, rounded up, and after idle time rounded down, but one at least. Holds at
 * most as many candidates as there are places. It has no timer: {@link ThroughputWindow.dueInMillis} says when to
 * call {@link ThroughputWindow.close}.
 */
export class ThroughputWindow<T> {
  readonly #perSecond: number;
  readonly #onDropped: (candidate: T) => void;
  readonly #now: () => number;
  #important = new HighestRandomness<T>();
  #others = new HighestRandomness<T>();
  /** Places that are left in {@link ThroughputWindow.#second}, with the fraction. */
  #credit: number;
  #second: number;
  /** Places of the window that is open, and the second from which there is credit for them. */
  #places = 0;
  #creditSecond = 0;

  constructor(options: ThroughputWindowOptions<T>) {
    this.#perSecond = options.tracesPerSecond;
    this.#onDropped = options.onDropped;
    this.#now = options.now ?? (() => performance.now());
    this.#credit = Math.max(1, this.#perSecond);
    this.#second = this.#currentSecond();
  }

  /** Candidates that wait. */
  get size(): number {
    return this.#important.size + this.#others.size;
  }

  /** Milliseconds until the window is to be closed, rounded up; at most what `setTimeout` can wait. */
  get dueInMillis(): number {
    const dueSecond = Math.max(this.#second + 1, this.#creditSecond);
    return Math.min(Math.max(0, Math.ceil(dueSecond * SECOND_MILLIS - this.#now())), MAX_TIMER_MILLIS);
  }

  /**
   * Takes in a trace that is to be kept. May call `onDropped` for it or for another.
   *
   * @param randomness - 14 hex digits, not below `threshold`
   * @param threshold - 14 hex digits
   * @param important - whether it comes before those that are not
   */
  offer(candidate: T, randomness: string, threshold: string, important: boolean): void {
    if (this.size === 0) this.#open();
    const own = important ? this.#important : this.#others;
    const rival = important ? this.#others : this.#important;
    const dropped = own.offer(candidate, randomness, threshold, this.#placesOf(own));
    // At most one place has moved.
    const displaced = rival.size > this.#placesOf(rival) ? rival.removeLowest() : undefined;
    if (dropped !== undefined) this.#onDropped(dropped);
    if (displaced !== undefined) this.#onDropped(displaced);
  }

  /**
   * Decides about all that wait, before the window is due, too. The places that it takes are missing for the rest of
   * the second. If there is no place at all at the time, nothing is decided and all go on waiting.
   */
  close(onKept: OnKept<T>): void {
    if (this.size === 0 || this.#currentSecond() < this.#creditSecond) return;
    this.#credit += this.#perSecond * (this.#creditSecond - this.#second);
    this.#second = this.#creditSecond;
    this.#decide(onKept);
  }

  /** Decides about all that wait; if there is no place at all at the time, drops them. */
  finish(onKept: OnKept<T>): void {
    this.close(onKept);
    const waiting = [...this.#important.entries(), ...this.#others.entries()];
    this.#important = new HighestRandomness<T>();
    this.#others = new HighestRandomness<T>();
    for (const { candidate } of waiting) this.#onDropped(candidate);
  }

  #currentSecond(): number {
    return Math.floor(this.#now() / SECOND_MILLIS);
  }

  /** Finds out how many places there are, and from when on. */
  #open(): void {
    const second = this.#currentSecond();
    const perSecond = this.#perSecond;
    const passed = second - this.#second;
    if (passed > 0) {
      const mostAfterIdle = Math.max(1, perSecond);
      if (whole(this.#credit) >= 1) this.#credit = mostAfterIdle;
      else if (passed === 1) this.#credit += perSecond;
      else this.#credit = Math.min(mostAfterIdle, this.#credit + perSecond * passed);
      this.#second = second;
    }
    const missing = whole(this.#credit) >= 1 ? 0 : Math.ceil((1 - this.#credit) / perSecond - ROUNDING);
    this.#creditSecond = this.#second + missing;
    this.#places = whole(this.#credit + perSecond * missing);
  }

  /** The most places that a class can get. While a window is open they only become fewer. */
  #placesOf(own: HighestRandomness<T>): number {
    const reserved = Math.floor(this.#places / SHARE_OF_OTHERS);
    if (own === this.#important) return this.#places - Math.min(this.#others.offered, reserved);
    return Math.max(this.#places - this.#important.offered, reserved);
  }

  #decide(onKept: OnKept<T>): void {
    // The callbacks may come back with offers: those are for the next window.
    const classes = [this.#important, this.#others];
    this.#important = new HighestRandomness<T>();
    this.#others = new HighestRandomness<T>();
    const kept: [T, string | undefined][] = [];
    const dropped: T[] = [];
    for (const own of classes) {
      const { leftOut } = own;
      const cut = leftOut === undefined ? KEEP_ALL : thresholdAbove(leftOut);
      const alike = own.entries().every((entry) => entry.randomness < cut);
      for (const { candidate, randomness, threshold } of own.entries()) {
        if (alike) kept.push([candidate, undefined]);
        else if (randomness >= cut) kept.push([candidate, stricter(threshold, cut)]);
        else dropped.push(candidate);
      }
    }
    this.#credit -= kept.length;
    for (const candidate of dropped) this.#onDropped(candidate);
    for (const [candidate, threshold] of kept) onKept(candidate, threshold);
  }
}

/** Whole places in a credit. */
function whole(credit: number): number {
  return Math.floor(credit + ROUNDING);
}
