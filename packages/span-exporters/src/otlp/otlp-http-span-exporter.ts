import { EXPORT_FAILED, EXPORT_SUCCESS } from '@genspan/span-processor-base';
import type { DeliveryCounts, ExportResultLike, ReadableSpanLike, SpanLoss } from '@genspan/span-processor-base';
import { Deadline } from '../deadline.js';
import { ExportError, SHUT_DOWN, TIMED_OUT, isExportError, shutDownError } from '../export-error.js';
import { holdProcess } from '../hold-process.js';
import { encodeSpans } from './encode-spans.js';
import type { SpansEncoded } from './encode-spans.js';
import { parseOtlpHttpOptions } from './otlp-http-options.js';
import type { OtlpHttpSettings, OtlpHttpSpanExporterOptions } from './otlp-http-options.js';
import { OtlpHttpRequests } from './otlp-http-requests.js';
import type { EncodedSpans, OtlpEncoding, OtlpPayload, OtlpReceipt, OtlpSender } from './otlp-payload.js';

/** Requests of one batch that are under way at the same time. */
const CONCURRENT_REQUESTS = 4;
/** The status of a receiver that found a request too large. */
const TOO_LARGE = 413;

/** What the exporter did since construction. Spans taken = sent + rejected + failed. */
export interface OtlpHttpSpanExporterStats {
  /** Spans that the receiver took. */
  sentSpans: number;
  /** Spans that it refused within a request that it took: partial success. */
  rejectedSpans: number;
  /** Spans of failed requests, not encodable, or exported after shutdown. Whoever sends them again hands them over anew. */
  failedSpans: number;
  /** Spans that were too large for a request and were cut down to their envelope. */
  cutSpans: number;
  /** HTTP requests, repeated ones included. */
  requests: number;
  /** Requests of spans that had been sent before: on a connection that was closed, or in a request that was too large (413). */
  retried: number;
  /** Bytes of request bodies that were written whole, compressed if they are. */
  bytes: number;
  /** Answers that took everything and yet had something to say; their words are not kept. */
  warnings: number;
  /**
   * Failed requests by HTTP status, system error code, `timeout` or `headers`; and `rejected`, those of which some spans
   * were refused: `{ "503": 2, "ECONNREFUSED": 1 }`.
   */
  failures: Record<string, number>;
}

/**
 * Sends spans to an OTLP receiver over HTTP: a Collector, or any backend that speaks OTLP.
 *
 * What is different from the SDK's own exporters: one time limit over the whole exchange, whatever the receiver drips; a
 * request never keeps the process alive; what a receiver refuses is counted and reported; large batches are split. It sends
 * nothing again but a request on a kept connection that turned out to be closed and, in halves, one that was too large (413):
 * put a `RetryingSpanExporter` or a `SpoolingSpanExporter` in front of it.
 *
 * A failure is reported to the caller and said once per kind through `diag`. No message holds anything of the URL, a header,
 * an answer or a span.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export class OtlpHttpSpanExporter implements OtlpSender {
  /** The encoding in which it sends spans. */
  readonly encoding: OtlpEncoding;
  readonly #settings: OtlpHttpSettings;
  readonly #requests: OtlpHttpRequests;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #spans = { sentSpans: 0, rejectedSpans: 0, failedSpans: 0, cutSpans: 0 };
  #sentSmaller = 0;
  #shutdown: Promise<void> | undefined;

  /** @throws OptionError when an option is wrong. */
  constructor(options: OtlpHttpSpanExporterOptions = {}) {
    this.#settings = parseOtlpHttpOptions(options);
    this.#requests = new OtlpHttpRequests(this.#settings);
    this.encoding = this.#settings.encoding;
  }

  /** What was sent and what was not. */
  stats(): OtlpHttpSpanExporterStats {
    const { requests } = this.#requests.counts;
    const failures = this.#requests.failures.counts();
    return { ...this.#spans, requests, ...this.deliveryCounts(), warnings: this.#requests.warnings, failures };
  }

  deliveryCounts(): DeliveryCounts {
    const { retried, bytes } = this.#requests.counts;
    return { retried: retried + this.#sentSmaller, bytes };
  }

  /**
   * Sends the spans, in as many requests as their size asks for. The result comes when each is answered or has failed; its
   * `losses` are the spans that did not arrive. Which ones a receiver refused is not known, unless it was all. Never throws.
   */
  export(spans: readonly ReadableSpanLike[], resultCallback: (result: ExportResultLike) => void): void {
    const exported = this.#export(spans)
      .then(resultCallback)
      .catch(() => this.#requests.failures.record('resultCallback', 'The callback of an export threw'));
    this.#track(exported);
  }

  /**
   * Sends one payload in one request.
   *
   * @throws {ExportError} (rejects) when the receiver did not take it.
   */
  sendOtlp(payload: OtlpPayload): Promise<OtlpReceipt> {
    const sent = this.#sendOtlp(payload);
    this.#track(sent);
    return sent;
  }

  /** Resolves when what was exported is answered or has failed, and keeps the process alive until then. Never rejects. */
  async forceFlush(): Promise<void> {
    if (this.#underWay.size > 0) await holdProcess(Promise.allSettled(this.#underWay));
  }

  /** The same within `timeoutMillis`, after which what is still under way fails. Every export from now on fails. */
  shutdown(): Promise<void> {
    this.#shutdown ??= this.#end();
    return this.#shutdown;
  }

  async #end(): Promise<void> {
    const bound = new Deadline(this.#settings.timeoutMillis, shutDownError);
    bound.onEnd((error) => this.#requests.stop(error));
    await this.forceFlush();
    bound.end(shutDownError());
  }

  #track(work: Promise<unknown>): void {
    this.#underWay.add(work);
    const forget = (): boolean => this.#underWay.delete(work);
    work.then(forget, forget);
  }

  async #sendOtlp(payload: OtlpPayload): Promise<OtlpReceipt> {
    try {
      if (this.#shutdown !== undefined) throw shutDownError();
      const receipt = await this.#requests.send(payload);
      this.#countTaken(payload, receipt);
      return receipt;
    } catch (error) {
      this.#spans.failedSpans += payload.spanCount;
      throw error;
    }
  }

  async #export(spans: readonly ReadableSpanLike[]): Promise<ExportResultLike> {
    const losses = this.#shutdown === undefined ? await this.#exportSpans(spans) : [lossOf(spans, shutDownError())];
    const failures = losses.filter(({ reason }) => reason !== 'rejected');
    for (const { count } of failures) this.#spans.failedSpans += count;
    if (losses.length === 0) return { code: EXPORT_SUCCESS };
    const [failure] = failures;
    if (failure === undefined) return { code: EXPORT_SUCCESS, losses };
    return { code: EXPORT_FAILED, ...(failure.error && { error: failure.error }), losses };
  }

  async #exportSpans(spans: readonly ReadableSpanLike[]): Promise<readonly SpanLoss[]> {
    const { payloads, losses, cutSpans } = this.#encode(spans, this.#settings.maxRequestBytes);
    this.#spans.cutSpans += cutSpans;
    return [...losses, ...(await this.#deliverAll(payloads))];
  }

  #encode(spans: readonly ReadableSpanLike[], maxRequestBytes: number): SpansEncoded {
    return encodeSpans(spans, { encoding: this.encoding, maxRequestBytes });
  }

  async #deliverAll(payloads: readonly EncodedSpans[]): Promise<readonly SpanLoss[]> {
    const losses: SpanLoss[] = [];
    const waiting = payloads.values();
    const deliverNext = async (): Promise<void> => {
      for (const payload of waiting) losses.push(...(await this.#deliver(payload)));
    };
    await Promise.all(Array.from({ length: Math.min(CONCURRENT_REQUESTS, payloads.length) }, deliverNext));
    return losses;
  }

  async #deliver(payload: EncodedSpans): Promise<readonly SpanLoss[]> {
    try {
      const rejected = this.#countTaken(payload, await this.#requests.send(payload));
      if (rejected === 0) return [];
      const isAll = rejected === payload.spanCount;
      return [{ reason: 'rejected', count: rejected, ...(isAll && { spans: payload.spans }) }];
    } catch (error) {
      const failure = isExportError(error) ? error : new ExportError('The export failed', { retryable: false });
      const smaller = failure.status === TOO_LARGE ? this.#smaller(payload) : [];
      if (smaller.length === 0) return [lossOf(payload.spans, failure)];
      this.#sentSmaller += smaller.length;
      return this.#deliverAll(smaller);
    }
  }

  /** The same spans in halves; a single span as its envelope; nothing when there is nothing smaller. */
  #smaller({ spans, bytes }: EncodedSpans): readonly EncodedSpans[] {
    const { maxRequestBytes } = this.#settings;
    if (spans.length > 1) {
      const half = Math.ceil(spans.length / 2);
      const parts = [spans.slice(0, half), spans.slice(half)].map((part) => this.#encode(part, maxRequestBytes));
      // They could be encoded before; if one cannot be any more, none is sent.
      return parts.every(({ losses }) => losses.length === 0) ? parts.flatMap(({ payloads }) => payloads) : [];
    }
    return this.#envelope(spans, bytes.length);
  }

  #envelope(spans: readonly ReadableSpanLike[], refusedBytes: number): readonly EncodedSpans[] {
    const whole = this.#encode(spans, this.#settings.maxRequestBytes);
    // Then it was the envelope that the receiver found too large.
    if (whole.cutSpans > 0 || whole.payloads[0]?.bytes.length !== refusedBytes) return [];
    const cut = this.#encode(spans, Math.floor(refusedBytes / 2));
    this.#spans.cutSpans += cut.cutSpans;
    return cut.payloads;
  }

  /** @returns how many of them were refused */
  #countTaken(payload: OtlpPayload, { rejectedSpans }: OtlpReceipt): number {
    this.#spans.sentSpans += payload.spanCount - rejectedSpans;
    this.#spans.rejectedSpans += rejectedSpans;
    return rejectedSpans;
  }
}

function lossOf(spans: readonly ReadableSpanLike[], error: ExportError): SpanLoss {
  const reason = error.code === SHUT_DOWN ? 'shutdown' : error.code === TIMED_OUT ? 'timeout' : 'export_failed';
  return { reason, count: spans.length, spans, error };
}
