import type { ReadableSpanLike, SpanLoss } from '@genspan/span-processor-base';
import { OTLP_FORMATS } from './formats.js';
import type { EncodedSpans, OtlpEncoding } from './otlp-payload.js';
import { packSpans } from './pack-spans.js';

/** How {@link encodeSpans} encodes. */
export interface EncodeSpansOptions {
  readonly encoding: OtlpEncoding;
  /** What a request may take, before compression. `Infinity`: everything is one request. */
  readonly maxRequestBytes: number;
}

/** Spans as requests, and what did not become part of one. */
export interface SpansEncoded {
  /** None when there was no span to encode. Their spans are grouped by resource and scope. */
  readonly payloads: EncodedSpans[];
  /** Spans that could not be encoded; reason `encoding`. */
  readonly losses: SpanLoss[];
  /** Spans that alone are longer than a request may be: their envelope is in a payload, with `genspan.export.cut_bytes`. */
  readonly cutSpans: number;
}

/**
 * Encodes spans as few requests of at most `maxRequestBytes`.
 *
 * A span that alone is longer is cut down to its envelope. A span that cannot be read, or whose ids a receiver would refuse, is
 * lost alone. Never throws.
 */
export function encodeSpans(spans: readonly ReadableSpanLike[], options: EncodeSpansOptions): SpansEncoded {
  const { encoding, maxRequestBytes } = options;
  const { requests, losses, cutSpans } = packSpans(spans, OTLP_FORMATS[encoding], { maxRequestBytes, oversize: 'cut' });
  const payloads = requests.map((request) => ({ encoding, spanCount: request.spans.length, ...request }));
  return { payloads, losses: [...losses], cutSpans };
}
