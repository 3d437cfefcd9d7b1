import type { ReadableSpanLike } from './span-like.js';

/** The spans were exported; the number is that of the SDK's `ExportResultCode`. */
export const EXPORT_SUCCESS = 0;
/** The spans were not exported; the number is that of the SDK's `ExportResultCode`. */
export const EXPORT_FAILED = 1;

/** How an export ended: `EXPORT_SUCCESS`, or `EXPORT_FAILED` with the error. */
export interface ExportResultLike {
  code: typeof EXPORT_SUCCESS | typeof EXPORT_FAILED;
  error?: Error;
}

/**
 * A span exporter of either SDK line.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/sdk/#span-exporter
 */
export interface SpanExporterLike {
  /** Never throws; calls `resultCallback` exactly once. */
  export(spans: ReadableSpanLike[], resultCallback: (result: ExportResultLike) => void): void;
  /** Resolves when everything accepted has left. */
  forceFlush?(): Promise<void>;
  /** Flushes; every export after it fails. */
  shutdown(): Promise<void>;
}
