import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { formatCount, formatDuration } from '../format-quantity.js';
import { toMillis } from '../span-forest.js';
import { factTable } from './attribute-table.js';
import { shortText } from './content-text.js';
import type { SafeHtml } from './safe-html.js';
import { formatTime } from './format-time.js';

const MAX_CHARS = 1_000;

/** What every span has besides its attributes: ids, kind, status, times, where it comes from, what the SDK left out of it. */
export function spanFacts(span: ReadableSpanLike, traceStartMillis: number): SafeHtml {
  const { traceId, spanId, traceState } = span.spanContext();
  const parent = span.parentSpanContext;
  const { name, version, schemaUrl } = span.instrumentationScope;
  const start = toMillis(span.startTime);
  return factTable([
    ['span id', text(spanId)],
    ['parent id', parent === undefined ? undefined : text(`${parent.spanId}${parent.isRemote ? ' (remote)' : ''}`)],
    ['trace id', text(traceId)],
    ['trace state', traceState === undefined ? undefined : text(traceState.serialize())],
    ['kind', SpanKind[span.kind]?.toLowerCase()],
    ['status', text([SpanStatusCode[span.status.code]?.toLowerCase(), span.status.message].filter(Boolean).join(': '))],
    ['start', `${formatTime(start)} (after ${formatDuration(Math.max(0, start - traceStartMillis))})`],
    ['duration', formatDuration(Math.max(0, toMillis(span.duration)))],
    ['scope', text([name, version, schemaUrl].filter(Boolean).join(' '))],
    ['left out by the SDK', leftOut(span)],
  ]);
}

function text(value: string): SafeHtml {
  return shortText(value, MAX_CHARS);
}

function leftOut(span: ReadableSpanLike): string | undefined {
  const counts = [
    [span.droppedAttributesCount, 'attributes'],
    [span.droppedEventsCount, 'events'],
    [span.droppedLinksCount, 'links'],
  ] as const;
  const dropped = counts.filter(([count]) => count > 0).map(([count, noun]) => `${formatCount(count)} ${noun}`);
  return dropped.length === 0 ? undefined : dropped.join(', ');
}
