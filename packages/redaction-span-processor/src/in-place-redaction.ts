import { InPlaceSpanProcessor } from '@genspan/span-processor-base';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { blankParts } from './blanked-span.js';
import { redactSpan } from './redact-span.js';
import type { RedactedParts } from './redact-span.js';
import type { Redaction } from './redaction.js';

/** Redacts spans themselves, so that all processors of the provider see them redacted. */
export function inPlaceRedaction(redaction: Redaction): InPlaceSpanProcessor {
  const { engine, failures } = redaction;
  return new InPlaceSpanProcessor('RedactionSpanProcessor', failures, (span) => {
    const startMillis = performance.now();
    const parts = partsOf(redaction, span);
    engine.countSpan(performance.now() - startMillis);
    return parts;
  });
}

function partsOf(redaction: Redaction, span: ReadableSpanLike): RedactedParts | undefined {
  const { engine, failures } = redaction;
  try {
    return redactSpan(redaction, span);
  } catch (error) {
    failures.record('read', error);
    return engine.dryRun ? undefined : blankParts(redaction, span);
  }
}
