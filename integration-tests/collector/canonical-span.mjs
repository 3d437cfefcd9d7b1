// Spans in one form, whether they come from an SDK or from OTLP JSON, so that they can be compared field by field.
//
// Both ways here are written from the OTLP specification and share nothing with the exporter that is tested. proto3 JSON
// leaves out what is zero or empty and may write 64-bit integers as text or number; the form has every field and one way
// to write it. Values keep their type: 1 as an integer is not 1 as a double.

/**
 * The spans of an `ExportTraceServiceRequest` in OTLP JSON.
 *
 * @typedef {{ traceId: string, spanId: string, traceState: string, name: string, [field: string]: unknown }} CanonicalSpan
 * @param {any} request
 * @returns {CanonicalSpan[]}
 */
export function canonicalSpansOf(request) {
  return list(request.resourceSpans).flatMap(({ resource, schemaUrl, scopeSpans }) =>
    list(scopeSpans).flatMap((scoped) =>
      list(scoped.spans).map((span) => ({
        ...ofJson(span),
        scope: [text(scoped.scope?.name), text(scoped.scope?.version), text(scoped.schemaUrl)],
        resource: [attributesOfJson(resource?.attributes), text(schemaUrl)],
      })),
    ),
  );
}

function ofJson(span) {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: text(span.parentSpanId),
    traceState: text(span.traceState),
    flags: span.flags ?? 0,
    name: text(span.name),
    kind: span.kind ?? 0,
    start: String(span.startTimeUnixNano),
    end: String(span.endTimeUnixNano),
    attributes: attributesOfJson(span.attributes),
    status: [span.status?.code ?? 0, text(span.status?.message)],
    events: list(span.events).map((event) => ({
      name: text(event.name),
      time: String(event.timeUnixNano),
      attributes: attributesOfJson(event.attributes),
      dropped: event.droppedAttributesCount ?? 0,
    })),
    links: list(span.links).map((link) => ({
      traceId: link.traceId,
      spanId: link.spanId,
      traceState: text(link.traceState),
      flags: link.flags ?? 0,
      attributes: attributesOfJson(link.attributes),
      dropped: link.droppedAttributesCount ?? 0,
    })),
    dropped: [span.droppedAttributesCount ?? 0, span.droppedEventsCount ?? 0, span.droppedLinksCount ?? 0],
  };
}

function attributesOfJson(keyValues) {
  return list(keyValues).map(({ key, value }) => [key, valueOfJson(value ?? {})]);
}

function valueOfJson(value) {
  if ('stringValue' in value) return ['string', value.stringValue];
  if ('boolValue' in value) return ['bool', value.boolValue];
  if ('intValue' in value) return ['int', String(value.intValue)];
  if ('doubleValue' in value) return ['double', String(Number(value.doubleValue))];
  if ('bytesValue' in value) return ['bytes', value.bytesValue];
  if ('arrayValue' in value) return ['array', list(value.arrayValue.values).map(valueOfJson)];
  if ('kvlistValue' in value) return ['map', attributesOfJson(value.kvlistValue.values)];
  return ['empty'];
}

/** A span that an SDK or `buildSpan` made. */
export function canonicalSpan(span) {
  const { traceId, spanId, traceFlags, traceState } = span.spanContext();
  const parent = span.parentSpanContext;
  return {
    traceId,
    spanId,
    parentSpanId: text(parent?.spanId),
    traceState: text(traceState?.serialize()),
    flags: flags(traceFlags, parent),
    name: unicode(span.name),
    // The API counts kinds from 0 (internal), OTLP from 1.
    kind: span.kind + 1,
    start: nanos(span.startTime),
    end: nanos(span.endTime),
    attributes: attributes(span.attributes),
    status: [span.status.code, unicode(text(span.status.message))],
    events: span.events.map((event) => ({
      name: unicode(event.name),
      time: nanos(event.time),
      attributes: attributes(event.attributes),
      dropped: event.droppedAttributesCount ?? 0,
    })),
    links: span.links.map(({ context, ...link }) => ({
      traceId: context.traceId,
      spanId: context.spanId,
      traceState: text(context.traceState?.serialize()),
      flags: flags(context.traceFlags, context),
      attributes: attributes(link.attributes),
      dropped: link.droppedAttributesCount ?? 0,
    })),
    dropped: [span.droppedAttributesCount, span.droppedEventsCount, span.droppedLinksCount],
    scope: [
      span.instrumentationScope.name,
      text(span.instrumentationScope.version),
      text(span.instrumentationScope.schemaUrl),
    ],
    resource: [attributes(span.resource.attributes), text(span.resource.schemaUrl)],
  };
}

function attributes(object) {
  return Object.entries(object ?? {}).map(([key, value]) => [unicode(key), valueOf(value)]);
}

function valueOf(value) {
  if (typeof value === 'string') return ['string', unicode(value)];
  if (typeof value === 'boolean') return ['bool', value];
  if (typeof value === 'number') return isInt64(value) ? ['int', String(BigInt(value))] : ['double', String(value)];
  if (value instanceof Uint8Array) return ['bytes', Buffer.from(value).toString('base64')];
  if (Array.isArray(value)) return ['array', value.map(valueOf)];
  if (typeof value === 'object' && value !== null) return ['map', attributes(value)];
  return ['empty'];
}

function isInt64(value) {
  return Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63;
}

/** Half of a surrogate pair has no encoding in UTF-8; what arrives is U+FFFD. */
function unicode(string) {
  return string.toWellFormed();
}

/** The W3C flags of the span, and whether the other context (parent or linked) came from another process. */
function flags(traceFlags, other) {
  return traceFlags | 0x100 | (other?.isRemote === true ? 0x200 : 0);
}

function nanos([seconds, nanoseconds]) {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds));
}

function list(value) {
  return value ?? [];
}

function text(value) {
  return value ?? '';
}
