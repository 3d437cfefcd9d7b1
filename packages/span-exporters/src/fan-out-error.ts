import { ExportError } from './export-error.js';

/**
 * Some exporters of a fan-out failed. Never retryable as a whole: a second try would send the spans again to those that
 * took them.
 */
export class FanOutError extends ExportError {
  /** What each of them said, in the order of `exporters`. */
  readonly errors: readonly Error[];

  /**
   * @param what - What they failed to do: `take the batch`.
   * @param failed - Index in `exporters` and error of each that failed.
   * @param exporterCount - How many exporters there are.
   */
  constructor(what: string, failed: readonly { index: number; error: Error }[], exporterCount: number) {
    const names = failed.map(({ index }) => `exporters[${index}]`).join(', ');
    super(`${failed.length} of ${exporterCount} exporters did not ${what}: ${names}`, { retryable: false });
    this.errors = failed.map(({ error }) => error);
  }
}
