import type { InstrumentationScopeLike, ResourceLike } from '@genspan/span-processor-base';
import { JsonAttributes } from './json-attributes.js';
import { jsonSpan } from './json-span.js';
import type { Envelope, OtlpFormat } from './otlp-format.js';
import { scopeAttributes, scopeDroppedAttributes, toText } from './wire-values.js';

/**
 * `ExportTraceServiceRequest` in the JSON encoding of protobuf, as one line.
 *
 * Within an object, spans come before resource and scope. The Collector tells files apart by their first 1,000 bytes, and the
 * resource alone, the same in every file, can be longer than that.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export const JSON_FORMAT: OtlpFormat = {
  request: { head: Buffer.from('{"resourceSpans":['), tail: Buffer.from(']}') },
  separator: Buffer.from(','),
  envelopeOfResource: (_writer, resource) => envelopeOfResource(resource),
  envelopeOfScope: (_writer, scope) => envelopeOfScope(scope),
  frameBytes: () => 0,
  putFrame: (_bytes, at) => at,
  writeSpan: (writer, span) => writer.writeUtf8(jsonSpan(span)),
};

function envelopeOfResource(resource: ResourceLike): Envelope {
  const schemaUrl = schemaUrlMember(resource.schemaUrl);
  const attributes = new JsonAttributes().list(resource.attributes);
  // The SDK writes the schema URL in both places; the protocol has it in the second.
  const fields = `{"attributes":${attributes},"droppedAttributesCount":0${schemaUrl}}`;
  return envelope('{"scopeSpans":[', `],"resource":${fields}${schemaUrl}}`);
}

function envelopeOfScope(scope: InstrumentationScopeLike): Envelope {
  const version = toText(scope.version);
  const attributes = scopeAttributes(scope);
  const fields =
    `{"name":${JSON.stringify(toText(scope.name))}` +
    (version === '' ? '' : `,"version":${JSON.stringify(version)}`) +
    (attributes === undefined
      ? ''
      : `,"attributes":${new JsonAttributes().list(attributes)},"droppedAttributesCount":${scopeDroppedAttributes(scope)}`);
  return envelope('{"spans":[', `],"scope":${fields}}${schemaUrlMember(scope.schemaUrl)}}`);
}

function schemaUrlMember(value: string | undefined): string {
  const text = toText(value);
  return text === '' ? '' : `,"schemaUrl":${JSON.stringify(text)}`;
}

function envelope(head: string, tail: string): Envelope {
  return { head: Buffer.from(head), tail: Buffer.from(tail) };
}
