import { backoffMillis } from '../backoff.js';
import type { BackoffSettings } from '../backoff.js';

/** Longest time in ms that a receiver may ask for by `Retry-After`. */
const MAX_RETRY_AFTER_MILLIS = 3_600_000;

/**
 * When a receiver that does not take anything is asked again: after a random time up to a limit that doubles with each
 * failure in a row (full jitter), and never before it said.
 */
export class ReceiverBackoff {
  readonly #settings: BackoffSettings;
  #failures = 0;
  #failedAt = 0;
  #pauseUntil = 0;
  #askedUntil = 0;

  constructor(initialMillis: number, maxMillis: number) {
    this.#settings = { initialBackoffMillis: initialMillis, backoffMultiplier: 2, maxBackoffMillis: maxMillis };
  }

  /** Failures in a row; those of requests that were under way together count once. */
  get failures(): number {
    return this.#failures;
  }

  /** Milliseconds until the receiver may be asked. */
  waitMillis(): number {
    return Math.max(0, this.#pauseUntil - performance.now(), this.askedMillis());
  }

  /** Milliseconds for which the receiver itself asked not to be asked. */
  askedMillis(): number {
    return Math.max(0, this.#askedUntil - performance.now());
  }

  /** A random pause after so many failures. */
  pauseMillis(failures: number): number {
    return backoffMillis(this.#settings, Math.max(0, failures - 1), Math.random());
  }

  /** @param startedAt - when the request was begun, by `performance.now()` */
  failed(startedAt: number, retryAfterMillis: number): void {
    const now = performance.now();
    if (retryAfterMillis > 0) {
      const until = now + Math.min(retryAfterMillis, MAX_RETRY_AFTER_MILLIS);
      this.#askedUntil = Math.max(this.#askedUntil, until);
    }
    if (this.#failures > 0 && startedAt < this.#failedAt) return;
    this.#failures += 1;
    this.#failedAt = now;
    this.#pauseUntil = now + this.pauseMillis(this.#failures);
  }

  /** @param startedAt - when the request was begun; one begun before the last failure says nothing of what is now */
  succeeded(startedAt: number): void {
    if (startedAt < this.#failedAt) return;
    this.#failures = 0;
    this.#pauseUntil = 0;
    this.#askedUntil = 0;
  }

  /** Lets the next request go at once, unless the receiver itself asked to wait. */
  endPause(): void {
    this.#pauseUntil = 0;
  }
}
