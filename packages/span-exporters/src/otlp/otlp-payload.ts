import { hasMethods } from '@genspan/span-processor-base';
import type { ReadableSpanLike, SpanExporterLike } from '@genspan/span-processor-base';

/** The two encodings of OTLP over HTTP. */
export type OtlpEncoding = 'protobuf' | 'json';

/** One `ExportTraceServiceRequest` as it goes over the wire, before compression. */
export interface OtlpPayload {
  readonly encoding: OtlpEncoding;
  readonly bytes: Buffer;
  /** How many spans are in it. */
  readonly spanCount: number;
}

/** A payload together with the spans that it was made of. */
export interface EncodedSpans extends OtlpPayload {
  readonly spans: readonly ReadableSpanLike[];
}

/** What a receiver said to a payload that it took. */
export interface OtlpReceipt {
  /** Spans of it that the receiver refused: partial success. */
  readonly rejectedSpans: number;
}

/** An exporter that also takes spans that are encoded already. */
export interface OtlpSender extends SpanExporterLike {
  /** The encoding in which it sends spans itself. */
  readonly encoding: OtlpEncoding;
  /**
   * Sends one payload, in one request.
   *
   * @throws {ExportError} (rejects) when the receiver did not take it; `retryable` says whether it may do so later.
   */
  sendOtlp(payload: OtlpPayload): Promise<OtlpReceipt>;
}

/** The media type of each encoding. */
export const OTLP_MEDIA_TYPES: Readonly<Record<OtlpEncoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};

/** Whether an exporter takes encoded spans. */
export function isOtlpSender(exporter: SpanExporterLike): exporter is OtlpSender {
  return hasMethods(exporter, ['sendOtlp']) && 'encoding' in exporter;
}
