// How long the collector stopped the application, without the collections that a benchmark asked for itself.

import { constants, PerformanceObserver } from 'node:perf_hooks';

const { NODE_PERFORMANCE_GC_MINOR: MINOR, NODE_PERFORMANCE_GC_FLAGS_FORCED: FORCED } = constants;

/** Watches from now until `stop()`, which gives the milliseconds of each pause, shortest first: `{ minor, major }`. */
export function watchPauses() {
  const pauses = { minor: [], major: [] };
  const take = (entries) => {
    for (const { duration, detail } of entries) {
      if ((detail.flags & FORCED) !== 0) continue;
      pauses[detail.kind === MINOR ? 'minor' : 'major'].push(duration);
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
      for (const durations of Object.values(pauses)) durations.sort((a, b) => a - b);
      return pauses;
    },
  };
}
