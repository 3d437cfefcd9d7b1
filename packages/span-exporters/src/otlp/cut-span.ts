import { ATTR_GENSPAN_EXPORT_CUT_BYTES } from '@genspan/semconv';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { toCount, toText } from './wire-values.js';

/** What an attribute and a text may take to stay on a cut span, in bytes; the next one is for where that is too much still. */
export const CUT_LIMITS = [1024, 64, 0] as const;

/**
 * The envelope of a span: who, when, how it ended, and those of its attributes that take at most `maxValueBytes`.
 *
 * Events and links are gone, and all that is gone is counted as dropped. `genspan.export.cut_bytes` says how long it was.
 */
export function cutSpan(span: ReadableSpanLike, wholeBytes: number, maxValueBytes: number): ReadableSpanLike {
  const { attributes, traceState } = { attributes: span.attributes, traceState: span.spanContext().traceState };
  const entries = Object.entries(attributes);
  const kept = entries.filter(([, value]: [string, unknown]) => isSmall(value, maxValueBytes));
  const message = toText(span.status.message);
  const { traceState: _, ...context } = span.spanContext();
  return {
    name: toText(span.name).slice(0, Math.max(64, maxValueBytes / 3)),
    kind: span.kind,
    spanContext: () => (traceState === undefined || maxValueBytes === 0 ? context : { ...context, traceState }),
    ...(span.parentSpanContext === undefined ? {} : { parentSpanContext: span.parentSpanContext }),
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    status: { code: span.status.code, ...(isSmall(message, maxValueBytes) && message !== '' ? { message } : {}) },
    attributes: { ...Object.fromEntries(kept), [ATTR_GENSPAN_EXPORT_CUT_BYTES]: wholeBytes },
    events: [],
    links: [],
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: toCount(span.droppedAttributesCount) + entries.length - kept.length,
    droppedEventsCount: toCount(span.droppedEventsCount) + span.events.length,
    droppedLinksCount: toCount(span.droppedLinksCount) + span.links.length,
  };
}

/** Whether a value takes at most `maxBytes`; objects and what is nested never do. */
function isSmall(value: unknown, maxBytes: number): boolean {
  if (!Array.isArray(value)) return isSmallItem(value, maxBytes);
  let rest = maxBytes;
  for (let i = 0; i < value.length; i++) {
    const item: unknown = value[i];
    if (!isSmallItem(item, rest)) return false;
    rest -= typeof item === 'string' ? 3 * item.length + 8 : 16;
  }
  return rest >= 0;
}

function isSmallItem(value: unknown, maxBytes: number): boolean {
  if (typeof value === 'string') return 3 * value.length <= maxBytes;
  return maxBytes > 0 && (typeof value === 'number' || typeof value === 'boolean');
}
