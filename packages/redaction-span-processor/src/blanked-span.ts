import type { LinkLike, ReadableSpanLike, TimedEventLike } from '@genspan/span-processor-base';
import { blankAttributes, readOr } from './blank-attributes.js';
import type { Redaction } from './redaction.js';
import type { RedactedParts } from './redact-span.js';
import { MASK } from './replacer.js';

/**
 * A span of which something cannot be read, without any text of its own: ids, times, kind, numbers and the keys of
 * attributes stay where they can be read.
 *
 * @throws when it does not even tell its ids and times
 */
export function blankSpan(redaction: Redaction, span: ReadableSpanLike): ReadableSpanLike {
  const context = span.spanContext();
  const { kind, startTime, endTime, duration, resource, instrumentationScope, parentSpanContext } = span;
  return {
    ...blankParts(redaction, span),
    spanContext: () => context,
    kind,
    startTime,
    endTime,
    duration,
    resource,
    instrumentationScope,
    ended: true,
    droppedAttributesCount: readOr(() => span.droppedAttributesCount, 0),
    droppedEventsCount: readOr(() => span.droppedEventsCount, 0),
    droppedLinksCount: readOr(() => span.droppedLinksCount, 0),
    ...(parentSpanContext === undefined ? {} : { parentSpanContext }),
  };
}

/** All parts of a span that hold text, without it. Never throws. */
export function blankParts(redaction: Redaction, span: ReadableSpanLike): Required<RedactedParts> {
  return {
    name: MASK,
    attributes: blankAttributes(redaction, () => span.attributes, 'span.attribute'),
    events: readOr(() => span.events.map((event) => blankEvent(redaction, event)), []),
    links: readOr(() => span.links.map((link) => blankLink(redaction, link)), []),
    status: readOr(() => ({ code: span.status.code }), { code: 0 }),
  };
}

function blankEvent(redaction: Redaction, event: TimedEventLike): TimedEventLike {
  const { time } = event;
  return { time, name: MASK, attributes: blankAttributes(redaction, () => event.attributes, 'event.attribute') };
}

function blankLink(redaction: Redaction, link: LinkLike): LinkLike {
  const { context } = link;
  return { context, attributes: blankAttributes(redaction, () => link.attributes, 'link.attribute') };
}
