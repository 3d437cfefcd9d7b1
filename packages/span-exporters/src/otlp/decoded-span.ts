import { createTraceState } from '@opentelemetry/api';
import type { Attributes, HrTime, Link, SpanContext } from '@opentelemetry/api';
import type {
  InstrumentationScopeLike,
  ReadableSpanLike,
  ResourceLike,
  TimedEventLike,
} from '@genspan/span-processor-base';
import { OtlpDecodeError } from './decode-error.js';
import { hasValidIds, isRemoteOf } from './wire-values.js';

/** The ids and flags of a span or a link, as they are written. */
export interface ContextFields {
  traceId: string;
  spanId: string;
  traceState: string;
  flags: number;
}

/** A link, as it is written. */
export interface LinkFields extends ContextFields {
  attributes: Attributes;
  droppedAttributesCount: number;
}

/** A span, as it is written; a field that is not is its default. */
export interface SpanFields extends ContextFields {
  parentSpanId: string;
  name: string;
  kind: number;
  startNanos: bigint;
  endNanos: bigint;
  attributes: Attributes;
  droppedAttributesCount: number;
  events: TimedEventLike[];
  droppedEventsCount: number;
  links: Link[];
  droppedLinksCount: number;
  statusCode: number;
  statusMessage: string;
}

/** A resource, as exporters read it. */
export function decodedResource(attributes: Attributes, schemaUrl: string): ResourceLike {
  return { attributes, asyncAttributesPending: false, ...(schemaUrl === '' ? {} : { schemaUrl }) };
}

/** What is written of a scope. */
export interface ScopeFields {
  name: string;
  version: string;
  attributes: Attributes;
  droppedAttributesCount: number;
}

/** A scope, as exporters read it. */
export function decodedScope(fields: ScopeFields, schemaUrl: string): InstrumentationScopeLike {
  const { name, version, attributes, droppedAttributesCount } = fields;
  return {
    name,
    ...(version === '' ? {} : { version }),
    ...(schemaUrl === '' ? {} : { schemaUrl }),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    ...(droppedAttributesCount === 0 ? {} : { droppedAttributesCount }),
  };
}

/** @throws OtlpDecodeError when the ids are none */
export function decodedLink(fields: LinkFields): Link {
  const { attributes, droppedAttributesCount, flags } = fields;
  const isRemote = isRemoteOf(flags);
  return {
    context: { ...decodedContext(fields), ...(isRemote === undefined ? {} : { isRemote }) },
    attributes,
    droppedAttributesCount,
  };
}

/** @throws OtlpDecodeError when the ids are none */
export function decodedSpan(
  fields: SpanFields,
  resource: ResourceLike,
  scope: InstrumentationScopeLike,
): ReadableSpanLike {
  const context = decodedContext(fields);
  const parent = decodedParent(fields, context);
  const { startNanos, endNanos, statusMessage } = fields;
  return {
    name: fields.name,
    // The protocol lets UNSPECIFIED be read as INTERNAL.
    kind: fields.kind >= 1 && fields.kind <= 5 ? fields.kind - 1 : 0,
    spanContext: () => context,
    ...(parent === undefined ? {} : { parentSpanContext: parent }),
    startTime: toHrTime(startNanos),
    endTime: toHrTime(endNanos),
    duration: toHrTime(endNanos > startNanos ? endNanos - startNanos : 0n),
    ended: true,
    status: { code: fields.statusCode, ...(statusMessage === '' ? {} : { message: statusMessage }) },
    attributes: fields.attributes,
    events: fields.events,
    links: fields.links,
    resource,
    instrumentationScope: scope,
    droppedAttributesCount: fields.droppedAttributesCount,
    droppedEventsCount: fields.droppedEventsCount,
    droppedLinksCount: fields.droppedLinksCount,
  };
}

function decodedContext({ traceId, spanId, traceState, flags }: ContextFields): SpanContext {
  const context: SpanContext = { traceId, spanId, traceFlags: flags & 0xff };
  if (!hasValidIds(context)) throw new OtlpDecodeError('Expected a trace id of 16 and a span id of 8 bytes');
  if (traceState !== '') context.traceState = createTraceState(traceState);
  return context;
}

function decodedParent({ parentSpanId, flags }: SpanFields, context: SpanContext): SpanContext | undefined {
  if (parentSpanId === '') return undefined;
  const parent = { traceId: context.traceId, spanId: parentSpanId, traceFlags: context.traceFlags };
  if (!hasValidIds(parent)) throw new OtlpDecodeError('Expected a parent span id of 8 bytes');
  const isRemote = isRemoteOf(flags);
  return isRemote === undefined ? parent : { ...parent, isRemote };
}

const NANOS_PER_SECOND = 1_000_000_000n;

/** Nanoseconds since 1970 as seconds and nanoseconds. */
export function toHrTime(nanos: bigint): HrTime {
  return [Number(nanos / NANOS_PER_SECOND), Number(nanos % NANOS_PER_SECOND)];
}

/** Sets an attribute, whatever its name is. */
export function setAttribute(attributes: object, key: string, value: unknown): void {
  Object.defineProperty(attributes, key, { value, enumerable: true, configurable: true, writable: true });
}
