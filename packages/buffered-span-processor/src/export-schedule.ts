import { withoutTracing } from '@genspan/span-processor-base';
import { BatchExport } from './batch-export.js';
import type { BatchExportListener } from './batch-export.js';
import type { BoundedSpanQueue } from './bounded-span-queue.js';
import { MAX_TIMER_MILLIS } from './buffered-options.js';
import type { ParsedBufferedOptions } from './buffered-options.js';
import type { DeliveryLedger } from './delivery-ledger.js';
import { lostAll, readOutcome } from './export-outcome.js';
import type { ExportOutcome } from './export-outcome.js';
import { PendingFlush } from './pending-flush.js';

/** A place is held this many times the time of an export at most, however many exports never answered. */
const MAX_HOLD = 64;

/** Milliseconds after which no further batch is started in the same turn of the event loop, unless the queue is half full. */
const TURN_MILLIS = 5;

/** Decides when a batch leaves the queue, and knows the exports in flight. */
export class ExportSchedule implements BatchExportListener {
  readonly #options: ParsedBufferedOptions;
  readonly #queue: BoundedSpanQueue;
  readonly #ledger: DeliveryLedger;
  /** Exports that have not ended. */
  readonly #inFlight = new Set<BatchExport>();
  readonly #flushes = new Set<PendingFlush>();
  #spansInFlight = 0;
  /** Exports that hold a place: those in flight, and those that did not answer in time. */
  #placesTaken = 0;
  /** Exports that gave up their place without an answer. */
  #unanswered = 0;
  /** Spans up to this one leave as soon as there is a place, though their batch is not full. */
  #dueThrough = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn: ReturnType<typeof setImmediate> | undefined;

  constructor(options: ParsedBufferedOptions, queue: BoundedSpanQueue, ledger: DeliveryLedger) {
    this.#options = options;
    this.#queue = queue;
    this.#ledger = ledger;
  }

  /** Spans of exports that have not ended. */
  get spansInFlight(): number {
    return this.#spansInFlight;
  }

  /** A span came into the queue. */
  spanQueued(): void {
    if (this.#options.syncFlush) return;
    if (this.#timer === undefined) {
      this.#timer = setTimeout(() => this.#delayIsOver(), this.#options.scheduleDelayMillis);
      this.#timer.unref();
    }
    if (this.#turn === undefined && this.#hasFullBatch()) this.#wake();
  }

  /** Lets all leave that is queued now; finished when that, and what is in flight, has ended. */
  drain(): PendingFlush {
    const flush = new PendingFlush(this.#queue.lastSequence);
    this.#flushes.add(flush);
    this.#dueThrough = flush.throughSequence;
    this.#finishFlushes();
    this.#wake();
    return flush;
  }

  /** Spans up to this one that have not ended yet, those that share a batch with one included. */
  spansThrough(sequence: number): number {
    let spans = this.#queue.countThrough(sequence);
    for (const batch of this.#inFlight) if (batch.firstSequence <= sequence) spans += batch.size;
    return spans;
  }

  /** Hands what is queued to `exportSync()`, if the exporter has it. */
  exportAllSync(): void {
    const { exporter, maxBatchSize, maxBatchBytes } = this.#options;
    if (typeof exporter.exportSync !== 'function') return;
    while (this.#queue.size > 0) {
      const { spans } = this.#queue.takeBatch(maxBatchSize, maxBatchBytes);
      this.#spansInFlight += spans.length;
      let outcome: ExportOutcome;
      try {
        outcome = readOutcome(
          withoutTracing(() => exporter.exportSync?.([...spans])),
          spans,
        );
      } catch (error) {
        outcome = lostAll(spans, 'export_failed', error instanceof Error ? error : new Error('exportSync() threw'));
      }
      this.#spansInFlight -= spans.length;
      this.#ledger.settle(outcome);
    }
    this.#finishFlushes();
  }

  /** Stores what is queued, if the exporter can, and counts the rest as lost. */
  abandonQueue(): void {
    this.exportAllSync();
    const { spans } = this.#queue.takeBatch(Infinity, Infinity);
    if (spans.length > 0) this.#ledger.loseAll('shutdown', spans);
    this.#finishFlushes();
  }

  /** Counts what is in flight as lost, and starts nothing more. */
  stop(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
    for (const batch of [...this.#inFlight]) batch.abandon();
  }

  settled(batch: BatchExport, outcome: ExportOutcome): void {
    this.#inFlight.delete(batch);
    this.#spansInFlight -= batch.size;
    for (const flush of this.#flushes) if (flush.covers(batch)) flush.note(outcome);
    this.#ledger.settle(outcome);
    this.#finishFlushes();
  }

  released(answered: boolean): void {
    this.#placesTaken -= 1;
    if (!answered) this.#unanswered += 1;
    this.#wake();
  }

  answeredLate(released: boolean): void {
    this.#ledger.lateResults += 1;
    if (released) this.#unanswered -= 1;
  }

  /** The more exports hang inside the exporter, the slower it gets new ones. */
  holdMillis(): number {
    return Math.min(MAX_TIMER_MILLIS, this.#options.exportTimeoutMillis * Math.min(MAX_HOLD, 1 + this.#unanswered));
  }

  #hasFullBatch(): boolean {
    return this.#queue.size >= this.#options.maxBatchSize || this.#queue.bytes >= this.#options.maxBatchBytes;
  }

  #isReady(): boolean {
    if (this.#placesTaken >= this.#options.maxConcurrentExports) return false;
    return this.#queue.oldestSequence <= this.#dueThrough || (!this.#options.syncFlush && this.#hasFullBatch());
  }

  #delayIsOver(): void {
    this.#timer = undefined;
    this.#dueThrough = this.#queue.lastSequence;
    this.#wake();
  }

  #wake(): void {
    if (this.#turn !== undefined || !this.#isReady()) return;
    this.#turn = setImmediate(() => {
      this.#turn = undefined;
      this.#startBatches();
      this.#wake();
    });
  }

  /** As many as there are places for, but an exporter encodes at once: after some time the application has its turn first. */
  #startBatches(): void {
    const end = performance.now() + TURN_MILLIS;
    while (this.#isReady()) {
      this.#startBatch();
      if (performance.now() >= end && this.#queue.size < this.#options.maxQueueSize / 2) return;
    }
  }

  #startBatch(): void {
    const { exporter, exportTimeoutMillis, maxBatchSize, maxBatchBytes } = this.#options;
    const batch = this.#queue.takeBatch(maxBatchSize, maxBatchBytes);
    const started = new BatchExport(batch, exporter, exportTimeoutMillis, this);
    this.#inFlight.add(started);
    this.#spansInFlight += started.size;
    this.#placesTaken += 1;
    started.start();
  }

  #finishFlushes(): void {
    for (const flush of this.#flushes) {
      if (this.#queue.oldestSequence <= flush.throughSequence) continue;
      let inFlight = false;
      for (const batch of this.#inFlight) inFlight ||= flush.covers(batch);
      if (inFlight) continue;
      this.#flushes.delete(flush);
      flush.finish();
    }
  }
}
