import { withoutTracing } from '@genspan/span-processor-base';
import type {
  ExportResultLike,
  FailureCounter,
  ReadableSpanLike,
  SpanExporterLike,
} from '@genspan/span-processor-base';
import { Deadline } from '../deadline.js';
import { ExportError, TIMED_OUT, isExportError } from '../export-error.js';
import { asError, countOf, lossesOf } from '../export-losses.js';
import { GuardedExporter } from '../guarded-exporter.js';
import { decodeTraceRequest } from '../otlp/decode-trace-request.js';
import { isOtlpSender } from '../otlp/otlp-payload.js';
import type { OtlpPayload } from '../otlp/otlp-payload.js';
import { systemErrorCode } from '../system-error-code.js';

/** How one sending of a payload ended. */
export type DeliveryOutcome =
  | { readonly kind: 'delivered'; readonly rejectedSpans: number }
  /** Some arrived and some are lost; `again` are those that may still be taken. */
  | { readonly kind: 'partly'; readonly refusedSpans: number; readonly again: readonly ReadableSpanLike[] }
  | { readonly kind: 'retry'; readonly failure: string; readonly afterMillis: number; readonly error: Error }
  | { readonly kind: 'tooLarge'; readonly error: Error }
  | { readonly kind: 'refused'; readonly failure: string; readonly error: Error }
  /** The bytes are no spans. Only an exporter that does not take bytes finds out. */
  | { readonly kind: 'undecodable'; readonly error: Error };

/** The statuses after which OTLP says to try again, and those of gateways and limits that mean the same. */
const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** Sends payloads with an exporter, as bytes if it takes them, else as spans; says how it ended and never rejects. */
export class PayloadDelivery {
  readonly #exporter: SpanExporterLike;
  readonly #guarded: GuardedExporter;
  readonly #timeoutMillis: number;
  #sentBytes = 0;

  constructor(exporter: SpanExporterLike, timeoutMillis: number, failures: FailureCounter) {
    this.#exporter = exporter;
    this.#guarded = new GuardedExporter(exporter, failures);
    this.#timeoutMillis = timeoutMillis;
  }

  /** Bytes of payloads handed to the exporter. */
  get sentBytes(): number {
    return this.#sentBytes;
  }

  /** The exporter, for what is not sending. */
  get exporter(): GuardedExporter {
    return this.#guarded;
  }

  async send(payload: OtlpPayload): Promise<DeliveryOutcome> {
    this.#sentBytes += payload.bytes.length;
    const deadline = new Deadline(this.#timeoutMillis, () => {
      return new ExportError('The exporter gave no result in time', { retryable: true, code: TIMED_OUT });
    });
    try {
      return await deadline.race(withoutTracing(() => this.#send(payload)));
    } catch (error) {
      return outcomeOfFailure(asError(error));
    } finally {
      deadline.clear();
    }
  }

  async #send(payload: OtlpPayload): Promise<DeliveryOutcome> {
    if (isOtlpSender(this.#exporter)) {
      const { rejectedSpans } = await this.#exporter.sendOtlp(payload);
      return { kind: 'delivered', rejectedSpans: Math.min(rejectedSpans, payload.spanCount) };
    }
    let spans: ReadableSpanLike[];
    try {
      spans = decodeTraceRequest(payload.bytes, payload.encoding);
    } catch (error) {
      return { kind: 'undecodable', error: asError(error) };
    }
    const result = await new Promise<ExportResultLike>((resolve) => this.#guarded.export(spans, resolve));
    return outcomeOfResult(spans, result);
  }
}

/** What an exporter said of spans. Where it names those that it lost, only these are tried again. */
function outcomeOfResult(spans: readonly ReadableSpanLike[], result: ExportResultLike): DeliveryOutcome {
  const losses = lossesOf({ spans, result });
  const lost = countOf(losses);
  if (lost === 0) return { kind: 'delivered', rejectedSpans: 0 };
  if (losses.every(({ reason }) => reason === 'rejected')) return { kind: 'delivered', rejectedSpans: lost };
  const [first] = losses;
  if (losses.length === 1 && lost >= spans.length) {
    return outcomeOfFailure(asError(first?.error ?? result.error ?? new Error('The exporter failed')));
  }
  const again = losses.filter(
    ({ reason, error }) => reason === 'export_failed' && mayBeTakenLater(error ?? result.error),
  );
  const named = again.flatMap((loss) => loss.spans ?? []);
  return { kind: 'partly', refusedSpans: Math.max(0, lost - named.length), again: named };
}

function mayBeTakenLater(error: Error | undefined): boolean {
  return outcomeOfFailure(asError(error)).kind !== 'refused';
}

function outcomeOfFailure(error: Error): DeliveryOutcome {
  const status = statusOf(error);
  if (status === 413) return { kind: 'tooLarge', error };
  const failure = `send ${status ?? (systemErrorCode(error) || error.name)}`;
  const isFinal = isExportError(error) ? !error.retryable : status !== undefined && !RETRYABLE_STATUSES.has(status);
  if (isFinal) return { kind: 'refused', failure, error };
  const afterMillis = isExportError(error) ? (error.retryAfterMillis ?? 0) : 0;
  return { kind: 'retry', failure, afterMillis, error };
}

/** The HTTP status of an error of ours, or of the SDK's exporters, which have it as `code`. */
function statusOf(error: Error): number | undefined {
  if (isExportError(error)) return error.status;
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'number' && code >= 400 && code <= 599 ? code : undefined;
}
