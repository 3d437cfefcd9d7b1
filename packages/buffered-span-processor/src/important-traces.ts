import { SpanStatusCode } from '@opentelemetry/api';
import { ATTR_GENSPAN_SAMPLING_REASON } from '@genspan/semconv';
import { OldestFirstMap } from '@genspan/span-processor-base';
import type { ReadableSpanLike } from '@genspan/span-processor-base';

/** Name of the event that `recordException()` adds. */
const EXCEPTION_EVENT = 'exception';
/** The reason of a trace that a sampling stage kept by its rate alone. */
const KEPT_BY_RATE = 'rate';

/** Knows which spans should be dropped last. */
export class ImportantTraces {
  readonly #maxTraces: number;
  readonly #traces = new OldestFirstMap<string, string>();

  /** @param maxTraces - that are remembered; beyond it the one is forgotten that was found important first */
  constructor(maxTraces: number) {
    this.#maxTraces = maxTraces;
  }

  /** Looks at a span that ended, which may make the others of its trace important. */
  learn(span: ReadableSpanLike): void {
    if (!isImportant(span)) return;
    const { traceId } = span.spanContext();
    if (this.#traces.get(traceId) !== undefined) return;
    if (this.#traces.size >= this.#maxTraces) {
      const oldest = this.#traces.oldest();
      if (oldest !== undefined) this.#traces.delete(oldest);
    }
    this.#traces.add(traceId, traceId);
  }

  /** Whether the span is important by itself or by its trace, as far as is known by now. */
  includes(span: ReadableSpanLike): boolean {
    return this.#traces.get(span.spanContext().traceId) !== undefined || isImportant(span);
  }
}

/** Whether a span failed, or is the local root of a trace that a sampling stage kept for more than its rate. */
function isImportant(span: ReadableSpanLike): boolean {
  try {
    if (span.status.code === SpanStatusCode.ERROR) return true;
    for (const event of span.events) if (event.name === EXCEPTION_EVENT) return true;
    const reason = span.attributes[ATTR_GENSPAN_SAMPLING_REASON];
    return reason !== undefined && reason !== KEPT_BY_RATE;
  } catch {
    // What cannot be read tells least.
    return false;
  }
}
