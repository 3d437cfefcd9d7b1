import { SHUT_DOWN, isExportError } from './export-error.js';

/** The HTTP statuses after which the specification of OTLP lets a client send again. */
const HTTP_STATUSES = new Set([429, 502, 503, 504]);
/**
 * The same for the statuses of gRPC, which have small numbers: CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED,
 * OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS.
 */
const GRPC_STATUSES = new Set([1, 4, 8, 10, 11, 14, 15]);
const LOWEST_HTTP_STATUS = 100;

/**
 * Whether the spans of an export that failed may be sent again, if nobody says otherwise.
 *
 * Errors of this package say so themselves. The SDK's OTLP exporters put an HTTP or gRPC status into `code`, or the system's
 * name of a network failure. What tells nothing may be over the next time.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#failures-1
 */
export function isRetryableError(error: unknown): boolean {
  if (isExportError(error)) return error.retryable;
  const status = statusOf(error);
  if (status === undefined) return true;
  return status < LOWEST_HTTP_STATUS ? GRPC_STATUSES.has(status) : HTTP_STATUSES.has(status);
}

/** Whether the exporter itself is at its end: there is no use in calling it again. */
export function isShutDownError(error: unknown): boolean {
  return isExportError(error) && error.code === SHUT_DOWN;
}

/** How long the receiver asked to wait, in ms; 0 if it did not. */
export function retryAfterOf(error: unknown): number {
  return isExportError(error) ? (error.retryAfterMillis ?? 0) : 0;
}

function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'number' ? error.code : undefined;
}
