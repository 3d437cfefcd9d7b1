import type { Link } from '@opentelemetry/api';
import type {
  InstrumentationScopeLike,
  ReadableSpanLike,
  ResourceLike,
  TimedEventLike,
} from '@genspan/span-processor-base';
import { OtlpDecodeError } from './decode-error.js';
import { decodedLink, decodedResource, decodedScope, decodedSpan, toHrTime } from './decoded-span.js';
import { isJsonObject, readCount, readNanos, readObject, readObjects, readText } from './decode-json-fields.js';
import type { JsonObject } from './decode-json-fields.js';
import { readAttributes } from './decode-json-values.js';

/** The spans of an `ExportTraceServiceRequest` in JSON. @throws OtlpDecodeError */
export function decodeJsonRequest(text: string): ReadableSpanLike[] {
  const request = parse(text);
  if (!isJsonObject(request)) throw new OtlpDecodeError('Expected a JSON object');
  if (!('resourceSpans' in request) && Object.keys(request).length > 0) {
    throw new OtlpDecodeError('Expected a member `resourceSpans`');
  }
  return readObjects(request, 'resourceSpans').flatMap((group) => {
    const resource = decodedResource(readAttributes(readObject(group, 'resource')), readText(group, 'schemaUrl'));
    return readObjects(group, 'scopeSpans').flatMap((scopeGroup) => {
      const scope = decodedScope(readScope(readObject(scopeGroup, 'scope')), readText(scopeGroup, 'schemaUrl'));
      return readObjects(scopeGroup, 'spans').map((span) => readSpan(span, resource, scope));
    });
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's message quotes the text.
    throw new OtlpDecodeError('Expected JSON');
  }
}

function readScope(scope: JsonObject) {
  return {
    name: readText(scope, 'name'),
    version: readText(scope, 'version'),
    attributes: readAttributes(scope),
    droppedAttributesCount: readCount(scope, 'droppedAttributesCount'),
  };
}

function readContext(object: JsonObject) {
  return {
    traceId: readText(object, 'traceId'),
    spanId: readText(object, 'spanId'),
    traceState: readText(object, 'traceState'),
    flags: readCount(object, 'flags'),
  };
}

function readSpan(span: JsonObject, resource: ResourceLike, scope: InstrumentationScopeLike): ReadableSpanLike {
  const status = readObject(span, 'status');
  const fields = {
    ...readContext(span),
    parentSpanId: readText(span, 'parentSpanId'),
    name: readText(span, 'name'),
    kind: readCount(span, 'kind'),
    startNanos: readNanos(span, 'startTimeUnixNano'),
    endNanos: readNanos(span, 'endTimeUnixNano'),
    attributes: readAttributes(span),
    droppedAttributesCount: readCount(span, 'droppedAttributesCount'),
    events: readObjects(span, 'events').map(readEvent),
    droppedEventsCount: readCount(span, 'droppedEventsCount'),
    links: readObjects(span, 'links').map(readLink),
    droppedLinksCount: readCount(span, 'droppedLinksCount'),
    statusCode: readCount(status, 'code'),
    statusMessage: readText(status, 'message'),
  };
  return decodedSpan(fields, resource, scope);
}

function readEvent(event: JsonObject): TimedEventLike {
  return {
    time: toHrTime(readNanos(event, 'timeUnixNano')),
    name: readText(event, 'name'),
    attributes: readAttributes(event),
    droppedAttributesCount: readCount(event, 'droppedAttributesCount'),
  };
}

function readLink(link: JsonObject): Link {
  return decodedLink({
    ...readContext(link),
    attributes: readAttributes(link),
    droppedAttributesCount: readCount(link, 'droppedAttributesCount'),
  });
}
