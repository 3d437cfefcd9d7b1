import type { ReadableSpanLike, SpanLoss } from '@genspan/span-processor-base';
import { JSON_FORMAT } from './otlp/json-format.js';
import type { OtlpFormat } from './otlp/otlp-format.js';
import { packSpans } from './otlp/pack-spans.js';
import type { PackedRequest } from './otlp/request-packer.js';

/** One request, ending in a newline. */
export interface OtlpJsonLine extends PackedRequest {
  readonly spanCount: number;
}

/** Spans as lines of an OTLP JSON file, and those that could not be encoded. */
export interface OtlpJsonLines {
  readonly lines: readonly OtlpJsonLine[];
  /** What could not be encoded, with its spans. */
  readonly losses: readonly SpanLoss[];
  /** An error for each span that could not be encoded. */
  readonly errors: readonly unknown[];
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
  const lines = requests.map((request) => ({ ...request, spanCount: request.spans.length }));
  return { lines, losses, errors: losses.flatMap(({ count, error }) => Array<unknown>(count).fill(error)) };
}
