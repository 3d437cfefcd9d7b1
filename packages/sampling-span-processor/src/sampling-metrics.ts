import type { Attributes, MeterProvider } from '@opentelemetry/api';
import {
  ATTR_GENSPAN_SAMPLING_DECISION,
  ATTR_GENSPAN_SAMPLING_REASON,
  ATTR_GENSPAN_SAMPLING_RULE,
  ATTR_GENSPAN_SAMPLING_TRIGGER,
} from '@genspan/semconv';
import { CollectedCounter, onCollection } from '@genspan/span-processor-base';
import type { KeptAndDropped, SamplingStats } from './sampling-stats.js';

/** Reports the numbers of `stats()` each time a reader collects. */
export function reportSamplingMetrics(meterProvider: MeterProvider, stats: () => SamplingStats): void {
  const meter = meterProvider.getMeter('@genspan/sampling-span-processor');
  const traces = new CollectedCounter(
    meter.createCounter('genspan.sampling.traces', { unit: '{trace}', description: 'Traces decided about.' }),
  );
  const forced = new CollectedCounter(
    meter.createCounter('genspan.sampling.forced_decisions', {
      unit: '{trace}',
      description: 'Traces decided before the end of their local root.',
    }),
  );
  const spans = new CollectedCounter(
    meter.createCounter('genspan.sampling.spans', { unit: '{span}', description: 'Spans kept and dropped.' }),
  );
  const lateSpans = new CollectedCounter(
    meter.createCounter('genspan.sampling.late_spans', {
      unit: '{span}',
      description: 'Spans that ended after the decision about their trace, and followed it.',
    }),
  );
  const waiting = meter.createObservableUpDownCounter('genspan.sampling.waiting.traces', {
    unit: '{trace}',
    description: 'Traces about which nothing is decided yet.',
  });
  const bufferedSpans = meter.createObservableUpDownCounter('genspan.sampling.buffered.spans', {
    unit: '{span}',
    description: 'Spans that wait for the decision about their trace.',
  });
  const bufferedBytes = meter.createObservableUpDownCounter('genspan.sampling.buffered.size', {
    unit: 'By',
    description: 'Estimated size of the spans that wait.',
  });
  onCollection(
    meter,
    'genspan.sampling.collection',
    (observer) => {
      const now = stats();
      for (const [reason, count] of Object.entries(now.byReason)) {
        if (reason !== 'rule') addBoth(traces, count, { [ATTR_GENSPAN_SAMPLING_REASON]: reason });
      }
      for (const [rule, count] of Object.entries(now.byRule)) {
        addBoth(traces, count, { [ATTR_GENSPAN_SAMPLING_REASON]: 'rule', [ATTR_GENSPAN_SAMPLING_RULE]: rule });
      }
      for (const [trigger, total] of Object.entries(now.forced)) {
        forced.reach(total, { [ATTR_GENSPAN_SAMPLING_TRIGGER]: trigger });
      }
      addBoth(spans, now.spans);
      addBoth(lateSpans, now.spans.late);
      observer.observe(waiting, now.traces.waiting);
      observer.observe(bufferedSpans, now.spans.buffered);
      observer.observe(bufferedBytes, now.spans.bufferedBytes);
    },
    [waiting, bufferedSpans, bufferedBytes],
  );
}

function addBoth(counter: CollectedCounter, { kept, dropped }: KeptAndDropped, attributes: Attributes = {}): void {
  counter.reach(kept, { ...attributes, [ATTR_GENSPAN_SAMPLING_DECISION]: 'kept' });
  counter.reach(dropped, { ...attributes, [ATTR_GENSPAN_SAMPLING_DECISION]: 'dropped' });
}
