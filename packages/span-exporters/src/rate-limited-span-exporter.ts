import { EXPORT_SUCCESS, FailureCounter, sizeOfSpan } from '@genspan/span-processor-base';
import type {
  DeliveryCounts,
  ExportResultLike,
  ReadableSpanLike,
  SpanExporterLike,
} from '@genspan/span-processor-base';
import { ExportError, shutDownError } from './export-error.js';
import { lostAll, mergeResults } from './export-losses.js';
import type { PartialResult } from './export-losses.js';
import { GuardedExporter, guardedCallback } from './guarded-exporter.js';
import { IdleGate } from './idle-gate.js';
import { isOtlpSender } from './otlp/otlp-payload.js';
import type { OtlpEncoding, OtlpPayload, OtlpReceipt, OtlpSender } from './otlp/otlp-payload.js';
import { parseRateLimitedOptions } from './rate-limited-options.js';
import type { RateLimitedSpanExporterOptions } from './rate-limited-options.js';
import { TokenBucket } from './token-bucket.js';
import { TokenQueue } from './token-queue.js';
import type { Admission } from './token-queue.js';

/** What the exporter did since construction. */
export interface RateLimitedSpanExporterStats {
  /** Spans handed to the exporter behind, whatever became of them there. */
  passedSpans: number;
  /** Spans lost for the limit: dropped, or refused because too much was waiting. */
  droppedSpans: number;
  /** Spans lost because they still waited when `shutdown()` had no time left, or came after it. */
  shutdownSpans: number;
  /** Exports, or parts of one, that had to wait. */
  delayedExports: number;
  /** Exports, or parts of one, that wait now. */
  waitingExports: number;
  /** Bytes that wait now. */
  waitingBytes: number;
  /** Failures by operation. */
  failures: Record<string, number>;
}

/**
 * Calls an exporter no more often than a token bucket allows.
 *
 * The limit holds over any time: at most `burst + rate × seconds`. It is kept at shutdown, too. What waits is part of the
 * export that waits: the time a processor gives an export should be longer than the limit can hold it back.
 *
 * `exportSync()` and `flushSync()`, for a process that exits now, store without regard to the limit.
 */
export class RateLimitedSpanExporter implements SpanExporterLike {
  /** There, as is `encoding`, if the exporter behind takes encoded spans. A payload is one export; it is never cut. */
  readonly sendOtlp?: (payload: OtlpPayload) => Promise<OtlpReceipt>;
  readonly encoding?: OtlpEncoding;
  /** There if the exporter behind has it, or can flush at exit. */
  readonly exportSync?: (spans: readonly ReadableSpanLike[]) => ExportResultLike;
  readonly flushSync?: () => void;
  readonly #failures = new FailureCounter('RateLimitedSpanExporter', 'these spans are counted as lost');
  readonly #inner: GuardedExporter;
  readonly #onLimit: 'wait' | 'drop';
  readonly #unit: 'exports' | 'spans';
  readonly #burst: number;
  readonly #flushTimeoutMillis: number;
  readonly #bucket: TokenBucket;
  readonly #queue: TokenQueue;
  readonly #waiting = new IdleGate();
  #passedSpans = 0;
  #droppedSpans = 0;
  #shutdownSpans = 0;
  #shutdown: Promise<void> | undefined;

  /** @throws OptionError when an option is wrong. */
  constructor(options: RateLimitedSpanExporterOptions) {
    const { exporter, rate, burst, onLimit, unit, maxWaitingBytes, flushTimeoutMillis } =
      parseRateLimitedOptions(options);
    this.#burst = burst;
    this.#onLimit = onLimit;
    this.#unit = unit;
    this.#flushTimeoutMillis = flushTimeoutMillis;
    this.#bucket = new TokenBucket(rate, burst);
    this.#queue = new TokenQueue(this.#bucket, maxWaitingBytes);
    this.#inner = new GuardedExporter(exporter, this.#failures);
    if (isOtlpSender(exporter)) {
      this.encoding = exporter.encoding;
      this.sendOtlp = (payload) => this.#send(exporter, payload);
    }
    if (exporter.exportSync !== undefined) this.exportSync = (spans) => this.#passSync(spans);
    if (exporter.exportSync !== undefined || exporter.flushSync !== undefined) this.flushSync = () => this.#flushSync();
  }

  /** Spans lost for the limit, since construction. */
  get droppedCount(): number {
    return this.#droppedSpans;
  }

  /** What passed, what waits and what was lost. */
  stats(): RateLimitedSpanExporterStats {
    return {
      passedSpans: this.#passedSpans,
      droppedSpans: this.#droppedSpans,
      shutdownSpans: this.#shutdownSpans,
      delayedExports: this.#queue.delayed,
      waitingExports: this.#queue.length,
      waitingBytes: this.#queue.waitingBytes,
      failures: this.#failures.byOperation(),
    };
  }

  /** Exports the spans when there are tokens for them. Never throws. */
  export(spans: ReadableSpanLike[], resultCallback: (result: ExportResultLike) => void): void {
    const done = guardedCallback(resultCallback, this.#failures);
    if (this.#shutdown !== undefined) return done(this.#lose(spans, 'shutdown'));
    const parts = this.#partsOf(spans);
    const results: PartialResult[] = [];
    const settle = (part: readonly ReadableSpanLike[], result: ExportResultLike): void => {
      if (results.push({ spans: part, result }) === parts.length) done(mergeResults(results));
    };
    if (parts.length === 0) return done({ code: EXPORT_SUCCESS });
    for (const { spans: part, isDropped } of parts) {
      if (isDropped) settle(part, this.#lose(part, 'rate_limit'));
      else if (this.#onLimit === 'drop') this.#pass(part, (result) => settle(part, result));
      else this.#wait(part, (result) => settle(part, result));
    }
  }

  /** Resolves when what waited has left; rejects if that takes longer than `flushTimeoutMillis`, or the exporter's own does. */
  async forceFlush(): Promise<void> {
    if (!(await this.#waiting.idle(this.#flushTimeoutMillis))) {
      throw new Error(
        `The rate limit still held back ${this.#queue.length} exports after ${this.#flushTimeoutMillis} ms`,
      );
    }
    await this.#inner.forceFlush();
  }

  /** Exports what waits, at the same rate, for at most `flushTimeoutMillis`; the rest is lost. Then shuts the exporter down. */
  shutdown(): Promise<void> {
    this.#shutdown ??= (async () => {
      await this.#waiting.idle(this.#flushTimeoutMillis);
      this.#queue.end('shutdown');
      await this.#inner.shutdown();
    })();
    return this.#shutdown;
  }

  /** What the exporter behind says. */
  deliveryCounts(): DeliveryCounts {
    return this.#inner.deliveryCounts();
  }

  /** Cuts a batch into what takes tokens together, and, where the limit drops, takes the tokens. */
  #partsOf(spans: readonly ReadableSpanLike[]): { spans: readonly ReadableSpanLike[]; isDropped: boolean }[] {
    const parts: { spans: readonly ReadableSpanLike[]; isDropped: boolean }[] = [];
    if (spans.length === 0) return parts;
    if (this.#onLimit === 'drop') {
      const kept =
        this.#unit === 'spans' ? this.#bucket.takeUpTo(spans.length) : this.#bucket.takeUpTo(1) * spans.length;
      if (kept > 0) parts.push({ spans: spans.slice(0, kept), isDropped: false });
      if (kept < spans.length) parts.push({ spans: spans.slice(kept), isDropped: true });
      return parts;
    }
    const size = this.#unit === 'spans' ? this.#burst : spans.length;
    for (let start = 0; start < spans.length; start += size) {
      parts.push({ spans: spans.slice(start, start + size), isDropped: false });
    }
    return parts;
  }

  #wait(spans: readonly ReadableSpanLike[], done: (result: ExportResultLike) => void): void {
    this.#request(
      this.#unit === 'spans' ? spans.length : 1,
      () => sizeOf(spans),
      (admission) => {
        if (admission === 'granted') this.#pass(spans, done);
        else if (admission === 'exit') done(this.#passSync(spans));
        else done(this.#lose(spans, admission));
      },
    );
  }

  /** Asks for tokens, and holds flushes until they are given or refused. */
  #request(cost: number, bytes: () => number, proceed: (admission: Admission) => void): void {
    if (this.#shutdown !== undefined) return proceed('shutdown');
    const leave = this.#waiting.enter();
    this.#queue.request({
      cost,
      bytes,
      proceed: (admission) => {
        proceed(admission);
        leave();
      },
    });
  }

  async #send(sender: OtlpSender, payload: OtlpPayload): Promise<OtlpReceipt> {
    const cost = this.#unit === 'spans' ? Math.max(1, payload.spanCount) : 1;
    const admission = await new Promise<Admission>((resolve) => {
      if (this.#onLimit === 'wait') this.#request(cost, () => payload.bytes.length, resolve);
      else resolve(this.#shutdown !== undefined ? 'shutdown' : this.#bucket.tryTake(cost) ? 'granted' : 'rate_limit');
    });
    if (admission !== 'granted') throw this.#countLost(payload.spanCount, admission);
    this.#passedSpans += payload.spanCount;
    return sender.sendOtlp(payload);
  }

  #pass(spans: readonly ReadableSpanLike[], done: (result: ExportResultLike) => void): void {
    this.#passedSpans += spans.length;
    this.#inner.export(spans, done);
  }

  #passSync(spans: readonly ReadableSpanLike[]): ExportResultLike {
    this.#passedSpans += spans.length;
    return this.#inner.exportSync(spans);
  }

  #flushSync(): void {
    this.#queue.end(this.exportSync === undefined ? 'shutdown' : 'exit');
    this.#inner.flushSync();
  }

  #lose(spans: readonly ReadableSpanLike[], reason: 'rate_limit' | 'shutdown'): ExportResultLike {
    return lostAll(spans, reason, this.#countLost(spans.length, reason));
  }

  /** What the limit refuses is not to be tried again: that is what it is there for. */
  #countLost(count: number, admission: Exclude<Admission, 'granted'>): ExportError {
    if (admission === 'rate_limit') {
      this.#droppedSpans += count;
      return new ExportError('The rate limit was reached', { retryable: false });
    }
    this.#shutdownSpans += count;
    return shutDownError();
  }
}

/** Bytes of memory; a span that cannot be read counts for little, and fails where it is encoded. */
function sizeOf(spans: readonly ReadableSpanLike[]): number {
  let bytes = 0;
  for (const span of spans) {
    try {
      bytes += sizeOfSpan(span);
    } catch {
      bytes += 1_000;
    }
  }
  return bytes;
}
