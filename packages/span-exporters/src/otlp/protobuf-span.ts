import type { LinkLike, ReadableSpanLike, TimedEventLike } from '@genspan/span-processor-base';
import type { ByteWriter } from './byte-writer.js';
import { writeAttributes } from './protobuf-attributes.js';
import { endMessage, putUint32, startMessage, writeCount, writeHexId, writeText, writeTime } from './protobuf-wire.js';
import { toCount, toFlags, toKind, toStatusCode, toText, toTraceState, validLinks } from './wire-values.js';

/** Field `spans` of ScopeSpans. */
const SPANS = 0x12;
/** A span of a model call is some kilobytes long: its length then takes two bytes. */
const SPAN_LENGTH_BYTES = 2;

/**
 * Writes one span as a member of ScopeSpans, field by field as `ProtobufTraceSerializer` of the SDK does.
 *
 * @see https://github.com/open-telemetry/opentelemetry-proto (trace v1)
 * @throws when the span cannot be read, or a receiver would refuse the request for its ids; what was written is then useless
 */
export function writeProtobufSpan(writer: ByteWriter, span: ReadableSpanLike): void {
  const context = span.spanContext();
  const parent = span.parentSpanContext;
  const { valid, invalidCount } = validLinks(span.links);
  const message = startMessage(writer, SPANS, SPAN_LENGTH_BYTES);
  writeHexId(writer, 0x0a, 16, context.traceId);
  writeHexId(writer, 0x12, 8, context.spanId);
  const traceState = toTraceState(context);
  if (traceState) writeText(writer, 0x1a, traceState);
  if (parent?.spanId) writeHexId(writer, 0x22, 8, parent.spanId);
  writeText(writer, 0x2a, toText(span.name));
  const kind = toKind(span.kind);
  if (kind !== 0) writeCount(writer, 0x30, kind);
  writeTime(writer, 0x39, span.startTime);
  writeTime(writer, 0x41, span.endTime);
  writeAttributes(writer, 0x4a, span.attributes);
  writeCount(writer, 0x50, toCount(span.droppedAttributesCount));
  for (const event of span.events) writeEvent(writer, event);
  writeCount(writer, 0x60, toCount(span.droppedEventsCount));
  for (const link of valid) writeLink(writer, link);
  writeCount(writer, 0x70, toCount(span.droppedLinksCount) + invalidCount);
  writeStatus(writer, span.status);
  writeFlags(writer, 0x85, 0x01, toFlags(context.traceFlags, parent));
  endMessage(writer, message, SPAN_LENGTH_BYTES);
}

function writeEvent(writer: ByteWriter, event: TimedEventLike): void {
  const message = startMessage(writer, 0x5a);
  writeTime(writer, 0x09, event.time);
  writeText(writer, 0x12, toText(event.name));
  writeAttributes(writer, 0x1a, event.attributes);
  writeCount(writer, 0x20, toCount(event.droppedAttributesCount));
  endMessage(writer, message);
}

function writeLink(writer: ByteWriter, { context, attributes, droppedAttributesCount }: LinkLike): void {
  const message = startMessage(writer, 0x6a);
  writeHexId(writer, 0x0a, 16, context.traceId);
  writeHexId(writer, 0x12, 8, context.spanId);
  const traceState = toTraceState(context);
  if (traceState) writeText(writer, 0x1a, traceState);
  writeAttributes(writer, 0x22, attributes);
  writeCount(writer, 0x28, toCount(droppedAttributesCount));
  const flags = toFlags(context.traceFlags, context);
  writer.reserve(5);
  writer.bytes[writer.position] = 0x35;
  putUint32(writer.bytes, writer.position + 1, flags);
  writer.position += 5;
  endMessage(writer, message);
}

function writeStatus(writer: ByteWriter, status: ReadableSpanLike['status']): void {
  const message = startMessage(writer, 0x7a);
  const text = toText(status.message);
  if (text !== '') writeText(writer, 0x12, text);
  writeCount(writer, 0x18, toStatusCode(status.code));
  endMessage(writer, message);
}

/** The number of this field is beyond 15, so that its tag takes two bytes. */
function writeFlags(writer: ByteWriter, tagLow: number, tagHigh: number, flags: number): void {
  writer.reserve(6);
  const { bytes, position } = writer;
  bytes[position] = tagLow;
  bytes[position + 1] = tagHigh;
  putUint32(bytes, position + 2, flags);
  writer.position = position + 6;
}
