import type { MeterProvider } from '@opentelemetry/api';
import { ATTR_GENSPAN_MAPPING_FROM, ATTR_GENSPAN_MAPPING_REASON, ATTR_GENSPAN_MAPPING_TO } from '@genspan/semconv';
import { CollectedCounter, onCollection } from '@genspan/span-processor-base';
import type { MappingStats } from './mapping-stats.js';

/** Reports the numbers of `stats()` each time a reader collects. */
export function reportMappingMetrics(meterProvider: MeterProvider, stats: () => MappingStats): void {
  const meter = meterProvider.getMeter('@genspan/genai-mapping-span-processor');
  const spans = new CollectedCounter(
    meter.createCounter('genspan.mapping.spans', { unit: '{span}', description: 'Spans translated between dialects.' }),
  );
  const lost = new CollectedCounter(
    meter.createCounter('genspan.mapping.lost', {
      unit: '{attribute}',
      description: 'Attributes and events that could not be translated, or not all of them.',
    }),
  );
  const failures = new CollectedCounter(
    meter.createCounter('genspan.mapping.failures', {
      unit: '{failure}',
      description: 'Failures while translating; the span went on without what failed.',
    }),
  );
  onCollection(meter, 'genspan.mapping.collection', () => {
    const now = stats();
    for (const [from, byTarget] of Object.entries(now.translated)) {
      for (const [to, count] of Object.entries(byTarget)) {
        spans.reach(count, { [ATTR_GENSPAN_MAPPING_FROM]: from, [ATTR_GENSPAN_MAPPING_TO]: to });
      }
    }
    for (const [to, byReason] of Object.entries(now.lost)) {
      for (const [reason, count] of Object.entries(byReason)) {
        lost.reach(count, { [ATTR_GENSPAN_MAPPING_TO]: to, [ATTR_GENSPAN_MAPPING_REASON]: reason });
      }
    }
    for (const [operation, count] of Object.entries(now.failures)) {
      failures.reach(count, { [ATTR_GENSPAN_MAPPING_REASON]: operation });
    }
  });
}
