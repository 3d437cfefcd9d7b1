/**
 * The `code` of an {@link ExportError} of an exporter that was shut down. The spans may still be taken, but not by this
 * exporter: there is no use in trying again, and every use in keeping them for the next process.
 */
export const SHUT_DOWN = 'ESHUTDOWN';
/** The `code` of an {@link ExportError} that says that a time was up. */
export const TIMED_OUT = 'ETIMEDOUT';

/** What is known of a failed export. */
export interface ExportErrorDetails {
  /** Whether the same spans may be taken later. */
  readonly retryable: boolean;
  /** The HTTP status, if there was an answer. */
  readonly status?: number;
  /** How long the receiver asked to wait, in milliseconds from the answer. */
  readonly retryAfterMillis?: number;
  /** The system's name of a failure to connect, send or read: `ECONNREFUSED`. */
  readonly code?: string;
}

/** An export that failed. The message says what happened in words of ours; it never holds anything of an answer or a span. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
  /** Whether the same spans may be taken later. */
  readonly retryable: boolean;
  /** The HTTP status, if there was an answer. */
  readonly status: number | undefined;
  /** How long the receiver asked to wait, in milliseconds from the answer. */
  readonly retryAfterMillis: number | undefined;
  /**
   * The system's name of what failed, if nothing was answered: `ECONNREFUSED`; `ETIMEDOUT` for every time that was up,
   * `ESHUTDOWN` when the exporter was shut down.
   */
  readonly code: string | undefined;

  constructor(message: string, details: ExportErrorDetails) {
    super(message);
    this.retryable = details.retryable;
    this.status = details.status;
    this.retryAfterMillis = details.retryAfterMillis;
    this.code = details.code;
  }
}

/** Whether something is an {@link ExportError}, also one of another copy of this package (CommonJS beside ES modules). */
export function isExportError(error: unknown): error is ExportError {
  if (typeof error !== 'object' || error === null) return false;
  return (
    'name' in error && error.name === 'ExportError' && 'retryable' in error && typeof error.retryable === 'boolean'
  );
}

/** The error of an exporter that takes nothing any more. */
export function shutDownError(): ExportError {
  return new ExportError('The exporter is shut down', { retryable: true, code: SHUT_DOWN });
}
