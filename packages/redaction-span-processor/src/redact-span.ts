import type { Attributes, SpanStatus } from '@opentelemetry/api';
import type { LinkLike, ReadableSpanLike, TimedEventLike } from '@genspan/span-processor-base';
import { markAttributes, redactAttributes } from './redact-attributes.js';
import { redactText } from './redact-text.js';
import type { Redaction } from './redaction.js';
import { REMOVED } from './redaction-engine.js';
import { MASK } from './replacer.js';

/** The parts of a span that are different once it is redacted; the span itself and what is in it are never written. */
export interface RedactedParts {
  name?: string;
  attributes?: Attributes;
  events?: TimedEventLike[];
  links?: LinkLike[];
  status?: SpanStatus;
}

/**
 * Redacts every text of a span but those of its trace state, resource and scope.
 *
 * @returns `undefined` when nothing is found
 * @throws what a span throws that cannot be read
 */
export function redactSpan(redaction: Redaction, span: ReadableSpanLike): RedactedParts | undefined {
  const { name, attributes, events, links, status } = span;
  let parts: RedactedParts | undefined;
  const nextName = redactText(redaction, name, 'span.name');
  if (nextName !== name) (parts ??= {}).name = nextName;
  const nextAttributes = redactAttributes(redaction, attributes, 'span.attribute');
  if (nextAttributes !== attributes) (parts ??= {}).attributes = nextAttributes;
  const nextEvents = redactAll(redaction, events, redactEvent);
  if (nextEvents !== events) (parts ??= {}).events = nextEvents;
  const nextLinks = redactAll(redaction, links, redactLink);
  if (nextLinks !== links) (parts ??= {}).links = nextLinks;
  const nextStatus = redactStatus(redaction, status);
  if (nextStatus !== status) (parts ??= {}).status = nextStatus;
  if (redaction.engine.dryRun) return markedParts(redaction, attributes);
  return parts;
}

/** Of a dry run the marks are all that leaves. */
function markedParts(redaction: Redaction, attributes: Attributes): RedactedParts | undefined {
  const marked = markAttributes(redaction, attributes);
  return marked === attributes ? undefined : { attributes: marked };
}

function redactEvent(redaction: Redaction, event: TimedEventLike): TimedEventLike {
  const { name, attributes } = event;
  const nextName = redactText(redaction, name, 'event.name');
  const nextAttributes = redactAttributes(redaction, attributes, 'event.attribute');
  if (nextName === name && nextAttributes === attributes) return event;
  return { ...event, name: nextName, ...(nextAttributes === undefined ? {} : { attributes: nextAttributes }) };
}

function redactLink(redaction: Redaction, link: LinkLike): LinkLike {
  const { attributes } = link;
  const next = redactAttributes(redaction, attributes, 'link.attribute');
  return next === undefined || next === attributes ? link : { ...link, attributes: next };
}

function redactStatus({ engine }: Redaction, status: SpanStatus): SpanStatus {
  const { code, message } = status;
  if (message === undefined) return status;
  const next = engine.pseudo('status.message', message, 'span.status');
  if (next === message || engine.dryRun) return status;
  if (next === undefined || next === REMOVED) return { code };
  return { code, message: typeof next === 'string' ? next : MASK };
}

/** @returns the identical array when nothing in it changes */
function redactAll<T>(redaction: Redaction, items: T[], redact: (redaction: Redaction, item: T) => T): T[] {
  let next: T[] | undefined;
  let index = 0;
  for (const item of items) {
    const redacted = redact(redaction, item);
    if (redacted !== item) (next ??= items.slice())[index] = redacted;
    index++;
  }
  return next ?? items;
}
