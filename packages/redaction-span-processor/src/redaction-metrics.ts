import type { MeterProvider } from '@opentelemetry/api';
import {
  ATTR_GENSPAN_REDACTION_DETECTOR,
  ATTR_GENSPAN_REDACTION_FIELD,
  ATTR_GENSPAN_REDACTION_REASON,
} from '@genspan/semconv';
import { CollectedCounter, onCollection } from '@genspan/span-processor-base';
import type { RedactionStats } from './redaction-stats.js';

/** Reports the numbers of `stats()` each time a reader collects. */
export function reportRedactionMetrics(meterProvider: MeterProvider, stats: () => RedactionStats): void {
  const meter = meterProvider.getMeter('@genspan/redaction-span-processor');
  const matches = new CollectedCounter(
    meter.createCounter('genspan.redaction.matches', {
      unit: '{match}',
      description: 'Secrets and personal data found.',
    }),
  );
  const maskedWhole = new CollectedCounter(
    meter.createCounter('genspan.redaction.masked_whole', {
      unit: '{value}',
      description: 'Values masked as a whole.',
    }),
  );
  const notAllowed = new CollectedCounter(
    meter.createCounter('genspan.redaction.not_allowed', {
      unit: '{value}',
      description: 'Values removed because nothing allows their key.',
    }),
  );
  const time = new CollectedCounter(
    meter.createCounter('genspan.redaction.time', {
      unit: 's',
      description: 'Time spent on spans and log records.',
    }),
  );
  onCollection(meter, 'genspan.redaction.collection', () => {
    const now = stats();
    for (const [detector, byField] of Object.entries(now.matches)) {
      for (const [field, count] of Object.entries(byField)) {
        matches.reach(count, { [ATTR_GENSPAN_REDACTION_DETECTOR]: detector, [ATTR_GENSPAN_REDACTION_FIELD]: field });
      }
    }
    for (const [reason, count] of Object.entries(now.maskedWhole)) {
      maskedWhole.reach(count, { [ATTR_GENSPAN_REDACTION_REASON]: reason });
    }
    notAllowed.reach(now.notAllowed, {});
    time.reach(now.timeMillis / 1000, {});
  });
}
