import type { ReadableSpanLike } from './span-like.js';

/** The spans were exported; the number is that of the SDK's `ExportResultCode`. */
export const EXPORT_SUCCESS = 0;
/** The spans were not exported; the number is that of the SDK's `ExportResultCode`. */
export const EXPORT_FAILED = 1;

/** Why a span did not arrive. */
export type LossReason =
  /** There was no room left in a queue, by spans or by bytes. */
  | 'queue_full'
  /** The exporter failed, and nothing is tried again. */
  | 'export_failed'
  /** The exporter did not answer in time. */
  | 'timeout'
  /** The receiver took the request and refused these spans (partial success). */
  | 'rejected'
  /** A limit of rate was reached. */
  | 'rate_limit'
  /** A filter of the application's left them out. */
  | 'filtered'
  /** They could not be encoded. */
  | 'encoding'
  /** They waited longest, or too long, in a spool that is full. */
  | 'evicted'
  /** There was no time left, or they came after the end. */
  | 'shutdown';

/** Spans of one batch that did not arrive, for one reason. */
export interface SpanLoss {
  readonly reason: LossReason;
  /** How many. */
  readonly count: number;
  /** Which; absent where only their number is known, as when a receiver refuses some. */
  readonly spans?: readonly ReadableSpanLike[];
  /** What went wrong, if it has an error of its own. */
  readonly error?: Error;
}

/**
 * How an export ended: `EXPORT_SUCCESS`, or `EXPORT_FAILED` with the error.
 *
 * The exporters of the SDK know all or nothing. Ours also say which part of a batch was lost: where there are `losses`, they
 * are all that was lost and the rest has arrived, whatever the code. A failure without `losses` has lost the whole batch.
 */
export interface ExportResultLike {
  code: typeof EXPORT_SUCCESS | typeof EXPORT_FAILED;
  error?: Error;
  losses?: readonly SpanLoss[];
}

/** What an exporter, and those it wraps, did since construction; for the statistics of what stands in front of it. */
export interface DeliveryCounts {
  /** Sendings beyond the first of the same spans. */
  readonly retried: number;
  /** Bytes sent, as on the wire, without headers. */
  readonly bytes: number;
}

/**
 * A span exporter of either SDK line.
 *
 * The optional members beyond `forceFlush` are ours: an exporter that wraps another one passes them on.
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
  /** Stores the spans before it returns, for a process that exits now. Never throws. Absent: the exporter cannot. */
  readonly exportSync?: ((spans: readonly ReadableSpanLike[]) => ExportResultLike) | undefined;
  /** Stores before it returns what `export()` has accepted and not yet stored, for a process that exits now. Never throws. */
  readonly flushSync?: (() => void) | undefined;
  readonly deliveryCounts?: (() => DeliveryCounts) | undefined;
}

/** The counts of an exporter; zeros for one that does not say. */
export function deliveryCountsOf(exporter: SpanExporterLike): DeliveryCounts {
  return exporter.deliveryCounts?.() ?? { retried: 0, bytes: 0 };
}
