import type { MeterProvider } from '@opentelemetry/api';
import { ATTR_GENSPAN_ENRICHMENT_OUTCOME, ATTR_GENSPAN_ENRICHMENT_STEP } from '@genspan/semconv';
import { CollectedCounter, onCollection } from '@genspan/span-processor-base';
import type { EnrichmentStats } from './enrichment-stats.js';

/** Reports the numbers of `stats()` each time a reader collects. */
export function reportEnrichmentMetrics(meterProvider: MeterProvider, stats: () => EnrichmentStats): void {
  const meter = meterProvider.getMeter('@genspan/enrichment-span-processor');
  const spans = new CollectedCounter(
    meter.createCounter('genspan.enrichment.spans', { unit: '{span}', description: 'Spans that ended.' }),
  );
  const outcomes = new CollectedCounter(
    meter.createCounter('genspan.enrichment.outcomes', {
      unit: '{outcome}',
      description: 'What became of spans and values, by the step that looked at them.',
    }),
  );
  const failures = new CollectedCounter(
    meter.createCounter('genspan.enrichment.failures', {
      unit: '{failure}',
      description: 'Steps that failed on a span, which went on without what they would have done.',
    }),
  );
  onCollection(meter, 'genspan.enrichment.collection', () => {
    const now = stats();
    spans.reach(now.spans, {});
    for (const [step, counts] of Object.entries(now.steps)) {
      for (const [outcome, count] of Object.entries(counts)) {
        outcomes.reach(count, { [ATTR_GENSPAN_ENRICHMENT_STEP]: step, [ATTR_GENSPAN_ENRICHMENT_OUTCOME]: outcome });
      }
    }
    for (const [step, count] of Object.entries(now.failures)) {
      failures.reach(count, { [ATTR_GENSPAN_ENRICHMENT_STEP]: step });
    }
  });
}
