import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { OTLP_FORMATS } from './formats.js';
import type { OtlpEncoding } from './otlp-payload.js';
import { packSpans } from './pack-spans.js';

/**
 * Spans as one OTLP `ExportTraceServiceRequest`.
 *
 * Written here rather than taken from `@opentelemetry/otlp-transformer`, because no version of that package installs beside both
 * SDK lines (its peer range on the API is `<1.10` up to 0.223 and `>=1.10` from 0.300 on), and because it is the most expensive
 * step of an export. What is written equals what that package writes, but where a receiver would refuse it or mistake it:
 *
 * - In JSON 64-bit integers are decimal strings, `NaN` and the infinities are the strings that proto3 JSON has for them.
 * - Numbers that are whole but larger than 64 bits are doubles.
 * - A structured value that contains itself, or is deeper than 30 levels, ends there with the empty value.
 * - Links whose ids are not hexadecimal digits of the right number are left out, and count as dropped.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/
 * @throws when a span cannot be read, or has ids for which a receiver refuses the request; `encodeSpans` loses such a span alone
 */
export function encodeTraceRequest(spans: readonly ReadableSpanLike[], encoding: OtlpEncoding): Buffer {
  const format = OTLP_FORMATS[encoding];
  const { requests, losses } = packSpans(spans, format, { maxRequestBytes: Infinity, oversize: 'alone' });
  const error = losses[0]?.error;
  if (error !== undefined) throw error;
  return requests[0]?.bytes ?? Buffer.concat([format.request.head, format.request.tail]);
}
