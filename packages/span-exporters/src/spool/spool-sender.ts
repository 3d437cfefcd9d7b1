import { withoutTracing } from '@genspan/span-processor-base';
import type { LossReason } from '@genspan/span-processor-base';
import { ExportError } from '../export-error.js';
import { asError } from '../export-losses.js';
import { encodeSpans } from '../otlp/encode-spans.js';
import type { OtlpPayload } from '../otlp/otlp-payload.js';
import { systemErrorCode } from '../system-error-code.js';
import type { ReceiverBackoff } from './receiver-backoff.js';
import type { MemoryBudget } from './memory-budget.js';
import type { DeliveryOutcome, PayloadDelivery } from './payload-delivery.js';
import type { PayloadDisposal } from './payload-disposal.js';
import type { PayloadQueue, PendingPayload } from './payload-queue.js';
import type { SpoolDirectory } from './spool-directory.js';
import { readSpoolFile } from './spool-file-access.js';
import type { SpoolLedger } from './spool-ledger.js';
import { splitPayload } from './split-payload.js';

/** What a sender works with. */
export interface SpoolSenderParts {
  readonly queue: PayloadQueue;
  readonly delivery: PayloadDelivery;
  readonly backoff: ReceiverBackoff;
  readonly directory: SpoolDirectory;
  readonly disposal: PayloadDisposal;
  readonly ledger: SpoolLedger;
  readonly memory: MemoryBudget;
  readonly maxConcurrentSends: number;
  readonly maxRequestBytes: number;
  /** Stores parts of a payload that was split; rejects when the disk fails. */
  store(payload: OtlpPayload, createdMillis: number): Promise<void>;
  /** Called whenever something has ended. */
  onChange(): void;
}

/** The system is short of something at the moment; the file itself is as good as before. */
const TRANSIENT_READ_ERRORS = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EBUSY', 'EINTR']);

/**
 * Sends what waits, the oldest first, several at once; one at a time while the receiver does not take anything. Decides what
 * becomes of each payload, and is the only one to do so.
 */
export class SpoolSender {
  readonly #parts: SpoolSenderParts;
  readonly #inFlight = new Set<PendingPayload>();
  /** On their way and only in memory when there was no time left: told as lost already. */
  readonly #abandoned = new WeakSet<PendingPayload>();
  #failedSends = 0;
  #isPumping = false;
  #mustPumpAgain = false;
  #isStopped = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: SpoolSenderParts) {
    this.#parts = parts;
  }

  /** Payloads on their way. */
  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Those of them that are stored nowhere. */
  inFlightInMemory(): PendingPayload[] {
    return [...this.#inFlight].filter((payload) => payload.folder === undefined && !this.#abandoned.has(payload));
  }

  /** Sendings that ended without the receiver's taking or refusing the payload, since construction. */
  get failedSends(): number {
    return this.#failedSends;
  }

  /** Takes what is on its way and stored nowhere for lost, whatever becomes of it. */
  abandon(reason: LossReason, error: Error): void {
    for (const payload of this.inFlightInMemory()) {
      this.#abandoned.add(payload);
      this.#parts.ledger.lost(reason, payload.file.spanCount, error, payload.onEnd);
    }
  }

  /** Sends what may be sent now; the rest later. Never throws. */
  pump(): void {
    this.#mustPumpAgain = true;
    if (this.#isPumping || this.#isStopped) return;
    this.#isPumping = true;
    withoutTracing(() => this.#pump())
      .catch((error: unknown) => {
        this.#parts.ledger.fileFailed('queue', error);
        this.#mustPumpAgain = false;
        this.#pumpIn(1_000);
      })
      .finally(() => {
        this.#isPumping = false;
        if (this.#mustPumpAgain) this.pump();
      });
  }

  /** Starts nothing any more. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #pump(): Promise<void> {
    const { backoff, directory, queue, maxConcurrentSends } = this.#parts;
    while (this.#mustPumpAgain) {
      this.#mustPumpAgain = false;
      for (;;) {
        if (this.#isStopped) return;
        // Another process may have taken the folders over while this one stood still.
        if (!directory.isSurelyOwner) await directory.look();
        if (this.#inFlight.size >= (backoff.failures > 0 ? 1 : maxConcurrentSends)) break;
        const wait = backoff.waitMillis();
        if (wait > 0) {
          this.#pumpIn(wait);
          break;
        }
        const next = await queue.takeNext();
        if (next === undefined) {
          const due = queue.nextDueMillis();
          if (due !== undefined) this.#pumpIn(Math.max(1, due - performance.now()));
          break;
        }
        this.#start(next);
      }
    }
  }

  #pumpIn(millis: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.pump(), Math.ceil(millis)).unref();
  }

  #start(payload: PendingPayload): void {
    this.#inFlight.add(payload);
    this.#send(payload)
      .catch((error: unknown) => {
        this.#parts.ledger.fileFailed('send', error);
        this.#putOff(payload, 0);
      })
      .finally(() => {
        this.#inFlight.delete(payload);
        this.#parts.onChange();
        this.pump();
      });
  }

  async #send(payload: PendingPayload): Promise<void> {
    const { backoff, delivery, ledger } = this.#parts;
    const { file } = payload;
    const bytes = payload.bytes ?? (await this.#read(payload));
    if (bytes === undefined) return;
    const startedAt = performance.now();
    if (payload.attempts > 0) ledger.counts.retried += 1;
    const outcome = await delivery.send({ encoding: file.encoding, bytes, spanCount: file.spanCount });
    if (outcome.kind === 'retry') {
      this.#failedSends += 1;
      backoff.failed(startedAt, outcome.afterMillis);
    } else backoff.succeeded(startedAt);
    await this.#settle(payload, bytes, outcome);
  }

  async #settle(payload: PendingPayload, bytes: Buffer, outcome: DeliveryOutcome): Promise<void> {
    if (this.#abandoned.has(payload)) return;
    const { ledger } = this.#parts;
    const { spanCount } = payload.file;
    switch (outcome.kind) {
      case 'delivered':
        ledger.counts.deliveredSpans += spanCount - outcome.rejectedSpans;
        ledger.lost('rejected', outcome.rejectedSpans, PARTIAL_SUCCESS, payload.onEnd);
        return this.#parts.disposal.delete(payload);
      case 'retry':
        ledger.sendFailed(outcome.failure, outcome.error);
        return this.#putOff(payload, outcome.afterMillis);
      case 'partly':
        return this.#keepRest(payload, outcome.refusedSpans, outcome.again);
      case 'tooLarge':
        return this.#split(payload, bytes, outcome.error);
      case 'refused':
        ledger.refused(outcome.failure, outcome.error);
        return this.#parts.disposal.refuse(payload, outcome.error);
      case 'undecodable':
        return this.#parts.disposal.loseCorrupt(payload, outcome.error);
    }
  }

  /** Reads a stored payload; `undefined` when it was dealt with because it cannot be sent. */
  async #read(payload: PendingPayload): Promise<Buffer | undefined> {
    const { file, folder } = payload;
    if (folder === undefined) return undefined;
    try {
      return await readSpoolFile(folder.path, file);
    } catch (error) {
      const code = systemErrorCode(error);
      if (TRANSIENT_READ_ERRORS.has(code)) {
        this.#parts.ledger.fileFailed('read', error);
        this.#putOff(payload, 0);
      } else if (code === 'ENOENT') {
        this.#parts.disposal.loseMissing(payload, asError(error));
      } else {
        await this.#parts.disposal.loseCorrupt(payload, asError(error));
      }
      return undefined;
    }
  }

  #putOff(payload: PendingPayload, afterMillis: number): void {
    const { backoff, memory, queue } = this.#parts;
    const attempts = payload.attempts + 1;
    const notBeforeMillis = performance.now() + Math.max(afterMillis, backoff.pauseMillis(attempts));
    const isStored = payload.folder !== undefined;
    // What is stored can be read again: memory is for what comes next.
    if (isStored && payload.bytes !== undefined) memory.giveBack(payload.bytes.length);
    queue.putOff({ ...payload, bytes: isStored ? undefined : payload.bytes, attempts, notBeforeMillis });
  }

  /** An exporter that took some of the spans: those that it may take later become a payload of their own. */
  async #keepRest(payload: PendingPayload, refused: number, again: Parameters<typeof encodeSpans>[0]): Promise<void> {
    const { ledger, maxRequestBytes } = this.#parts;
    const { encoding, spanCount } = payload.file;
    const { payloads, losses } = encodeSpans(again, { encoding, maxRequestBytes });
    const lost = refused + losses.reduce((sum, { count }) => sum + count, 0);
    try {
      for (const part of payloads) await this.#parts.store(part, payload.file.createdMillis);
    } catch (error) {
      ledger.writeFailed(error);
      return this.#putOff(payload, 0);
    }
    ledger.counts.deliveredSpans += spanCount - refused - again.length;
    ledger.lost('export_failed', lost, undefined, payload.onEnd);
    return this.#parts.disposal.delete(payload);
  }

  async #split(payload: PendingPayload, bytes: Buffer, error: Error): Promise<void> {
    const { ledger } = this.#parts;
    let parts: ReturnType<typeof splitPayload>;
    try {
      parts = splitPayload(bytes, payload.file.encoding);
    } catch (thrown) {
      return this.#parts.disposal.loseCorrupt(payload, asError(thrown));
    }
    if (parts === undefined) {
      ledger.refused('send 413', error);
      return this.#parts.disposal.refuse(payload, error);
    }
    try {
      for (const part of parts.payloads) await this.#parts.store(part, payload.file.createdMillis);
    } catch (thrown) {
      ledger.writeFailed(thrown);
      return this.#putOff(payload, 0);
    }
    ledger.counts.splitFiles += 1;
    ledger.counts.cutSpans += parts.cutSpans;
    return this.#parts.disposal.delete(payload);
  }
}

const PARTIAL_SUCCESS = new ExportError('The receiver refused spans of the request', { retryable: false });
