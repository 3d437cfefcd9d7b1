import { setTimeout as delay } from 'node:timers/promises';

const POLL_MILLIS = 5;

/**
 * Resolves once `condition` holds.
 *
 * @param timeoutMillis - How long to wait, in milliseconds.
 * @param expected - Names what was waited for, for the error.
 * @throws Error (rejects) when the time is up.
 */
export async function waitUntil(
  condition: () => boolean,
  timeoutMillis: number,
  expected: () => string,
): Promise<void> {
  const end = Date.now() + timeoutMillis;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Expected within ${timeoutMillis} ms ${expected()}`);
    await delay(POLL_MILLIS);
  }
}
