import type { Attributes, HrTime, SpanKind, SpanStatus } from '@opentelemetry/api';
import type { TimedEventLike } from '@genspan/span-processor-base';

/** What rules read of a span. At span start only the first three are known. */
export interface SpanFacts {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
  readonly status?: SpanStatus;
  readonly events?: readonly TimedEventLike[];
  readonly startTime?: HrTime;
  readonly endTime?: HrTime;
}
