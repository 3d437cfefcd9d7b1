// Waiting for something to become true.

import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again. @returns whether it became true within `timeoutMillis` */
export async function until(isTrue, timeoutMillis, everyMillis = 50) {
  const end = performance.now() + timeoutMillis;
  for (;;) {
    if (await isTrue()) return true;
    if (performance.now() >= end) return false;
    await delay(everyMillis);
  }
}
