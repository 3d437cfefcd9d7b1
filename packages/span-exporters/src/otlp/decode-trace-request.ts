import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { decodeJsonRequest } from './decode-json.js';
import { decodeProtobufRequest } from './decode-protobuf.js';
import type { OtlpEncoding } from './otlp-payload.js';

/**
 * The spans of one OTLP `ExportTraceServiceRequest`, as any span exporter takes them: ended, with one resource object for each
 * resource of the request. Encoded again they are the same bytes, if it was this package that encoded them.
 *
 * JavaScript has one kind of number: integers beyond 2⁵³ become the nearest one, and a double that is whole (from another SDK)
 * becomes an integer when it is encoded again. A value that is empty is `undefined`. Unknown fields are skipped.
 *
 * @throws OtlpDecodeError when the bytes are no such request, end early, or have a span without ids
 */
export function decodeTraceRequest(bytes: Uint8Array, encoding: OtlpEncoding): ReadableSpanLike[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding === 'protobuf' ? decodeProtobufRequest(buffer) : decodeJsonRequest(buffer.toString('utf8'));
}
