import { decodeTraceRequest } from '../otlp/decode-trace-request.js';
import { encodeSpans } from '../otlp/encode-spans.js';
import type { OtlpEncoding, OtlpPayload } from '../otlp/otlp-payload.js';

/** Smaller than this no envelope of a span gets. */
const MIN_REQUEST_BYTES = 1_024;

/** A payload in smaller parts, with what was cut on the way. */
export interface SplitPayload {
  readonly payloads: readonly OtlpPayload[];
  readonly cutSpans: number;
}

/**
 * Splits a payload that a receiver found too large: in two halves, or, when it is a single span, cut down to its envelope.
 *
 * @returns `undefined` when it cannot be made smaller
 * @throws when the bytes are no spans
 */
export function splitPayload(bytes: Buffer, encoding: OtlpEncoding): SplitPayload | undefined {
  const spans = decodeTraceRequest(bytes, encoding);
  if (spans.length > 1) return encodeAll([spans.slice(0, spans.length >> 1), spans.slice(spans.length >> 1)], encoding);
  const maxRequestBytes = bytes.length >> 1;
  if (spans.length === 0 || maxRequestBytes < MIN_REQUEST_BYTES) return undefined;
  const { payloads, losses, cutSpans } = encodeSpans(spans, { encoding, maxRequestBytes });
  const isSmaller = losses.length === 0 && payloads.every((payload) => payload.bytes.length < bytes.length);
  return isSmaller ? { payloads, cutSpans } : undefined;
}

function encodeAll(
  groups: readonly ReturnType<typeof decodeTraceRequest>[],
  encoding: OtlpEncoding,
): SplitPayload | undefined {
  const payloads: OtlpPayload[] = [];
  for (const spans of groups) {
    const encoded = encodeSpans(spans, { encoding, maxRequestBytes: Number.MAX_SAFE_INTEGER });
    if (encoded.losses.length > 0) return undefined;
    payloads.push(...encoded.payloads);
  }
  return { payloads, cutSpans: 0 };
}
