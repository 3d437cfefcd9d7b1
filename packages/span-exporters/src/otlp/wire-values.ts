import type { HrTime, SpanContext } from '@opentelemetry/api';
import type { InstrumentationScopeLike, LinkLike, ReadableSpanLike } from '@genspan/span-processor-base';

// What both encodings make of the values of a span. JavaScript lets applications pass anything, and one value of a wrong type
// makes a receiver refuse the whole request, so nothing is handed on unseen.

/** What the API takes as text and an application may give as something else; nothing for an object. */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : '';
}

const INT64_LIMIT = 2 ** 63;

/** Whether a number is written as a double: it has a fraction, is no number, or does not fit into 64 bits. */
export function isDouble(value: number): boolean {
  return !Number.isInteger(value) || value >= INT64_LIMIT || value < -INT64_LIMIT;
}

/** A count of 32 bits without a sign; 0 for what is no number. */
export function toCount(value: unknown): number {
  return typeof value === 'number' && value > 0 ? Math.min(Math.floor(value), 0xffff_ffff) : 0;
}

/** The API numbers kinds from INTERNAL = 0, the protocol from UNSPECIFIED = 0. */
export function toKind(kind: unknown): number {
  return typeof kind === 'number' && kind >= 0 && kind <= 4 ? kind + 1 : 0;
}

/** UNSET, OK and ERROR have the same numbers in the API; anything else is UNSET. */
export function toStatusCode(code: unknown): number {
  return code === 1 || code === 2 ? code : 0;
}

const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;

/** The W3C trace flags, and whether the other context (parent or linked) came from another process. */
export function toFlags(traceFlags: number, other: SpanContext | undefined): number {
  return (traceFlags & 0xff) | HAS_IS_REMOTE | (other?.isRemote ? IS_REMOTE : 0);
}

/** Whether flags say that the other context came from another process; `undefined` when they do not say. */
export function isRemoteOf(flags: number): boolean | undefined {
  return (flags & HAS_IS_REMOTE) === 0 ? undefined : (flags & IS_REMOTE) !== 0;
}

/** The W3C `tracestate` text; `undefined` when there is none. */
export function toTraceState(context: SpanContext): string | undefined {
  const text: unknown = context.traceState?.serialize();
  return typeof text === 'string' ? text : undefined;
}

const TRACE_ID = /^[0-9a-f]{32}$/i;
const SPAN_ID = /^[0-9a-f]{16}$/i;

/** Whether ids have the form without which a receiver refuses the request they are in. */
export function hasValidIds(context: SpanContext): boolean {
  return TRACE_ID.test(context.traceId) && SPAN_ID.test(context.spanId);
}

/** The links whose ids have that form, and how many have not: those are left out and count as dropped. */
export function validLinks(links: readonly LinkLike[]): { valid: readonly LinkLike[]; invalidCount: number } {
  if (links.length === 0) return { valid: links, invalidCount: 0 };
  const valid = links.filter(({ context }) => hasValidIds(context));
  return { valid, invalidCount: links.length - valid.length };
}

/** The attributes of an instrumentation scope, which no type of the API's has; `undefined` when there are none. */
export function scopeAttributes(scope: InstrumentationScopeLike): object | undefined {
  const attributes: unknown = 'attributes' in scope ? scope.attributes : undefined;
  return typeof attributes === 'object' && attributes !== null && Object.keys(attributes).length > 0
    ? attributes
    : undefined;
}

/** The dropped attributes of an instrumentation scope. */
export function scopeDroppedAttributes(scope: InstrumentationScopeLike): number {
  return toCount('droppedAttributesCount' in scope ? scope.droppedAttributesCount : 0);
}

const NANOS_PER_SECOND = 1_000_000_000n;
const MAX_TIME = 2n ** 64n - 1n;

/**
 * Nanoseconds since 1970 of a time that is not a plain one: fractions are cut off, and what cannot be written in 64 bits
 * without a sign, or is no number, is 0, the time that is not known.
 */
export function toNanos([seconds, nanos]: HrTime): bigint {
  if (!Number.isFinite(seconds) || !Number.isFinite(nanos)) return 0n;
  const time = BigInt(Math.trunc(seconds)) * NANOS_PER_SECOND + BigInt(Math.trunc(nanos));
  return time < 0n || time > MAX_TIME ? 0n : time;
}

/** A span that is not sent, since a receiver would refuse everything that is sent with it. */
export function expectValidIds(span: ReadableSpanLike, context: SpanContext): void {
  if (!hasValidIds(context)) throw new TypeError('Expected a trace id of 32 and a span id of 16 hexadecimal digits');
  const parentSpanId = span.parentSpanContext?.spanId;
  if (parentSpanId && !SPAN_ID.test(parentSpanId)) {
    throw new TypeError('Expected a parent span id of 16 hexadecimal digits');
  }
}
