// The collector on demand, without asking for `--expose-gc` on the command line.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

const gc = runInNewContext('gc');

/**
 * Collects the young generation, so that a sample does not pay for the garbage of the one before. A full collection
 * between samples would throw away the optimised code of every class that has no instance at that moment (a call then
 * takes three times as long, for thousands of calls), which an application with calls in flight does not see.
 */
export const collectYoung = () => gc({ type: 'minor' });

/** A full collection, and a turn for the finalizers. */
export async function collectOnce() {
  gc();
  await new Promise(setImmediate);
}

/** Lets finalizers run and collects until the heap stops shrinking; gives the bytes that stay. */
export async function settledHeap() {
  let used = Infinity;
  for (let i = 0; i < 10; i++) {
    await collectOnce();
    const before = used;
    used = process.memoryUsage().heapUsed;
    if (i >= 3 && before - used < 512) break;
  }
  return used;
}
