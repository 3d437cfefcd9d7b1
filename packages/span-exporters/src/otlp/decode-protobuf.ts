import type { Attributes, Link } from '@opentelemetry/api';
import type { ReadableSpanLike, TimedEventLike } from '@genspan/span-processor-base';
import { decodedLink, decodedResource, decodedScope, decodedSpan, setAttribute, toHrTime } from './decoded-span.js';
import type { LinkFields, ScopeFields, SpanFields } from './decoded-span.js';
import { ProtobufReader } from './protobuf-reader.js';

/** What each field of a message does; a field that is not here is skipped. */
type Fields<Target> = Readonly<Record<number, (target: Target, reader: ProtobufReader) => void>>;

function readInto<Target>(target: Target, reader: ProtobufReader, fields: Fields<Target>): Target {
  for (let number = reader.next(); number !== 0; number = reader.next()) {
    const read = fields[number];
    if (read === undefined) reader.skip();
    else read(target, reader);
  }
  return target;
}

/** The spans of an `ExportTraceServiceRequest` in protobuf. @throws OtlpDecodeError */
export function decodeProtobufRequest(bytes: Buffer): ReadableSpanLike[] {
  return readInto<ReadableSpanLike[]>([], new ProtobufReader(bytes), REQUEST);
}

interface ResourceSpansFields {
  attributes: Attributes;
  scopeSpans: ScopeSpansFields[];
  schemaUrl: string;
}

interface ScopeSpansFields {
  scope: ScopeFields;
  spans: SpanFields[];
  schemaUrl: string;
}

const REQUEST: Fields<ReadableSpanLike[]> = {
  1: (spans, reader) => {
    const empty = { attributes: {}, scopeSpans: [], schemaUrl: '' };
    const group = readInto<ResourceSpansFields>(empty, reader.message(), RESOURCE_SPANS);
    // The schema URL comes last, so that resources and scopes can only be made when all of their group is read.
    const resource = decodedResource(group.attributes, group.schemaUrl);
    for (const { scope: fields, spans: members, schemaUrl } of group.scopeSpans) {
      const scope = decodedScope(fields, schemaUrl);
      for (const member of members) spans.push(decodedSpan(member, resource, scope));
    }
  },
};

const RESOURCE_SPANS: Fields<ResourceSpansFields> = {
  1: (group, reader) => {
    readInto(group, reader.message(), RESOURCE);
  },
  2: (group, reader) => {
    const empty = {
      scope: { name: '', version: '', attributes: {}, droppedAttributesCount: 0 },
      spans: [],
      schemaUrl: '',
    };
    group.scopeSpans.push(readInto<ScopeSpansFields>(empty, reader.message(), SCOPE_SPANS));
  },
  3: (group, reader) => {
    group.schemaUrl = reader.text();
  },
};

const RESOURCE: Fields<{ attributes: Attributes }> = {
  1: ({ attributes }, reader) => readAttribute(attributes, reader),
};

const SCOPE_SPANS: Fields<ScopeSpansFields> = {
  1: (group, reader) => {
    readInto(group.scope, reader.message(), SCOPE);
  },
  2: (group, reader) => {
    group.spans.push(readInto(emptySpan(), reader.message(), SPAN));
  },
  3: (group, reader) => {
    group.schemaUrl = reader.text();
  },
};

const SCOPE: Fields<ScopeFields> = {
  1: (scope, reader) => {
    scope.name = reader.text();
  },
  2: (scope, reader) => {
    scope.version = reader.text();
  },
  3: ({ attributes }, reader) => readAttribute(attributes, reader),
  4: (scope, reader) => {
    scope.droppedAttributesCount = reader.count();
  },
};

function emptySpan(): SpanFields {
  return {
    traceId: '',
    spanId: '',
    traceState: '',
    parentSpanId: '',
    flags: 0,
    name: '',
    kind: 0,
    startNanos: 0n,
    endNanos: 0n,
    attributes: {},
    droppedAttributesCount: 0,
    events: [],
    droppedEventsCount: 0,
    links: [],
    droppedLinksCount: 0,
    statusCode: 0,
    statusMessage: '',
  };
}

const SPAN: Fields<SpanFields> = {
  1: (span, reader) => {
    span.traceId = reader.hex();
  },
  2: (span, reader) => {
    span.spanId = reader.hex();
  },
  3: (span, reader) => {
    span.traceState = reader.text();
  },
  4: (span, reader) => {
    span.parentSpanId = reader.hex();
  },
  5: (span, reader) => {
    span.name = reader.text();
  },
  6: (span, reader) => {
    span.kind = reader.count();
  },
  7: (span, reader) => {
    span.startNanos = reader.fixed64();
  },
  8: (span, reader) => {
    span.endNanos = reader.fixed64();
  },
  9: ({ attributes }, reader) => readAttribute(attributes, reader),
  10: (span, reader) => {
    span.droppedAttributesCount = reader.count();
  },
  11: ({ events }, reader) => {
    events.push(readEvent(reader.message()));
  },
  12: (span, reader) => {
    span.droppedEventsCount = reader.count();
  },
  13: ({ links }, reader) => {
    links.push(readLink(reader.message()));
  },
  14: (span, reader) => {
    span.droppedLinksCount = reader.count();
  },
  15: (span, reader) => {
    readInto(span, reader.message(), STATUS);
  },
  16: (span, reader) => {
    span.flags = reader.fixed32();
  },
};

const STATUS: Fields<SpanFields> = {
  2: (span, reader) => {
    span.statusMessage = reader.text();
  },
  3: (span, reader) => {
    span.statusCode = reader.count();
  },
};

interface EventFields extends TimedEventLike {
  attributes: Attributes;
}

function readEvent(reader: ProtobufReader): TimedEventLike {
  return readInto<EventFields>({ time: [0, 0], name: '', attributes: {}, droppedAttributesCount: 0 }, reader, EVENT);
}

const EVENT: Fields<EventFields> = {
  1: (event, reader) => {
    event.time = toHrTime(reader.fixed64());
  },
  2: (event, reader) => {
    event.name = reader.text();
  },
  3: ({ attributes }, reader) => readAttribute(attributes, reader),
  4: (event, reader) => {
    event.droppedAttributesCount = reader.count();
  },
};

function readLink(reader: ProtobufReader): Link {
  const empty = { traceId: '', spanId: '', traceState: '', flags: 0, attributes: {}, droppedAttributesCount: 0 };
  return decodedLink(readInto<LinkFields>(empty, reader, LINK));
}

const LINK: Fields<LinkFields> = {
  1: (link, reader) => {
    link.traceId = reader.hex();
  },
  2: (link, reader) => {
    link.spanId = reader.hex();
  },
  3: (link, reader) => {
    link.traceState = reader.text();
  },
  4: ({ attributes }, reader) => readAttribute(attributes, reader),
  5: (link, reader) => {
    link.droppedAttributesCount = reader.count();
  },
  6: (link, reader) => {
    link.flags = reader.fixed32();
  },
};

function readAttribute(attributes: object, reader: ProtobufReader): void {
  const entry = readInto<{ key: string; value: unknown }>({ key: '', value: undefined }, reader.message(), KEY_VALUE);
  setAttribute(attributes, entry.key, entry.value);
}

const KEY_VALUE: Fields<{ key: string; value: unknown }> = {
  1: (entry, reader) => {
    entry.key = reader.text();
  },
  2: (entry, reader) => {
    entry.value = readValue(reader.message());
  },
};

function readValue(reader: ProtobufReader): unknown {
  return readInto<{ value: unknown }>({ value: undefined }, reader, ANY_VALUE).value;
}

const ANY_VALUE: Fields<{ value: unknown }> = {
  1: (any, reader) => {
    any.value = reader.text();
  },
  2: (any, reader) => {
    any.value = reader.boolean();
  },
  3: (any, reader) => {
    any.value = reader.integer();
  },
  4: (any, reader) => {
    any.value = reader.double();
  },
  5: (any, reader) => {
    any.value = readInto<unknown[]>([], reader.message(), ARRAY_VALUE);
  },
  6: (any, reader) => {
    any.value = readInto<object>({}, reader.message(), KEY_VALUE_LIST);
  },
  7: (any, reader) => {
    any.value = reader.bytes();
  },
};

const ARRAY_VALUE: Fields<unknown[]> = {
  1: (values, reader) => {
    values.push(readValue(reader.message()));
  },
};

const KEY_VALUE_LIST: Fields<object> = { 1: readAttribute };
