import type { InstrumentationScopeLike, ResourceLike } from '@genspan/span-processor-base';
import type { ByteWriter } from './byte-writer.js';
import type { Envelope, OtlpFormat } from './otlp-format.js';
import { writeAttributes } from './protobuf-attributes.js';
import { writeProtobufSpan } from './protobuf-span.js';
import { endMessage, putVarint, startMessage, varintBytes, writeCount, writeText } from './protobuf-wire.js';
import { scopeAttributes, scopeDroppedAttributes, toText } from './wire-values.js';

const NOTHING = Buffer.alloc(0);

/** Field 1 of ResourceSpans (its resource) and of ScopeSpans (its scope). */
const SELF = 0x0a;
/** Field 3 of both. */
const SCHEMA_URL = 0x1a;
/** Field 1 of the request, and field 2 of ResourceSpans. */
const FRAMES = { resource: 0x0a, scope: 0x12 };

/** `ExportTraceServiceRequest` as protobuf. */
export const PROTOBUF_FORMAT: OtlpFormat = {
  request: { head: NOTHING, tail: NOTHING },
  separator: NOTHING,
  envelopeOfResource,
  envelopeOfScope,
  frameBytes: (contentBytes) => 1 + varintBytes(contentBytes),
  putFrame: (bytes, at, group, contentBytes) => {
    bytes[at] = FRAMES[group];
    return putVarint(bytes, at + 1, contentBytes);
  },
  writeSpan: writeProtobufSpan,
};

function envelopeOfResource(writer: ByteWriter, resource: ResourceLike): Envelope {
  const head = written(writer, () => {
    const message = startMessage(writer, SELF);
    writeAttributes(writer, 0x0a, resource.attributes);
    writeCount(writer, 0x10, 0);
    endMessage(writer, message);
  });
  return { head, tail: schemaUrl(writer, resource.schemaUrl) };
}

function envelopeOfScope(writer: ByteWriter, scope: InstrumentationScopeLike): Envelope {
  const head = written(writer, () => {
    const message = startMessage(writer, SELF);
    writeText(writer, 0x0a, toText(scope.name));
    const version = toText(scope.version);
    if (version !== '') writeText(writer, 0x12, version);
    writeAttributes(writer, 0x1a, scopeAttributes(scope));
    const dropped = scopeDroppedAttributes(scope);
    if (dropped !== 0) writeCount(writer, 0x20, dropped);
    endMessage(writer, message);
  });
  return { head, tail: schemaUrl(writer, scope.schemaUrl) };
}

function schemaUrl(writer: ByteWriter, value: string | undefined): Buffer {
  const text = toText(value);
  return text === '' ? NOTHING : written(writer, () => writeText(writer, SCHEMA_URL, text));
}

/** A copy of what `write` appends, which is taken back. */
function written(writer: ByteWriter, write: () => void): Buffer {
  const start = writer.position;
  writer.startItem();
  try {
    write();
    return Buffer.from(writer.bytes.subarray(start, writer.position));
  } finally {
    writer.position = start;
  }
}
