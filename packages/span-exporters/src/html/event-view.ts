import { ATTR_EXCEPTION_MESSAGE, ATTR_EXCEPTION_STACKTRACE, ATTR_EXCEPTION_TYPE } from '@genspan/semconv';
import type { ReadableSpanLike, TimedEventLike } from '@genspan/span-processor-base';
import { formatCount, formatDuration } from '../format-quantity.js';
import { toMillis } from '../span-forest.js';
import { attributeTable } from './attribute-table.js';
import { contentText, shortText } from './content-text.js';
import { NO_HTML, joined, markup } from './safe-html.js';
import type { SafeHtml } from './safe-html.js';
import { valueText } from './value-text.js';

/** Events shown of one span, the first ones. */
const MAX_EVENTS = 200;
const MAX_NAME_CHARS = 300;

/** Shown as text of an exception, not in its table. */
const EXCEPTION_TEXTS: ReadonlySet<string> = new Set([
  ATTR_EXCEPTION_TYPE,
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
]);

/** What happened during a span, exceptions with their stack; nothing when nothing did. */
export function eventsView(span: ReadableSpanLike, maxChars: number): SafeHtml {
  if (span.events.length === 0) return NO_HTML;
  const start = toMillis(span.startTime);
  const views = span.events.slice(0, MAX_EVENTS).map((event) => eventView(event, start, maxChars));
  const hidden = span.events.length - views.length;
  return markup`<section><h4>Events</h4>${joined(views)}${
    hidden > 0 && markup`<p class="note">${formatCount(hidden)} more are not shown.</p>`
  }</section>`;
}

function eventView(event: TimedEventLike, spanStartMillis: number, maxChars: number): SafeHtml {
  const { type, message, stack } = exceptionOf(event);
  const isException = (type ?? message ?? stack) !== undefined;
  const after = formatDuration(Math.max(0, toMillis(event.time) - spanStartMillis));
  return markup`<div class="event${isException && ' exception'}">
    <h5>${shortText(event.name, MAX_NAME_CHARS)} <span class="id">after ${after}</span></h5>
    ${type !== undefined && markup`<b>${shortText(type, MAX_NAME_CHARS)}</b>`}
    ${message !== undefined && contentText(message, maxChars)}
    ${stack !== undefined && markup`<details class="fold"><summary>stack</summary>${contentText(stack, maxChars)}</details>`}
    ${attributeTable(event.attributes, maxChars, EXCEPTION_TEXTS)}
  </div>\n`;
}

function exceptionOf({ attributes }: TimedEventLike) {
  const read = (name: string): string | undefined => {
    const value: unknown = attributes?.[name];
    return value === undefined ? undefined : valueText(value);
  };
  return {
    type: read(ATTR_EXCEPTION_TYPE),
    message: read(ATTR_EXCEPTION_MESSAGE),
    stack: read(ATTR_EXCEPTION_STACKTRACE),
  };
}
