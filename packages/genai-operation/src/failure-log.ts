import { diag } from '@opentelemetry/api';

/**
 * Counts what went wrong inside the telemetry and says each cause once, without content. The application goes on; the
 * telemetry of that one operation is incomplete.
 */
export class FailureLog {
  readonly #logger;
  readonly #counts = new Map<string, number>();

  /** @param namespace - name of the component in `diag` lines */
  constructor(namespace: string) {
    this.#logger = diag.createComponentLogger({ namespace });
  }

  /**
   * Never throws.
   *
   * @param cause - what was being done, a constant
   * @param error - what was thrown; only the name of its class is told
   */
  count(cause: string, error: unknown): void {
    const seen = this.#counts.get(cause) ?? 0;
    this.#counts.set(cause, seen + 1);
    if (seen > 0) return;
    try {
      const kind = error instanceof Error ? error.name : typeof error;
      this.#logger.warn(
        `${cause} failed with ${kind}; the call is not affected. Further failures are counted in silence`,
      );
    } catch {
      // The application's own diag logger, or a getter of its error, threw: counted it is.
    }
  }

  /** Failures so far by cause. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }
}
