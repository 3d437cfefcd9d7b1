import { EXPORT_FAILED, EXPORT_SUCCESS, withoutTracing } from '@genspan/span-processor-base';
import type {
  DeliveryCounts,
  ExportResultLike,
  ReadableSpanLike,
  SpanExporterLike,
  SpanLoss,
} from '@genspan/span-processor-base';
import { ExportError } from '../export-error.js';
import { asError, lossOf, lostAll } from '../export-losses.js';
import { guardedCallback } from '../guarded-exporter.js';
import { holdProcess } from '../hold-process.js';
import { encodeSpans } from '../otlp/encode-spans.js';
import type { EncodedSpans } from '../otlp/otlp-payload.js';
import { Spool } from './spool.js';
import type { SpoolCounts } from './spool-ledger.js';
import { parseSpoolingOptions } from './spooling-options.js';
import type { SpoolingSettings, SpoolingSpanExporterOptions } from './spooling-options.js';

/** What the exporter did since construction, and what it holds now. */
export interface SpoolingSpanExporterStats extends Readonly<SpoolCounts> {
  /** Spans that wait or are on their way, stored or in memory. */
  readonly pendingSpans: number;
  readonly pendingBytes: number;
  readonly pendingFiles: number;
  /** Failures by operation, with the HTTP status or the system's error code: `{ "send 503": 2, "write ENOSPC": 1 }`. */
  readonly failures: Readonly<Record<string, number>>;
}

/**
 * Delivers spans by way of files: an export succeeds when its spans are safe on the disk, and from then on they arrive, at
 * least once, also after the end of the process, unless `stats()` and `onDrop` tell otherwise.
 *
 * Files are sent oldest first, tried again for as long as they may wait, and deleted when the receiver has taken them. What a
 * process left behind is sent by the next exporter that has the same directory. While the disk does not take files, spans are
 * kept in memory, and an export ends when they are delivered.
 */
export class SpoolingSpanExporter implements SpanExporterLike {
  readonly #settings: SpoolingSettings;
  readonly #spool: Spool;
  #shutdown: Promise<void> | undefined;

  /** @throws OptionError when an option is wrong, or the directory cannot be written to. */
  constructor(options: SpoolingSpanExporterOptions) {
    this.#settings = parseSpoolingOptions(options);
    this.#spool = new Spool(this.#settings);
  }

  /** What was stored, delivered and lost, and what waits. */
  stats(): SpoolingSpanExporterStats {
    const { files, bytes, spans } = this.#spool.pending;
    const { counts } = this.#spool.ledger;
    return {
      ...counts,
      pendingSpans: spans,
      pendingBytes: bytes,
      pendingFiles: files,
      failures: this.#spool.ledger.failures(),
    };
  }

  /** Stores the spans; the result comes when they are safe. Never throws. */
  export(spans: ReadableSpanLike[], resultCallback: (result: ExportResultLike) => void): void {
    const done = guardedCallback(resultCallback, this.#spool.ledger.calls);
    if (this.#shutdown !== undefined) return done(lostAll(spans, 'shutdown', AFTER_SHUTDOWN));
    withoutTracing(() => this.#export(spans)).then(done, (error: unknown) => {
      done({ code: EXPORT_FAILED, error: asError(error) });
    });
  }

  /** Stores the spans before it returns. Never throws. */
  exportSync(spans: readonly ReadableSpanLike[]): ExportResultLike {
    if (this.#shutdown !== undefined) return lostAll(spans, 'shutdown', AFTER_SHUTDOWN);
    const { payloads, losses } = this.#encode(spans);
    return resultOf([...losses, ...payloads.flatMap((payload) => this.#storeSync(payload))]);
  }

  /** Stores before it returns what was exported and is not safe yet, also what is only in memory. Never throws. */
  flushSync(): void {
    this.#spool.flushSync();
  }

  /**
   * Resolves when everything is delivered; when the receiver takes nothing and everything is safe on the disk; or after
   * `flushTimeoutMillis`. Never rejects.
   */
  forceFlush(): Promise<void> {
    return holdProcess(this.#spool.flush(this.#settings.flushTimeoutMillis));
  }

  /** Flushes, shuts the exporter behind down and leaves what is not delivered to the next process. Never rejects. */
  shutdown(): Promise<void> {
    this.#shutdown ??= holdProcess(this.#spool.shutdown(this.#settings.flushTimeoutMillis));
    return this.#shutdown;
  }

  /** Its own sendings beyond the first, with what the exporter behind says. */
  deliveryCounts(): DeliveryCounts {
    return this.#spool.deliveryCounts();
  }

  async #export(spans: readonly ReadableSpanLike[]): Promise<ExportResultLike> {
    const { payloads, losses } = this.#encode(spans);
    const lost = await Promise.all(payloads.map((payload) => this.#accept(payload)));
    return resultOf([...losses, ...lost.flat()]);
  }

  #encode(spans: readonly ReadableSpanLike[]): ReturnType<typeof encodeSpans> {
    const encoded = encodeSpans(spans, this.#settings);
    this.#spool.ledger.counts.cutSpans += encoded.cutSpans;
    return encoded;
  }

  async #accept(payload: EncodedSpans): Promise<readonly SpanLoss[]> {
    const losses = await this.#spool.accept(payload);
    // A spool knows numbers; whose spans they are is known here.
    return losses.map((loss) => (loss.count === payload.spanCount ? { ...loss, spans: payload.spans } : loss));
  }

  #storeSync(payload: EncodedSpans): readonly SpanLoss[] {
    try {
      this.#spool.storeSync(payload);
      return [];
    } catch (error) {
      return [lossOf(payload.spans, 'export_failed', asError(error))];
    }
  }
}

const AFTER_SHUTDOWN = new ExportError('The exporter is shut down', { retryable: false });

function resultOf(losses: readonly SpanLoss[]): ExportResultLike {
  if (losses.length === 0) return { code: EXPORT_SUCCESS };
  const error = losses.find((loss) => loss.error !== undefined)?.error;
  return { code: EXPORT_FAILED, losses, ...(error === undefined ? {} : { error }) };
}
