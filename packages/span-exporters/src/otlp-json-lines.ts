import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { encodeTraceRequest } from './otlp-json.js';

/** Spans as lines of an OTLP JSON file, and those that could not be encoded. */
export interface OtlpJsonLines {
  /** One request each, ending in a newline, with the number of spans in it. */
  lines: { bytes: Buffer; spanCount: number }[];
  /** What the encoder threw, once for each span that is missing. */
  errors: unknown[];
}

/**
 * Encodes spans as few lines of at most `maxLineBytes`, newline included.
 *
 * A batch that is too long, or has a span that cannot be encoded, is halved until it fits. One span alone may exceed the
 * limit: it is never cut.
 */
export function encodeOtlpJsonLines(spans: readonly ReadableSpanLike[], maxLineBytes: number): OtlpJsonLines {
  const result: OtlpJsonLines = { lines: [], errors: [] };
  encodeInto(result, spans, maxLineBytes);
  return result;
}

function encodeInto(result: OtlpJsonLines, spans: readonly ReadableSpanLike[], maxLineBytes: number): void {
  if (spans.length === 0) return;
  try {
    const bytes = Buffer.from(`${encodeTraceRequest(spans)}\n`);
    if (bytes.length <= maxLineBytes || spans.length === 1) {
      result.lines.push({ bytes, spanCount: spans.length });
      return;
    }
  } catch (error) {
    if (spans.length === 1) {
      result.errors.push(error);
      return;
    }
  }
  const middle = spans.length >> 1;
  encodeInto(result, spans.slice(0, middle), maxLineBytes);
  encodeInto(result, spans.slice(middle), maxLineBytes);
}
