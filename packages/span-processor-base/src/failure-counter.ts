import { diag } from '@opentelemetry/api';

/** Causes told apart in the log; those beyond are counted only, so that a flood of distinct names cannot flood the log. */
const MAX_LOGGED_CAUSES = 32;

/**
 * Counts what went wrong inside a component and says each cause once.
 *
 * A cause is an operation together with the error's class. The log line holds these two and what happens instead, never
 * the message of the error, which may quote a prompt or a key. Nothing here throws, whatever was thrown at it.
 */
export class FailureCounter {
  readonly #component: string;
  readonly #consequence: string;
  readonly #byOperation = new Map<string, number>();
  readonly #logged = new Set<string>();
  #total = 0;

  /**
   * @param component - Name of the component, the first word of its log lines: `RedactionSpanProcessor`.
   * @param consequence - What happens after a failure, the end of its log lines: `the value is masked`.
   */
  constructor(component: string, consequence: string) {
    this.#component = component;
    this.#consequence = consequence;
  }

  /** Failures since construction. */
  get total(): number {
    return this.#total;
  }

  /** Failures since construction of each operation that failed. */
  byOperation(): Record<string, number> {
    return Object.fromEntries(this.#byOperation);
  }

  /**
   * Counts one failure.
   *
   * @param operation - What was tried, chosen from a fixed set by the caller: `onEnd`.
   * @param error - Whatever was thrown.
   */
  record(operation: string, error: unknown): void {
    this.#total += 1;
    this.#byOperation.set(operation, (this.#byOperation.get(operation) ?? 0) + 1);
    const className = classNameOf(error);
    const cause = `${operation} ${className}`;
    if (this.#logged.has(cause) || this.#logged.size >= MAX_LOGGED_CAUSES) return;
    this.#logged.add(cause);
    try {
      diag.warn(
        `${this.#component}: ${operation} failed (${className}); ${this.#consequence}. More of the same is only counted.`,
      );
    } catch {
      // The application's own diag logger threw: there is nobody left to tell, and the count stands.
    }
  }
}

/** The class of an error as an identifier; a `name` that is anything else may hold content and is not repeated. */
function classNameOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return error === null ? 'null' : typeof error;
  try {
    const name: unknown = 'name' in error ? error.name : undefined;
    if (typeof name === 'string' && /^[A-Za-z_$][\w$]{0,63}$/.test(name)) return name;
  } catch {
    // A getter or a proxy that throws.
  }
  return 'object';
}
