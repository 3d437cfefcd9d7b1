// How long the collector stopped the application, without the collections that a benchmark asked for itself.

import { constants, PerformanceObserver } from 'node:perf_hooks';

const { NODE_PERFORMANCE_GC_MINOR: MINOR, NODE_PERFORMANCE_GC_FLAGS_FORCED: FORCED } = constants;

/**
 * Watches from now until `stop()`, which gives `{ minor, major, total, over }`: the longest pause of each kind and the
 * sum of all, in milliseconds, and how many took longer than `limit`.
 */
export function watchPauses(limit) {
  const pauses = { minor: 0, major: 0, total: 0, over: 0 };
  const take = (entries) => {
    for (const { duration, detail } of entries) {
      if ((detail.flags & FORCED) !== 0) continue;
      const kind = detail.kind === MINOR ? 'minor' : 'major';
      pauses[kind] = Math.max(pauses[kind], duration);
      pauses.total += duration;
      if (duration > limit) pauses.over++;
    }
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  return {
    async stop() {
      // The collector's callbacks queue entries, which come with one of the next turns.
      for (let i = 0; i < 3; i++) await new Promise(setImmediate);
      take(observer.takeRecords());
      observer.disconnect();
      return pauses;
    },
  };
}
