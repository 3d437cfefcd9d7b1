import type { ReadableSpanLike, SpanLoss } from '@genspan/span-processor-base';
import { JSON_FORMAT } from './otlp/json-format.js';
import type { OtlpFormat } from './otlp/otlp-format.js';
import { packSpans } from './otlp/pack-spans.js';
import type { PackedRequest } from './otlp/request-packer.js';

/** Spans as lines of an OTLP JSON file, and those that could not be encoded. */
export interface OtlpJsonLines {
  /** One request each, ending in a newline. */
  readonly lines: readonly PackedRequest[];
  /** What could not be encoded, with its spans. */
  readonly losses: readonly SpanLoss[];
}

const JSON_LINE_FORMAT: OtlpFormat = {
  ...JSON_FORMAT,
  request: { head: JSON_FORMAT.request.head, tail: Buffer.concat([JSON_FORMAT.request.tail, Buffer.from('\n')]) },
};

/**
 * Encodes spans as few lines of at most `maxLineBytes`, newline included.
 *
 * One span alone may exceed the limit: it is never cut.
 */
export function encodeOtlpJsonLines(spans: readonly ReadableSpanLike[], maxLineBytes: number): OtlpJsonLines {
  const { requests, losses } = packSpans(spans, JSON_LINE_FORMAT, { maxRequestBytes: maxLineBytes, oversize: 'alone' });
  return { lines: requests, losses };
}
