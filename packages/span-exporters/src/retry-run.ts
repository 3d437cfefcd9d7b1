import { withoutTracing } from '@genspan/span-processor-base';
import { backoffMillis } from './backoff.js';
import { Deadline } from './deadline.js';
import { ExportError, TIMED_OUT } from './export-error.js';
import { retryAfterOf } from './retryable-error.js';
import type { ExportRetry, RetryingSettings } from './retrying-options.js';

/** The wait before a retry. */
interface Wait {
  /** Whether the receiver asked for it. */
  readonly isAskedFor: boolean;
  readonly end: (isAgain: boolean) => void;
}

/** The attempts for one batch: how many, how far apart, and for how long. */
export class RetryRun {
  readonly #settings: RetryingSettings;
  readonly #onRetry: (retry: ExportRetry) => unknown;
  readonly #deadline: Deadline;
  readonly #endsAt: number;
  #attempts = 0;
  #isLast = false;
  #wait: Wait | undefined;

  constructor(settings: RetryingSettings, onRetry: (retry: ExportRetry) => unknown) {
    const { maxElapsedMillis } = settings;
    this.#settings = settings;
    this.#onRetry = onRetry;
    this.#endsAt = performance.now() + maxElapsedMillis;
    this.#deadline = new Deadline(maxElapsedMillis, () => {
      const message = `The exporter did not end within ${maxElapsedMillis} ms`;
      return new ExportError(message, { retryable: true, code: TIMED_OUT });
    });
  }

  /** Attempts so far. */
  get attempts(): number {
    return this.#attempts;
  }

  get isWaiting(): boolean {
    return this.#wait !== undefined;
  }

  /** Makes one attempt. Rejects when the attempt does, or when the time of the batch is up before. */
  attempt<T>(work: () => Promise<T>): Promise<T> {
    this.#attempts += 1;
    // The wait before may have ended in another context than it began in.
    return this.#deadline.race(withoutTracing(work));
  }

  /**
   * Waits until it is time for another attempt; resolves with false when there is none: there were enough, it would come too late,
   * or `stop()` came. A receiver that asks to wait for longer than there is time gets no further attempt.
   */
  async again(errors: readonly Error[], spanCount: number): Promise<boolean> {
    const [error] = errors;
    if (error === undefined || this.#isLast || this.#attempts >= this.#settings.maxAttempts) return false;
    const askedMillis = Math.max(...errors.map(retryAfterOf));
    const delayMillis = Math.max(askedMillis, backoffMillis(this.#settings, this.#attempts - 1, Math.random()));
    if (delayMillis >= this.#endsAt - performance.now()) return false;
    this.#onRetry({ attempt: this.#attempts + 1, delayMillis, spanCount, error });
    return new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => this.#wait?.end(true), delayMillis).unref();
      const end = (isAgain: boolean): void => {
        clearTimeout(timer);
        this.#wait = undefined;
        resolve(isAgain);
      };
      this.#wait = { isAskedFor: askedMillis > 0, end };
      // The time cannot be up before the timer, but the run may be given up.
      this.#deadline.onEnd(() => end(false));
    });
  }

  /** Makes the next attempt now, unless the receiver asked to wait. */
  hurry(): void {
    if (this.#wait?.isAskedFor === false) this.#wait.end(true);
  }

  /** Makes the next attempt now, if it waits for one, and none after it, nor after one that is under way. */
  last(): void {
    this.#isLast = true;
    this.#wait?.end(true);
  }

  /** Gives up waiting; the batch ends as it is. */
  stopWaiting(): void {
    this.#wait?.end(false);
  }

  /** Gives up, also an attempt that is under way: it fails with this error. */
  giveUp(error: Error): void {
    this.#isLast = true;
    this.#deadline.end(error);
  }

  /** The batch has its result. */
  finish(): void {
    this.#deadline.clear();
  }
}
