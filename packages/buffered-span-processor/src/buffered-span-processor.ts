import { TraceFlags } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import { FailureCounter, deliveryCountsOf, withoutTracing } from '@genspan/span-processor-base';
import type { DeliveryCounts, ReadableSpanLike, SpanLike, SpanProcessorLike } from '@genspan/span-processor-base';
import { parseBufferedOptions } from './buffered-options.js';
import type { BufferedSpanProcessorOptions, ParsedBufferedOptions } from './buffered-options.js';
import { reportBufferedMetrics } from './buffered-metrics.js';
import type { BufferedSpanProcessorStats } from './buffered-stats.js';
import { BoundedSpanQueue } from './bounded-span-queue.js';
import { DeliveryLedger } from './delivery-ledger.js';
import { ExportSchedule } from './export-schedule.js';
import { createHealthHandler } from './health-handler.js';
import type { HealthHandler } from './health-handler.js';
import { withinMillis } from './within-millis.js';

/** A queue this full, by spans or by bytes, is about to lose some. */
const HEALTHY_SHARE = 0.9;
/** Of the time of `shutdown()`, what queued spans and exports in flight may take. */
const DRAIN_SHARE = 0.8;

/** Imports are looked up anew at each use, which a span can do without. */
const SAMPLED = TraceFlags.SAMPLED;

/**
 * A batch span processor for production: bounded by spans and bytes, several exports at once, flushes that wait for what is in
 * flight, and a number and a reason for every span that is lost.
 *
 * `onEnd` puts a span into a queue and never throws, waits or logs. A full batch leaves in the next turn of the event loop,
 * any other after `scheduleDelayMillis`. Spans that are not sampled are passed over.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/sdk/#batching-processor
 */
export class BufferedSpanProcessor implements SpanProcessorLike {
  readonly #options: ParsedBufferedOptions;
  readonly #ledger: DeliveryLedger;
  readonly #queue: BoundedSpanQueue;
  readonly #schedule: ExportSchedule;
  readonly #failures = new FailureCounter('BufferedSpanProcessor', 'the application goes on, telemetry may be lost');
  #ended = false;
  #shutdown: Promise<void> | undefined;

  /** @throws OptionError naming the option that is wrong. */
  constructor(options: BufferedSpanProcessorOptions) {
    this.#options = parseBufferedOptions(options);
    const ledger = new DeliveryLedger(this.#options);
    this.#ledger = ledger;
    this.#queue = new BoundedSpanQueue(this.#options, (span) => ledger.lose('queue_full', span));
    this.#schedule = new ExportSchedule(this.#options, this.#queue, ledger);
    const { meterProvider, maxQueueSize } = this.#options;
    if (meterProvider === undefined) return;
    reportBufferedMetrics(meterProvider, {
      capacity: maxQueueSize,
      stats: () => this.stats(),
      endedAfterShutdown: () => ledger.endedAfterShutdown,
      queueSize: () => this.queueSize(),
    });
  }

  /** Does nothing. */
  onStart(_span: SpanLike, _parentContext: Context): void {}

  /** Takes a sampled span. Never throws. */
  onEnd(span: ReadableSpanLike): void {
    try {
      if ((span.spanContext().traceFlags & SAMPLED) === 0) return;
      this.#ledger.received += 1;
      if (this.#ended) {
        this.#ledger.endedAfterShutdown += 1;
        this.#ledger.lose('shutdown', span);
        return;
      }
      this.#queue.offer(span);
      this.#schedule.spanQueued();
    } catch (error) {
      this.#failures.record('onEnd', error);
    }
  }

  /** Totals since construction. */
  stats(): BufferedSpanProcessorStats {
    const ledger = this.#ledger;
    return {
      received: ledger.received,
      exported: ledger.exported,
      dropped: ledger.lost,
      droppedByReason: ledger.lostByReason(),
      errors: ledger.failedExports,
      batchesExported: ledger.succeededExports,
      lateResults: ledger.lateResults,
      hookFailures: ledger.hookFailures,
      ...this.#deliveryCounts(),
    };
  }

  /** Spans that wait for their batch. */
  queueSize(): number {
    return this.#queue.size;
  }

  /** Spans of which nobody knows yet what becomes of them: those that wait and those of exports in flight. */
  pendingCount(): number {
    return this.#queue.size + this.#schedule.spansInFlight;
  }

  /**
   * Whether telemetry arrives: the export that ended last worked, the queue is filled to less than nine tenths by spans and
   * by bytes, and `shutdown()` was not called.
   */
  isHealthy(): boolean {
    const { maxQueueSize, maxQueueBytes } = this.#options;
    return (
      !this.#ended &&
      this.#ledger.lastExportWorked &&
      this.#queue.size < HEALTHY_SHARE * maxQueueSize &&
      this.#queue.bytes < HEALTHY_SHARE * maxQueueBytes
    );
  }

  /** A request handler that answers 200 or 503 with a few numbers as JSON: for `node:http`, Express, the raw side of Fastify. */
  healthHandler(): HealthHandler {
    return createHealthHandler(this);
  }

  /** The same as `forceFlush()`. */
  flush(): Promise<void> {
    return this.forceFlush();
  }

  /**
   * Exports what is queued, waits for what is in flight, then flushes the exporter; within `exportTimeoutMillis`, in which
   * the process is kept running. What ends meanwhile does not prolong it. What is left then stays queued.
   *
   * @throws Error (rejects) with `syncFlush` only: when spans were lost, or left. Otherwise losses are counted and told.
   */
  forceFlush(): Promise<void> {
    return this.#shutdown ?? this.#flush();
  }

  /**
   * Hands what is queued to the exporter's `exportSync()`, for a process that exits now, then calls its `flushSync()`. With
   * an exporter that has no `exportSync()` the spans stay queued. Never throws.
   */
  flushSync(): void {
    const { exporter } = this.#options;
    this.#schedule.exportAllSync();
    try {
      withoutTracing(() => exporter.flushSync?.());
    } catch (error) {
      this.#failures.record('flushSync', error);
    }
  }

  /**
   * Exports what is left, then shuts the exporter down, whatever happened before; within `shutdownTimeoutMillis`, in which the
   * process is kept running. What is queued when four fifths of that are over is handed to `exportSync()`, if the exporter
   * has it; what is left then is lost, counted and told. Never rejects; a second call returns the first one's promise.
   */
  shutdown(): Promise<void> {
    this.#shutdown ??= this.#close();
    return this.#shutdown;
  }

  async #flush(): Promise<void> {
    const { exporter, exportTimeoutMillis, syncFlush } = this.#options;
    const flush = this.#schedule.drain();
    const work = flush.finished.then(() => withoutTracing(() => exporter.forceFlush?.()));
    try {
      await withinMillis(work, exportTimeoutMillis);
    } catch (error) {
      this.#failures.record('forceFlush', error);
      if (syncFlush) throw new Error('BufferedSpanProcessor: the exporter failed to flush', { cause: error });
    }
    const error = syncFlush ? flush.error(this.#schedule.spansThrough(flush.throughSequence)) : undefined;
    if (error !== undefined) throw error;
  }

  async #close(): Promise<void> {
    const { exporter, shutdownTimeoutMillis } = this.#options;
    this.#ended = true;
    const started = performance.now();
    const drainMillis = Math.ceil(shutdownTimeoutMillis * DRAIN_SHARE);
    const drained = await withinMillis(this.#schedule.drain().finished, drainMillis);
    if (!drained) this.#schedule.abandonQueue();
    const leftMillis = Math.max(0, shutdownTimeoutMillis - (performance.now() - started));
    try {
      await withinMillis(
        withoutTracing(async () => exporter.shutdown()),
        leftMillis,
      );
    } catch (error) {
      this.#failures.record('shutdown', error);
    }
    this.#schedule.stop();
    this.#ledger.close();
  }

  #deliveryCounts(): DeliveryCounts {
    try {
      const { retried, bytes } = deliveryCountsOf(this.#options.exporter);
      return { retried, bytes };
    } catch (error) {
      this.#failures.record('deliveryCounts', error);
      return { retried: 0, bytes: 0 };
    }
  }
}
