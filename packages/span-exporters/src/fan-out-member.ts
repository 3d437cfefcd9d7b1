import { EXPORT_FAILED, FailureCounter } from '@genspan/span-processor-base';
import type {
  DeliveryCounts,
  ExportResultLike,
  ReadableSpanLike,
  SpanExporterLike,
} from '@genspan/span-processor-base';
import { ExportError } from './export-error.js';
import { asError, countOf, lossesOf, lostAll } from './export-losses.js';
import { GuardedExporter } from './guarded-exporter.js';

/** The part of the time that an exporter has which is hung, when it is tried again. */
const TRIAL_SHARE = 0.1;

/** What one exporter of a fan-out did since construction. */
export interface FanOutMemberStats {
  /** Spans that it took. */
  exported: number;
  /** Spans that it lost, did not answer for in time, or was not given because it hangs. */
  failed: number;
  /** Spans that a filter of its own left out. */
  filtered: number;
  /** Batches of which it lost something. */
  failedBatches: number;
  /** Failures by operation: `export` threw, `timeout`, `forceFlush`, `shutdown`, … */
  failures: Record<string, number>;
}

/**
 * One exporter of a fan-out, with its time and its numbers.
 *
 * An exporter that let the time of a batch run out is hung until it answers. Meanwhile its batches fail at once, so that
 * the others need not wait for it, except one now and then, which it is given with a tenth of the time: the first after
 * `timeoutMillis`, and ever more rarely, since an exporter that never answers may keep every batch it was given.
 */
export class FanOutMember {
  readonly #inner: GuardedExporter;
  readonly #failures: FailureCounter;
  readonly #timeoutMillis: number;
  readonly #name: string;
  #exported = 0;
  #failed = 0;
  #filtered = 0;
  #failedBatches = 0;
  #overdue = 0;
  #trialAt = 0;

  constructor(index: number, exporter: SpanExporterLike, timeoutMillis: number) {
    this.#name = `exporters[${index}]`;
    this.#failures = new FailureCounter(`FanOutSpanExporter ${this.#name}`, 'the other exporters are not held up');
    this.#inner = new GuardedExporter(exporter, this.#failures);
    this.#timeoutMillis = timeoutMillis;
  }

  stats(): FanOutMemberStats {
    return {
      exported: this.#exported,
      failed: this.#failed,
      filtered: this.#filtered,
      failedBatches: this.#failedBatches,
      failures: this.#failures.byOperation(),
    };
  }

  /** Exports; `done` is called once, within the time. */
  export(spans: readonly ReadableSpanLike[], done: (result: ExportResultLike) => void): void {
    if (this.#overdue > 0 && performance.now() < this.#trialAt) return done(this.#count(spans, this.#timedOut(spans)));
    const millis = Math.ceil(this.#timeoutMillis * (this.#overdue > 0 ? TRIAL_SHARE : 1));
    if (this.#overdue > 0) this.#postponeTrial();
    let isOverdue = false;
    const timer = setTimeout(() => {
      isOverdue = true;
      this.#overdue += 1;
      this.#postponeTrial();
      const result = this.#timedOut(spans);
      this.#failures.record('timeout', result.error);
      done(this.#count(spans, result));
    }, millis).unref();
    this.#inner.export(spans, (result) => {
      clearTimeout(timer);
      if (isOverdue) this.#overdue -= 1;
      else done(this.#count(spans, result));
    });
  }

  exportSync(spans: readonly ReadableSpanLike[]): ExportResultLike {
    return this.#count(spans, this.#inner.exportSync(spans));
  }

  flushSync(): void {
    this.#inner.flushSync();
  }

  /** Resolves, within the time, with the error if it failed. */
  forceFlush(): Promise<Error | undefined> {
    return this.#finish('forceFlush', this.#inner.forceFlush());
  }

  /** Resolves, within the time, with the error if it failed. */
  shutdown(): Promise<Error | undefined> {
    return this.#finish('shutdown', this.#inner.shutdown());
  }

  deliveryCounts(): DeliveryCounts {
    return this.#inner.deliveryCounts();
  }

  #count(spans: readonly ReadableSpanLike[], result: ExportResultLike): ExportResultLike {
    const losses = lossesOf({ spans, result });
    const filtered = countOf(losses.filter(({ reason }) => reason === 'filtered'));
    const failed = countOf(losses) - filtered;
    this.#filtered += filtered;
    this.#failed += failed;
    this.#exported += Math.max(0, spans.length - filtered - failed);
    if (failed > 0 || result.code === EXPORT_FAILED) this.#failedBatches += 1;
    return result;
  }

  #timedOut(spans: readonly ReadableSpanLike[]): ExportResultLike {
    return lostAll(spans, 'timeout', new ExportError(`${this.#name} did not answer in time`, { retryable: false }));
  }

  #postponeTrial(): void {
    this.#trialAt = performance.now() + this.#timeoutMillis * this.#overdue;
  }

  /** Whoever awaits this holds the process for as long, hence the timer that does. */
  async #finish(operation: string, work: Promise<void>): Promise<Error | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<never>((_, reject) => {
      const error = new Error(`${this.#name} did not finish ${operation}() within ${this.#timeoutMillis} ms`);
      timer = setTimeout(() => reject(error), this.#timeoutMillis);
    });
    try {
      await Promise.race([work, timeUp]);
      return undefined;
    } catch (error) {
      this.#failures.record(operation, error);
      return asError(error);
    } finally {
      clearTimeout(timer);
    }
  }
}
