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
  readonly retryable: boolean;
  readonly status: number | undefined;
  readonly retryAfterMillis: number | undefined;
  readonly code: string | undefined;

  constructor(message: string, details: ExportErrorDetails) {
    super(message);
    this.retryable = details.retryable;
    this.status = details.status;
    this.retryAfterMillis = details.retryAfterMillis;
    this.code = details.code;
  }
}
