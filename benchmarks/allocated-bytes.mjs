// What a function allocates: how far the heap grows over many calls while the collector does not run.

import { getHeapSpaceStatistics } from 'node:v8';
import { collectYoung } from './garbage.mjs';

const WARM_UP_CALLS = 20_000;
const CALLS = 512;
const TAKES = 9;

let last;
/** What a call gave, so that an allocation cannot be left out. */
export const lastResult = () => last;

/**
 * Bytes per call, the least of several takes: whatever else allocates meanwhile can only add to it. A take in which the
 * collector ran shrinks the heap and is thrown away.
 *
 * @param ring - what `call` gets, one after the other
 */
export function bytesPerCall(ring, call) {
  for (let i = 0; i < WARM_UP_CALLS; i++) last = call(ring[i % ring.length]);
  let least = Infinity;
  for (let take = 0, done = 0; done < TAKES && take < 10 * TAKES; take++) {
    collectYoung();
    const before = usedBytes();
    for (let i = 0; i < CALLS; i++) last = call(ring[i % ring.length]);
    const grown = usedBytes() - before;
    if (grown < 0) continue;
    done++;
    least = Math.min(least, grown);
  }
  return Math.max(0, least - OWN_BYTES) / CALLS;
}

function usedBytes() {
  let used = 0;
  for (const { space_name: name, space_used_size: size } of getHeapSpaceStatistics()) {
    // Code is compiled whenever the compiler is ready.
    if (!name.startsWith('code')) used += size;
  }
  return used;
}

/** What reading the statistics itself allocates. */
const OWN_BYTES = (() => {
  let least = Infinity;
  for (let take = 0; take < 20; take++) {
    collectYoung();
    const before = usedBytes();
    least = Math.min(least, Math.max(0, usedBytes() - before));
  }
  return least;
})();
