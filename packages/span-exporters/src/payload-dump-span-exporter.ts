import { FailureCounter } from '@genspan/span-processor-base';
import type {
  DeliveryCounts,
  ExportResultLike,
  ReadableSpanLike,
  SpanExporterLike,
  SpanLoss,
} from '@genspan/span-processor-base';
import { asError, lossesOf } from './export-losses.js';
import { GuardedExporter, guardedCallback } from './guarded-exporter.js';
import { IdleGate } from './idle-gate.js';
import { encodeSpans } from './otlp/encode-spans.js';
import { isOtlpSender } from './otlp/otlp-payload.js';
import type { OtlpEncoding, OtlpPayload, OtlpReceipt, OtlpSender } from './otlp/otlp-payload.js';
import { PayloadDirectory } from './payload-directory.js';
import { parsePayloadDumpOptions } from './payload-dump-options.js';
import type { PayloadDumpSpanExporterOptions } from './payload-dump-options.js';

/** How long a flush waits, after that of the exporter behind, for results that are still missing. */
const MAX_RESULT_WAIT_MILLIS = 1_000;
/** How long a flush waits for the disk. */
const MAX_DISK_WAIT_MILLIS = 10_000;

/** Spans that were lost before they came to an exporter: what the `onDrop` of a `BufferedSpanProcessor` is told. */
export interface DroppedSpans {
  readonly reason: string;
  readonly count: number;
  readonly spans?: readonly ReadableSpanLike[] | undefined;
}

/** What was written since construction, in both directories together. */
export interface PayloadDumpSpanExporterStats {
  /** Files written. */
  writtenFiles: number;
  /** Bytes written. */
  writtenBytes: number;
  /** Files deleted to make room. */
  deletedFiles: number;
  /** Files not written: the disk failed, too much was waiting for it, or the payload is larger than a directory may be. */
  skippedFiles: number;
  /** Failures by operation and system error code: `{ "write ENOSPC": 2 }`. */
  failures: Record<string, number>;
}

/**
 * Exports, and keeps what was sent as files, for the hour in which somebody must see it.
 *
 * A file is one OTLP request, as `curl --data-binary @FILE` can send it. Its name says when, by which process, and why the
 * spans were lost, or `ok`: `2026-11-22T06-40-12.345Z-4711-000042-export_failed.json`. `failedDirectory` gets each lost span
 * once: of a batch that arrived in part only the rest, if the result names it, and not what a filter left out.
 *
 * Put it outermost, around retries and spool: it then sees how an export ended. Files have mode 0600 and hold what is
 * exported, redacted as the spans are and no further. The result of an export is never touched, whatever the disk does.
 */
export class PayloadDumpSpanExporter implements SpanExporterLike {
  /** There, as is `encoding`, if the exporter behind takes encoded spans. */
  readonly sendOtlp?: (payload: OtlpPayload) => Promise<OtlpReceipt>;
  /** The encoding of the exporter behind, not of the files. */
  readonly encoding?: OtlpEncoding;
  /** There if the exporter behind has it. The files are written before it returns. */
  readonly exportSync?: (spans: readonly ReadableSpanLike[]) => ExportResultLike;
  readonly #failures = new FailureCounter('PayloadDumpSpanExporter', 'there is no file of this payload');
  readonly #inner: GuardedExporter;
  readonly #fileEncoding: OtlpEncoding;
  readonly #failed: PayloadDirectory | undefined;
  readonly #all: PayloadDirectory | undefined;
  readonly #exports = new IdleGate();
  /** A span of a failed export is told to `onDrop`, too. */
  readonly #dumped = new WeakSet<ReadableSpanLike>();

  /** @throws OptionError when an option is wrong, or a directory cannot be made or written to. */
  constructor(options: PayloadDumpSpanExporterOptions) {
    const { exporter, failedDirectory, allDirectory, encoding, ...limits } = parsePayloadDumpOptions(options);
    const onFailure = (operation: string, error: unknown) => this.#failures.record(operation, error);
    const directory = (path: string | undefined) =>
      path === undefined ? undefined : new PayloadDirectory({ path, onFailure, ...limits });
    this.#fileEncoding = encoding;
    this.#failed = directory(failedDirectory);
    this.#all = directory(allDirectory);
    this.#inner = new GuardedExporter(exporter, this.#failures);
    if (isOtlpSender(exporter)) {
      this.encoding = exporter.encoding;
      this.sendOtlp = (payload) => this.#send(exporter, payload);
    }
    if (exporter.exportSync !== undefined) this.exportSync = (spans) => this.#exportSync(spans);
  }

  /** What was written. */
  stats(): PayloadDumpSpanExporterStats {
    const counts = [this.#failed, this.#all].map((directory) => directory?.counts());
    const sum = (key: 'writtenFiles' | 'writtenBytes' | 'deletedFiles' | 'skippedFiles') =>
      counts.reduce((total, each) => total + (each?.[key] ?? 0), 0);
    return {
      writtenFiles: sum('writtenFiles'),
      writtenBytes: sum('writtenBytes'),
      deletedFiles: sum('deletedFiles'),
      skippedFiles: sum('skippedFiles'),
      failures: this.#failures.byOperation(),
    };
  }

  /** Exports; when the result is there, the files are written. Never throws. */
  export(spans: ReadableSpanLike[], resultCallback: (result: ExportResultLike) => void): void {
    const done = guardedCallback(resultCallback, this.#failures);
    const batch = [...spans];
    const leave = this.#exports.enter();
    this.#inner.export(batch, (result) => {
      this.#safely(() => this.#dump(batch, result, 'add'));
      done(result);
      leave();
    });
  }

  /** Writes spans to `failedDirectory` that never came to the exporter; those it has written are not repeated. Never throws. */
  dumpDropped(drop: DroppedSpans): void {
    this.#safely(() => this.#dumpLost(drop.reason, drop.spans ?? [], 'add'));
  }

  /** Resolves when the exporter behind has flushed and the files are written. Rejects when the exporter's does. */
  forceFlush(): Promise<void> {
    return this.#finish(this.#inner.forceFlush());
  }

  /** Resolves when the exporter behind is shut down and the files are written. Rejects when the exporter's does. */
  shutdown(): Promise<void> {
    return this.#finish(this.#inner.shutdown());
  }

  /** Passes on, and writes the files that wait before it returns. */
  flushSync(): void {
    this.#inner.flushSync();
    this.#failed?.flushSync();
    this.#all?.flushSync();
  }

  /** What the exporter behind says. */
  deliveryCounts(): DeliveryCounts {
    return this.#inner.deliveryCounts();
  }

  async #finish(work: Promise<void>): Promise<void> {
    const [outcome] = await Promise.allSettled([work]);
    await this.#exports.idle(MAX_RESULT_WAIT_MILLIS);
    await Promise.all([this.#failed?.idle(MAX_DISK_WAIT_MILLIS), this.#all?.idle(MAX_DISK_WAIT_MILLIS)]);
    if (outcome.status === 'rejected') throw outcome.reason;
  }

  #exportSync(spans: readonly ReadableSpanLike[]): ExportResultLike {
    const result = this.#inner.exportSync(spans);
    this.#safely(() => this.#dump(spans, result, 'addSync'));
    return result;
  }

  async #send(sender: OtlpSender, payload: OtlpPayload): Promise<OtlpReceipt> {
    const leave = this.#exports.enter();
    try {
      const receipt = await sender.sendOtlp(payload);
      if (receipt.rejectedSpans > 0) this.#failed?.add('rejected', payload);
      this.#all?.add(receipt.rejectedSpans > 0 ? 'rejected' : 'ok', payload);
      return receipt;
    } catch (error) {
      this.#failed?.add('export_failed', payload);
      this.#all?.add('export_failed', payload);
      throw asError(error);
    } finally {
      leave();
    }
  }

  /** What is written never decides how an export ends. */
  #safely(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#failures.record('dump', error);
    }
  }

  #dump(spans: readonly ReadableSpanLike[], result: ExportResultLike, add: 'add' | 'addSync'): void {
    const losses = lossesOf({ spans, result }).filter(({ reason, count }) => reason !== 'filtered' && count > 0);
    this.#write(this.#all, losses[0]?.reason ?? 'ok', spans, add);
    // Where only their number is known, any of them may be lost.
    const unnamed = losses.find((loss) => loss.spans === undefined);
    if (unnamed !== undefined) return this.#dumpLost(unnamed.reason, spans, add);
    for (const [reason, lost] of spansByReason(losses)) this.#dumpLost(reason, lost, add);
  }

  #dumpLost(reason: string, spans: readonly ReadableSpanLike[], add: 'add' | 'addSync'): void {
    if (this.#failed === undefined || reason === 'filtered') return;
    const lost = spans.filter((span) => !this.#dumped.has(span));
    for (const span of lost) this.#dumped.add(span);
    this.#write(this.#failed, reason, lost, add);
  }

  #write(
    directory: PayloadDirectory | undefined,
    reason: string,
    spans: readonly ReadableSpanLike[],
    add: 'add' | 'addSync',
  ): void {
    if (directory === undefined || spans.length === 0) return;
    const { payloads, losses } = encodeSpans(spans, { encoding: this.#fileEncoding, maxRequestBytes: Infinity });
    for (const { error } of losses) this.#failures.record('encode', error);
    for (const payload of payloads) directory[add](reason, payload);
  }
}

function spansByReason(losses: readonly SpanLoss[]): Map<string, ReadableSpanLike[]> {
  const spans = new Map<string, ReadableSpanLike[]>();
  for (const { reason, spans: lost = [] } of losses) spans.set(reason, [...(spans.get(reason) ?? []), ...lost]);
  return spans;
}
