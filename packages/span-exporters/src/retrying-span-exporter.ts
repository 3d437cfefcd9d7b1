import { EXPORT_FAILED, EXPORT_SUCCESS, FailureCounter, neverThrow } from '@genspan/span-processor-base';
import type {
  DeliveryCounts,
  ExportResultLike,
  ReadableSpanLike,
  SpanExporterLike,
  SpanLoss,
} from '@genspan/span-processor-base';
import { shutDownError } from './export-error.js';
import { asError, countOf, lossesOf, lostAll } from './export-losses.js';
import { GuardedExporter, guardedCallback } from './guarded-exporter.js';
import { IdleGate } from './idle-gate.js';
import { isOtlpSender } from './otlp/otlp-payload.js';
import type { OtlpEncoding, OtlpPayload, OtlpReceipt, OtlpSender } from './otlp/otlp-payload.js';
import { errorOf, sortLosses } from './retry-losses.js';
import { RetryRun } from './retry-run.js';
import { isRetryableError, isShutDownError } from './retryable-error.js';
import { parseRetryingOptions } from './retrying-options.js';
import type { ExportRetry, RetryingSettings, RetryingSpanExporterOptions } from './retrying-options.js';

/** Longest time in ms that `shutdown()` gives attempts that are under way, and the last ones of batches that wait. */
const LAST_ATTEMPT_MILLIS = 5000;

/** What the exporter did since construction. */
export interface RetryingSpanExporterStats {
  /** Attempts beyond the first of a batch. */
  retried: number;
  /** Spans that arrived after at least one attempt had failed. */
  recoveredSpans: number;
  /** Spans that did not arrive, for whatever reason. */
  lostSpans: number;
  /** Batches that wait for their next attempt now. */
  waitingBatches: number;
  /** Failures of the exporter and of callbacks by operation, beyond failed results: `{ "onRetry": 1 }`. */
  failures: Record<string, number>;
}

/**
 * Sends batches again when an exporter fails for a reason that may pass: exponential backoff with full jitter, and never sooner
 * than a receiver asks (`Retry-After`).
 *
 * Works with any exporter; of one that says which part of a batch was lost, only that part is sent again, and only what failed
 * for a retryable reason. A span may arrive twice where the receiver took it and its answer was lost: OTLP has no way to tell.
 * A batch is given up after `maxAttempts`, or when `maxElapsedMillis` leaves no time for the next attempt, which is at once
 * when the receiver asks to wait for longer. Batches wait in memory and take a place among the processor's concurrent exports.
 *
 * Nothing here keeps the process alive but an awaited `forceFlush()` or `shutdown()`.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp-throttling
 */
export class RetryingSpanExporter implements SpanExporterLike {
  /** There, as is `encoding`, if the exporter behind takes encoded spans. A payload is tried again like a batch. */
  readonly sendOtlp?: (payload: OtlpPayload) => Promise<OtlpReceipt>;
  readonly encoding?: OtlpEncoding;
  /** There if the exporter behind has it. */
  readonly exportSync?: (spans: readonly ReadableSpanLike[]) => ExportResultLike;
  /** There if the exporter behind can store at exit. What waits for an attempt is stored then, if the exporter can. */
  readonly flushSync?: () => void;
  readonly #settings: RetryingSettings;
  readonly #failures = new FailureCounter('RetryingSpanExporter', 'the batch is tried again or reported as failed');
  readonly #inner: GuardedExporter;
  readonly #isRetryable: (error: Error) => unknown;
  readonly #onRetry: (retry: ExportRetry) => unknown;
  readonly #batches = new Set<Batch>();
  readonly #busy = new IdleGate();
  #retried = 0;
  #recoveredSpans = 0;
  #lostSpans = 0;
  #shutdown: Promise<void> | undefined;

  /** @throws OptionError when an option is wrong. */
  constructor(options: RetryingSpanExporterOptions) {
    this.#settings = parseRetryingOptions(options);
    const { exporter, isRetryable, onRetry } = this.#settings;
    this.#inner = new GuardedExporter(exporter, this.#failures);
    this.#isRetryable = neverThrow(isRetryable ?? isRetryableError, 'isRetryable', this.#failures, isRetryableError);
    this.#onRetry = neverThrow(onRetry ?? (() => {}), 'onRetry', this.#failures, () => {});
    if (isOtlpSender(exporter)) {
      this.encoding = exporter.encoding;
      this.sendOtlp = (payload) => this.#run([], (batch) => this.#send(batch.run, exporter, payload));
    }
    if (exporter.exportSync !== undefined) this.exportSync = (spans) => this.#store(spans);
    if (exporter.exportSync !== undefined || exporter.flushSync !== undefined) this.flushSync = () => this.#flushSync();
  }

  /** What was tried again, and what came of it. */
  stats(): RetryingSpanExporterStats {
    return {
      retried: this.#retried,
      recoveredSpans: this.#recoveredSpans,
      lostSpans: this.#lostSpans,
      waitingBatches: [...this.#batches].filter(({ run }) => run.isWaiting).length,
      failures: this.#failures.byOperation(),
    };
  }

  /** Its own retries added to those of the exporter behind. */
  deliveryCounts(): DeliveryCounts {
    const { retried, bytes } = this.#inner.deliveryCounts();
    return { retried: retried + this.#retried, bytes };
  }

  /** Exports the spans, again if need be; the result is that of the last attempt. Never throws. */
  export(spans: ReadableSpanLike[], resultCallback: (result: ExportResultLike) => void): void {
    const done = guardedCallback(resultCallback, this.#failures);
    if (this.#shutdown === undefined) void this.#run(spans, (batch) => this.#export(batch)).then(done);
    else done(this.#countLost(lostAll(spans, 'shutdown', shutDownError())));
  }

  /**
   * Makes waiting attempts at once, unless a receiver asked to wait, and resolves when all batches of now have their result;
   * that takes at most `maxElapsedMillis`. Then flushes the exporter behind, and rejects when that does.
   */
  async forceFlush(): Promise<void> {
    for (const { run } of this.#batches) run.hurry();
    const isBusy = this.#batches.size > 0;
    const flushed = this.#inner.forceFlush();
    // It is waited for below; a rejection before that is not an unhandled one.
    flushed.catch(() => {});
    await this.#busy.idle(this.#settings.maxElapsedMillis);
    await flushed;
    if (isBusy) await this.#inner.forceFlush();
  }

  /**
   * Gives each batch that waits one last attempt, at once; what has not ended within 5 s is lost. Then shuts the exporter behind
   * down, and rejects when that does. Every export from now on fails.
   */
  shutdown(): Promise<void> {
    this.#shutdown ??= this.#end();
    return this.#shutdown;
  }

  async #end(): Promise<void> {
    for (const { run } of this.#batches) run.last();
    const isIdle = await this.#busy.idle(LAST_ATTEMPT_MILLIS);
    if (!isIdle) for (const { run } of this.#batches) run.giveUp(shutDownError());
    await this.#busy.idle(LAST_ATTEMPT_MILLIS);
    await this.#inner.shutdown();
  }

  async #run<T>(spans: readonly ReadableSpanLike[], work: (batch: Batch) => Promise<T>): Promise<T> {
    const leave = this.#busy.enter();
    const batch: Batch = { run: new RetryRun(this.#settings, this.#onRetry), remaining: spans, stored: undefined };
    this.#batches.add(batch);
    try {
      return await work(batch);
    } finally {
      batch.run.finish();
      this.#batches.delete(batch);
      leave();
    }
  }

  async #export(batch: Batch): Promise<ExportResultLike> {
    const { run } = batch;
    const losses: SpanLoss[] = [];
    let failure: Error | undefined;
    for (;;) {
      const result = await this.#attempt(batch);
      const { retryable, final } = sortLosses({ spans: batch.remaining, result }, (error) => this.#mayRetry(error));
      losses.push(...final);
      if (result.code === EXPORT_FAILED && final.length > 0) failure ??= errorOf(final, result);
      if (retryable.length === 0) break;
      batch.remaining = retryable.flatMap(({ spans }) => spans);
      const errors = retryable.map(({ error }) => error);
      if (await run.again(errors, batch.remaining.length)) continue;
      const given = batch.stored === undefined ? retryable : lossesOf({ spans: batch.remaining, result: batch.stored });
      losses.push(...given);
      if (given.length > 0) failure ??= errorOf(given, batch.stored ?? result);
      break;
    }
    if (losses.length === 0) return { code: EXPORT_SUCCESS };
    const code = failure === undefined ? EXPORT_SUCCESS : EXPORT_FAILED;
    return this.#countLost({ code, ...(failure && { error: failure }), losses });
  }

  async #attempt({ run, remaining }: Batch): Promise<ExportResultLike> {
    const isRetry = this.#countAttempt(run);
    try {
      const result = await run.attempt(
        () => new Promise<ExportResultLike>((resolve) => this.#inner.export(remaining, resolve)),
      );
      if (isRetry) this.#recoveredSpans += remaining.length - countOf(lossesOf({ spans: remaining, result }));
      return result;
    } catch (error) {
      return lostAll(remaining, isShutDownError(error) ? 'shutdown' : 'timeout', asError(error));
    }
  }

  async #send(run: RetryRun, sender: OtlpSender, payload: OtlpPayload): Promise<OtlpReceipt> {
    for (;;) {
      try {
        if (this.#shutdown !== undefined && run.attempts === 0) throw shutDownError();
        const isRetry = this.#countAttempt(run);
        const receipt = await run.attempt(async () => sender.sendOtlp(payload));
        if (isRetry) this.#recoveredSpans += payload.spanCount - receipt.rejectedSpans;
        this.#lostSpans += receipt.rejectedSpans;
        return receipt;
      } catch (thrown) {
        const error = asError(thrown);
        if (this.#mayRetry(error) && (await run.again([error], payload.spanCount))) continue;
        this.#lostSpans += payload.spanCount;
        throw error;
      }
    }
  }

  /** @returns whether it is a retry */
  #countAttempt({ attempts }: RetryRun): boolean {
    if (attempts > 0) this.#retried += 1;
    return attempts > 0;
  }

  #mayRetry(error: Error): boolean {
    if (isShutDownError(error)) return false;
    const verdict = this.#isRetryable(error);
    return typeof verdict === 'boolean' ? verdict : isRetryableError(error);
  }

  #store(spans: readonly ReadableSpanLike[]): ExportResultLike {
    return this.#countLost(this.#inner.exportSync(spans), spans);
  }

  #flushSync(): void {
    for (const batch of this.#batches) {
      if (!batch.run.isWaiting || batch.remaining.length === 0 || this.exportSync === undefined) continue;
      batch.stored = this.#inner.exportSync(batch.remaining);
      batch.run.stopWaiting();
    }
    this.#inner.flushSync();
  }

  #countLost(result: ExportResultLike, spans: readonly ReadableSpanLike[] = []): ExportResultLike {
    this.#lostSpans += countOf(lossesOf({ spans, result }));
    return result;
  }
}

/** What is being exported. */
interface Batch {
  readonly run: RetryRun;
  /** Spans that have not arrived yet; none for a payload that is encoded already. */
  remaining: readonly ReadableSpanLike[];
  /** What the exporter said when the process exited while they waited. */
  stored: ExportResultLike | undefined;
}
