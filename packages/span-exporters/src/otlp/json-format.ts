import { types } from 'node:util';
import type { HrTime } from '@opentelemetry/api';
import type {
  InstrumentationScopeLike,
  LinkLike,
  ReadableSpanLike,
  ResourceLike,
  TimedEventLike,
} from '@genspan/span-processor-base';
import type { Envelope, OtlpFormat } from './otlp-format.js';
import {
  expectValidIds,
  scopeAttributes,
  scopeDroppedAttributes,
  toCount,
  toFlags,
  toKind,
  toNanos,
  toStatusCode,
  toText,
  toTraceState,
  validLinks,
} from './wire-values.js';

/** `ExportTraceServiceRequest` in the JSON encoding of protobuf, as one line. */
export const JSON_FORMAT: OtlpFormat = {
  request: { head: Buffer.from('{"resourceSpans":['), tail: Buffer.from(']}') },
  separator: Buffer.from(','),
  // Within an object, spans come before resource and scope: the Collector tells files apart by their first 1,000 bytes, and the
  // resource alone, the same in every file, can be longer than that.
  envelopeOfResource: (_writer, resource) => {
    const schemaUrl = toText(resource.schemaUrl) || undefined;
    return around('{"scopeSpans":[', { resource: encodeResource(resource, schemaUrl), schemaUrl });
  },
  envelopeOfScope: (_writer, scope) =>
    around('{"spans":[', { scope: encodeScope(scope), schemaUrl: toText(scope.schemaUrl) || undefined }),
  frameBytes: () => 0,
  putFrame: (_bytes, at) => at,
  writeSpan: (writer, span) => writer.writeUtf8(JSON.stringify(encodeSpan(span))),
};

/** An object whose first member is a list that stands in between. */
function around(head: string, rest: object): Envelope {
  return { head: Buffer.from(head), tail: Buffer.from(`],${JSON.stringify(rest).slice(1)}`) };
}

function encodeResource(resource: ResourceLike, schemaUrl: string | undefined) {
  return { attributes: encodeAttributes(resource.attributes), droppedAttributesCount: 0, schemaUrl };
}

function encodeScope(scope: InstrumentationScopeLike) {
  const attributes = scopeAttributes(scope);
  return {
    name: toText(scope.name),
    version: toText(scope.version) || undefined,
    ...(attributes === undefined
      ? {}
      : { attributes: encodeAttributes(attributes), droppedAttributesCount: scopeDroppedAttributes(scope) }),
  };
}

function encodeSpan(span: ReadableSpanLike) {
  const context = span.spanContext();
  expectValidIds(span, context);
  const { valid, invalidCount } = validLinks(span.links);
  return {
    traceId: context.traceId,
    spanId: context.spanId,
    parentSpanId: span.parentSpanContext?.spanId || undefined,
    traceState: toTraceState(context),
    name: toText(span.name),
    kind: toKind(span.kind),
    startTimeUnixNano: encodeTime(span.startTime),
    endTimeUnixNano: encodeTime(span.endTime),
    attributes: encodeAttributes(span.attributes),
    droppedAttributesCount: toCount(span.droppedAttributesCount),
    events: span.events.map(encodeEvent),
    droppedEventsCount: toCount(span.droppedEventsCount),
    status: { code: toStatusCode(span.status.code), message: toText(span.status.message) || undefined },
    links: valid.map(encodeLink),
    droppedLinksCount: toCount(span.droppedLinksCount) + invalidCount,
    flags: toFlags(context.traceFlags, span.parentSpanContext),
  };
}

function encodeEvent(event: TimedEventLike) {
  return {
    attributes: encodeAttributes(event.attributes),
    name: toText(event.name),
    timeUnixNano: encodeTime(event.time),
    droppedAttributesCount: toCount(event.droppedAttributesCount),
  };
}

function encodeLink(link: LinkLike) {
  return {
    attributes: encodeAttributes(link.attributes),
    spanId: link.context.spanId,
    traceId: link.context.traceId,
    traceState: toTraceState(link.context),
    droppedAttributesCount: toCount(link.droppedAttributesCount),
    flags: toFlags(link.context.traceFlags, link.context),
  };
}

function encodeTime(time: HrTime): string {
  return toNanos(time).toString();
}

function encodeAttributes(attributes: object | undefined) {
  return attributes === undefined
    ? []
    : Object.entries(attributes).map(([key, value]: [string, unknown]) => ({ key, value: encodeValue(value) }));
}

type AnyValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: number | string }
  | { bytesValue: string }
  | { arrayValue: { values: AnyValue[] } }
  | { kvlistValue: { values: { key: string; value: AnyValue }[] } }
  | Record<string, never>;

/** What has no encoding (null, undefined, a bigint, a function) is the empty value, as in the SDK. */
function encodeValue(value: unknown): AnyValue {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'number') return encodeNumber(value);
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value !== 'object' || value === null) return {};
  if (types.isUint8Array(value)) return { bytesValue: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(encodeValue) } };
  return { kvlistValue: { values: encodeAttributes(value) } };
}

const INT64_LIMIT = 2 ** 63;

function encodeNumber(value: number): AnyValue {
  if (!Number.isFinite(value)) return { doubleValue: String(value) };
  if (!Number.isInteger(value) || value >= INT64_LIMIT || value < -INT64_LIMIT) return { doubleValue: value };
  return { intValue: Number.isSafeInteger(value) ? String(value) : BigInt(value).toString() };
}
