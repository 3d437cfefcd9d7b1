import type { FailureCounter } from './failure-counter.js';

/**
 * Wraps a function that others wrote (a hook, a detector, a rule) into one that never throws.
 *
 * When it throws, the failure is counted and `otherwise` gives the result: the caller chooses the direction of failure
 * there. When it returns a promise that rejects, the rejection is counted too and does not surface as unhandled.
 *
 * @param work - The function that may throw.
 * @param operation - Its name in the count and in the one log line.
 * @param failures - Where failures are counted.
 * @param otherwise - The result in its place, from the same arguments. Must not throw itself.
 */
export function neverThrow<Args extends unknown[], Result>(
  work: (...args: Args) => Result,
  operation: string,
  failures: FailureCounter,
  otherwise: (...args: Args) => Result,
): (...args: Args) => Result {
  return (...args) => {
    try {
      const result = work(...args);
      absorbRejection(result, operation, failures);
      return result;
    } catch (error) {
      failures.record(operation, error);
      return otherwise(...args);
    }
  };
}

/** Counts the rejection of a promise that nobody awaits: an `async` hook would otherwise end the process. */
export function absorbRejection(result: unknown, operation: string, failures: FailureCounter): void {
  // Nearly always there is no result; the comparison costs nothing beside `instanceof`.
  if (result !== undefined && result instanceof Promise)
    result.catch((error: unknown) => failures.record(operation, error));
}

/** Calls a function that should return a promise; a throw becomes a rejection and any other result a resolved promise. */
export function promiseOf(work: () => Promise<void>): Promise<void> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error('Threw something that is not an Error'));
  }
}
