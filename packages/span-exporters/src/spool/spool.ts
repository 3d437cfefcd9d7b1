import type { DeliveryCounts, SpanLoss } from '@genspan/span-processor-base';
import { withoutTracing } from '@genspan/span-processor-base';
import { ExportError } from '../export-error.js';
import type { OtlpPayload } from '../otlp/otlp-payload.js';
import { ReceiverBackoff } from './receiver-backoff.js';
import { ChangeSignal } from './change-signal.js';
import { MemoryBudget } from './memory-budget.js';
import { PayloadDelivery } from './payload-delivery.js';
import { PayloadDisposal } from './payload-disposal.js';
import { PayloadQueue } from './payload-queue.js';
import type { PendingPayload } from './payload-queue.js';
import { SpoolDirectory } from './spool-directory.js';
import type { SpoolFile } from './spool-file.js';
import type { SpoolFolder, SpoolTotals } from './spool-folder.js';
import { SpoolLedger } from './spool-ledger.js';
import { SpoolLimits } from './spool-limits.js';
import { SpoolSender } from './spool-sender.js';
import { SpoolWriter } from './spool-writer.js';
import type { SpoolingSettings } from './spooling-options.js';

/** Failures in a row after which a flush takes the receiver for unreachable. */
const UNREACHABLE_AFTER = 3;

/** Payloads between acceptance and delivery: the writer, the sender, and what they share. */
export class Spool {
  readonly ledger: SpoolLedger;
  readonly #memory: MemoryBudget;
  readonly #directory: SpoolDirectory;
  readonly #writer: SpoolWriter;
  readonly #queue: PayloadQueue;
  readonly #disposal: PayloadDisposal;
  readonly #limits: SpoolLimits;
  readonly #backoff: ReceiverBackoff;
  readonly #delivery: PayloadDelivery;
  readonly #sender: SpoolSender;
  readonly #change = new ChangeSignal();
  readonly #timer: NodeJS.Timeout;
  #tending: Promise<void> | undefined;
  #isShutDown = false;

  /** @throws OptionError when the directory cannot be written to. */
  constructor(settings: SpoolingSettings) {
    const ledger = new SpoolLedger(settings.onDrop);
    this.ledger = ledger;
    this.#memory = new MemoryBudget(settings.maxMemoryBytes);
    this.#directory = new SpoolDirectory(settings.directory, Math.ceil(settings.maxBytes / 8), {
      onRecovered: ({ files, spans }) => {
        ledger.counts.recoveredFiles += files;
        ledger.counts.recoveredSpans += spans;
      },
      onUnfinishedFiles: (count) => void (ledger.counts.unfinishedFiles += count),
      onStranger: () => void (ledger.counts.corruptFiles += 1),
      onMissing: ({ spans }) => ledger.lost('export_failed', spans, MISSING),
      onHandedOver: (folder) => this.#handOver(folder),
      onFailure: (operation, error) => ledger.fileFailed(operation, error),
    });
    this.#writer = new SpoolWriter(this.#directory, settings.fsync, {
      makeRoom: () => this.#limits.makeRoom(this.#writer.writingBytes),
      onStored: (...stored) => this.#onStored(...stored),
    });
    this.#queue = new PayloadQueue(this.#directory);
    this.#disposal = new PayloadDisposal(this.#directory, ledger, this.#memory);
    this.#limits = new SpoolLimits(
      { directory: this.#directory, queue: this.#queue, disposal: this.#disposal },
      settings,
    );
    this.#backoff = new ReceiverBackoff(settings.initialBackoffMillis, settings.maxBackoffMillis);
    this.#delivery = new PayloadDelivery(settings.exporter, settings.sendTimeoutMillis, ledger.calls);
    this.#sender = new SpoolSender({
      queue: this.#queue,
      delivery: this.#delivery,
      backoff: this.#backoff,
      directory: this.#directory,
      disposal: this.#disposal,
      ledger,
      memory: this.#memory,
      maxConcurrentSends: settings.maxConcurrentSends,
      maxRequestBytes: settings.maxRequestBytes,
      store: (payload, createdMillis) => this.#store(payload, createdMillis),
      onChange: () => this.#change.changed(),
    });
    this.#timer = setInterval(() => void this.#tend(), settings.scanIntervalMillis).unref();
    void this.#tend();
  }

  /** What waits or is on its way, stored or in memory. */
  get pending(): SpoolTotals {
    const { files, bytes, spans } = this.#directory.pending;
    const waiting = this.#queue.inMemory;
    const sent = this.#sender.inFlightInMemory().map(({ file }) => file);
    return {
      files,
      bytes: bytes + waiting.bytes + sent.reduce((sum, { byteLength }) => sum + byteLength, 0),
      spans: spans + waiting.spans + sent.reduce((sum, { spanCount }) => sum + spanCount, 0),
    };
  }

  /** Resolves when the payload is safe, or its end is known, with what was lost of it. Never rejects. */
  async accept(payload: OtlpPayload): Promise<readonly SpanLoss[]> {
    if (!this.#memory.take(payload.bytes.length)) {
      return [{ reason: 'queue_full', count: payload.spanCount, error: NO_MEMORY }];
    }
    const createdMillis = Date.now();
    try {
      await this.#writer.write({ payload, createdMillis, isNew: true });
      return [];
    } catch (error) {
      this.ledger.writeFailed(error);
      return await this.#keepInMemory(payload, createdMillis);
    }
  }

  /** Stores a payload before it returns. @throws the system's error. */
  storeSync(payload: OtlpPayload): void {
    this.#memory.takeAnyway(payload.bytes.length);
    try {
      this.#writer.writeSync({ payload, createdMillis: Date.now(), isNew: true });
    } catch (error) {
      this.#memory.giveBack(payload.bytes.length);
      this.ledger.writeFailed(error);
      throw error;
    }
  }

  /** Stores before it returns what is not stored yet. Never throws. */
  flushSync(): void {
    this.#writer.flushSync();
    for (const pending of this.#queue.takeInMemory()) {
      try {
        this.#writer.writeSync({ ...requestOf(pending), isNew: false });
        pending.onEnd?.([]);
      } catch (error) {
        this.ledger.writeFailed(error);
        this.#queue.addInMemory(pending);
      }
    }
    for (const { file, bytes } of this.#sender.inFlightInMemory()) {
      try {
        if (bytes !== undefined) this.#disposal.noteCopy(file, this.#writer.storeSync(file, bytes));
      } catch (error) {
        this.ledger.writeFailed(error);
      }
    }
  }

  /** Resolves when there is nothing more to wait for; see `SpoolingSpanExporter.forceFlush()`. Never rejects. */
  async flush(millis: number): Promise<void> {
    const end = performance.now() + millis;
    const failedBefore = this.#sender.failedSends;
    await this.#bounded(this.#tend(), 'look', millis);
    this.#backoff.endPause();
    this.#queue.endPauses();
    this.#sender.pump();
    for (;;) {
      const left = end - performance.now();
      if (left <= 0 || this.#isIdle()) break;
      const hasTried = this.#sender.failedSends > failedBefore && this.#backoff.failures >= UNREACHABLE_AFTER;
      if (this.#isSafe() && (hasTried || this.#backoff.askedMillis() > left)) break;
      await this.#change.next(left);
    }
    await this.#bounded(this.#delivery.exporter.forceFlush(), 'forceFlush', end - performance.now());
  }

  /** Flushes, and leaves the rest to others. Never rejects. */
  async shutdown(millis: number): Promise<void> {
    await this.flush(millis);
    clearInterval(this.#timer);
    this.#isShutDown = true;
    this.#sender.stop();
    await this.#bounded(this.#delivery.exporter.shutdown(), 'shutdown', millis);
    await this.#tending;
    for (const { file, onEnd } of this.#queue.takeInMemory()) {
      this.ledger.lost('shutdown', file.spanCount, AT_SHUTDOWN, onEnd);
    }
    this.#sender.abandon('shutdown', AT_SHUTDOWN);
    await this.#directory.release();
  }

  deliveryCounts(): DeliveryCounts {
    const { retried, bytes } = this.#delivery.exporter.deliveryCounts();
    return { retried: retried + this.ledger.counts.retried, bytes: bytes > 0 ? bytes : this.#delivery.sentBytes };
  }

  /** Nothing is only in memory. */
  #isSafe(): boolean {
    const isInMemory = this.#queue.inMemory.files > 0 || this.#sender.inFlightInMemory().length > 0;
    return this.#writer.isIdle && !isInMemory;
  }

  #isIdle(): boolean {
    return this.#isSafe() && this.#sender.inFlight === 0 && this.#directory.pending.files === 0;
  }

  /** What is done now and then: see who died, evict, try the disk again. One at a time; never rejects. */
  #tend(): Promise<void> {
    this.#tending ??= withoutTracing(() => this.#tendOnce())
      .catch((error: unknown) => this.ledger.fileFailed('look', error))
      .finally(() => {
        this.#tending = undefined;
        this.#change.changed();
      });
    return this.#tending;
  }

  async #tendOnce(): Promise<void> {
    if (this.#isShutDown) return;
    await this.#directory.look();
    await this.#disposal.deleteLeftovers();
    await this.#limits.evictOld();
    await this.#limits.makeRoom(this.#writer.writingBytes);
    await this.#storeMemory();
    this.#sender.pump();
  }

  #keepInMemory(payload: OtlpPayload, createdMillis: number): Promise<readonly SpanLoss[]> {
    this.ledger.counts.memorySpans += payload.spanCount;
    return new Promise((resolve) => {
      const file = this.#writer.describe(payload, createdMillis);
      const { bytes } = payload;
      this.#queue.addInMemory({ file, folder: undefined, bytes, attempts: 0, notBeforeMillis: 0, onEnd: resolve });
      this.#sender.pump();
    });
  }

  /** Tries the disk again with what had to stay in memory. */
  async #storeMemory(): Promise<void> {
    if (this.#writer.isPausing) return;
    let hasFailed = false;
    for (const pending of this.#queue.takeInMemory()) {
      if (!hasFailed) {
        try {
          await this.#writer.write({ ...requestOf(pending), isNew: false });
          pending.onEnd?.([]);
          continue;
        } catch (error) {
          this.ledger.writeFailed(error);
          hasFailed = true;
        }
      }
      this.#queue.addInMemory(pending);
    }
  }

  async #store(payload: OtlpPayload, createdMillis: number): Promise<void> {
    this.#memory.takeAnyway(payload.bytes.length);
    try {
      await this.#writer.write({ payload, createdMillis, isNew: false });
    } catch (error) {
      this.#memory.giveBack(payload.bytes.length);
      throw error;
    }
  }

  #onStored(folder: SpoolFolder, file: SpoolFile, bytes: Buffer, newSpans: number): void {
    this.ledger.counts.spooledSpans += newSpans;
    // Half of the memory stays free for what comes next.
    const isKept = folder.keepsNext && this.#memory.used * 2 <= this.#memory.limit;
    folder.add(file, isKept ? bytes : undefined);
    if (!isKept) this.#memory.giveBack(bytes.length);
    this.#change.changed();
    this.#sender.pump();
  }

  #handOver(folder: SpoolFolder): void {
    this.ledger.counts.handedOverSpans += folder.pending.spans;
    this.#queue.forget(folder);
  }

  /** Waits for an exporter's promise, but not for long. Never rejects. */
  async #bounded(work: Promise<void>, operation: string, millis: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.max(0, millis));
    });
    await Promise.race([work.catch((error: unknown) => this.ledger.calls.record(operation, error)), timeUp]);
    clearTimeout(timer);
  }
}

const NO_MEMORY = new ExportError('Too much waits to be stored', { retryable: true });
const MISSING = new ExportError('Files of the spool were deleted', { retryable: false });
const AT_SHUTDOWN = new ExportError('There was no time left, and the disk did not take the spans', {
  retryable: false,
});

/** A payload that is only in memory, as it was accepted. */
function requestOf({ file, bytes }: PendingPayload): { payload: OtlpPayload; createdMillis: number } {
  const { encoding, spanCount, createdMillis } = file;
  return { payload: { encoding, spanCount, bytes: bytes ?? Buffer.alloc(0) }, createdMillis };
}
