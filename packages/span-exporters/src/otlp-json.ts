import { types } from 'node:util';
import type { HrTime, SpanContext } from '@opentelemetry/api';
import type {
  InstrumentationScopeLike,
  LinkLike,
  ReadableSpanLike,
  ResourceLike,
  TimedEventLike,
} from '@genspan/span-processor-base';

/**
 * Spans as one OTLP `ExportTraceServiceRequest` in its JSON encoding.
 *
 * Written here rather than taken from `@opentelemetry/otlp-transformer`, because no version of that package installs
 * beside both SDK lines: its peer range on the API is `<1.10` up to 0.223 and `>=1.10` from 0.300 on. The result equals
 * that of its `JsonTraceSerializer` but for four things, each for the sake of a reader:
 *
 * - 64-bit integers are decimal strings, as proto3 JSON prescribes.
 * - Numbers that are whole but larger than 64 bits are doubles; as integers the Collector refuses the whole line.
 * - `NaN` and the infinities are the strings proto3 JSON has for them, instead of `null`.
 * - Within an object, spans come before resource and scope. The Collector tells files apart by their first 1,000 bytes,
 *   and the resource alone, the same in every file, can be longer than that.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 * @throws when a span cannot be read; the caller chooses what then happens.
 */
export function encodeTraceRequest(spans: readonly ReadableSpanLike[]): string {
  const byResource = new Map<ResourceLike, Map<string, ReadableSpanLike[]>>();
  for (const span of spans) {
    const byScope = getOrCreate(byResource, span.resource, () => new Map<string, ReadableSpanLike[]>());
    getOrCreate(byScope, scopeKey(span.instrumentationScope), (): ReadableSpanLike[] => []).push(span);
  }
  const resourceSpans = [];
  for (const [resource, byScope] of byResource) {
    const scopeSpans = [];
    for (const group of byScope.values()) scopeSpans.push(encodeScopeSpans(group));
    const schemaUrl = resource.schemaUrl || undefined;
    resourceSpans.push({ scopeSpans, resource: encodeResource(resource, schemaUrl), schemaUrl });
  }
  return JSON.stringify({ resourceSpans });
}

function getOrCreate<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const created = create();
  map.set(key, created);
  return created;
}

function scopeKey(scope: InstrumentationScopeLike): string {
  return JSON.stringify([scope.name, scope.version || '', scope.schemaUrl || '']);
}

function encodeResource(resource: ResourceLike, schemaUrl: string | undefined) {
  return { attributes: encodeAttributes(resource.attributes), droppedAttributesCount: 0, schemaUrl };
}

function encodeScopeSpans(spans: readonly ReadableSpanLike[]) {
  const scope = spans[0]?.instrumentationScope;
  return {
    spans: spans.map(encodeSpan),
    scope: { name: scope?.name, version: scope?.version },
    schemaUrl: scope?.schemaUrl,
  };
}

function encodeSpan(span: ReadableSpanLike) {
  const context = span.spanContext();
  return {
    traceId: context.traceId,
    spanId: context.spanId,
    parentSpanId: span.parentSpanContext?.spanId || undefined,
    traceState: context.traceState?.serialize(),
    name: span.name,
    // The API numbers kinds from INTERNAL = 0, the protocol from UNSPECIFIED = 0.
    kind: span.kind === undefined ? 0 : span.kind + 1,
    startTimeUnixNano: encodeTime(span.startTime),
    endTimeUnixNano: encodeTime(span.endTime),
    attributes: encodeAttributes(span.attributes),
    droppedAttributesCount: span.droppedAttributesCount,
    events: span.events.map(encodeEvent),
    droppedEventsCount: span.droppedEventsCount,
    status: { code: span.status.code, message: span.status.message },
    links: span.links.map(encodeLink),
    droppedLinksCount: span.droppedLinksCount,
    flags: encodeFlags(context.traceFlags, span.parentSpanContext),
  };
}

function encodeEvent(event: TimedEventLike) {
  return {
    attributes: encodeAttributes(event.attributes),
    name: event.name,
    timeUnixNano: encodeTime(event.time),
    droppedAttributesCount: event.droppedAttributesCount ?? 0,
  };
}

function encodeLink(link: LinkLike) {
  return {
    attributes: encodeAttributes(link.attributes),
    spanId: link.context.spanId,
    traceId: link.context.traceId,
    traceState: link.context.traceState?.serialize(),
    droppedAttributesCount: link.droppedAttributesCount ?? 0,
    flags: encodeFlags(link.context.traceFlags, link.context),
  };
}

const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;

/** The W3C trace flags, and whether the other context (parent or linked) came from another process. */
function encodeFlags(traceFlags: number, other: SpanContext | undefined): number {
  return (traceFlags & 0xff) | HAS_IS_REMOTE | (other?.isRemote ? IS_REMOTE : 0);
}

function encodeTime([seconds, nanos]: HrTime): string {
  return (BigInt(Math.trunc(seconds)) * 1_000_000_000n + BigInt(Math.trunc(nanos))).toString();
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
