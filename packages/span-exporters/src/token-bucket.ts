/**
 * A bucket of tokens that fills at a steady rate up to `burst`; it starts full.
 *
 * Kept as the one moment at which it will be full again, on the process's monotonic clock: nothing runs meanwhile, and
 * asking often changes nothing.
 */
export class TokenBucket {
  readonly #millisPerToken: number;
  readonly #burst: number;
  #fullAt = -Infinity;

  /**
   * @param rate - Tokens a second, above 0.
   * @param burst - Most tokens it holds, at least 1.
   */
  constructor(rate: number, burst: number) {
    this.#millisPerToken = 1000 / rate;
    this.#burst = burst;
  }

  /** Takes `cost` tokens if they are there; more than `burst` are there when the bucket is full, and are owed. */
  tryTake(cost: number): boolean {
    if (this.millisUntil(cost) > 0) return false;
    this.#fullAt = Math.max(performance.now(), this.#fullAt) + cost * this.#millisPerToken;
    return true;
  }

  /** Takes as many whole tokens as there are, `most` at most; returns how many. */
  takeUpTo(most: number): number {
    const missing = Math.max(0, this.#fullAt - performance.now()) / this.#millisPerToken;
    const taken = Math.min(most, Math.max(0, Math.floor(this.#burst - missing + ROUNDING)));
    return taken > 0 && this.tryTake(taken) ? taken : 0;
  }

  /** Time until `tryTake(cost)` takes, if nothing else does: 0 when it would now. */
  millisUntil(cost: number): number {
    const needed = (Math.min(cost, this.#burst) - ROUNDING) * this.#millisPerToken;
    const full = this.#burst * this.#millisPerToken;
    return Math.max(0, this.#fullAt - performance.now() + needed - full);
  }
}

/** A billionth of a token: less than anybody counts, and more than the error of one division. */
const ROUNDING = 1e-9;
