import {
  EXPORT_FAILED,
  EXPORT_SUCCESS,
  FailureCounter,
  OptionError,
  expectOptions,
  expectSpanExporter,
} from '@genspan/span-processor-base';
import type {
  DeliveryCounts,
  ExportResultLike,
  ReadableSpanLike,
  SpanExporterLike,
} from '@genspan/span-processor-base';
import { lossesOf } from './export-losses.js';
import { FanOutError } from './fan-out-error.js';
import { fanOutLosses } from './fan-out-losses.js';
import { FanOutMember } from './fan-out-member.js';
import type { FanOutMemberStats } from './fan-out-member.js';
import { guardedCallback } from './guarded-exporter.js';
import { expectTimerMillis } from './timer-millis.js';

/** Options of {@link FanOutSpanExporter}. */
export interface FanOutSpanExporterOptions {
  /** One or more exporters; each gets every batch. */
  exporters: readonly SpanExporterLike[];
  /**
   * How long each of them has for a batch, a flush and the shutdown, in milliseconds.
   * @defaultValue 30000
   */
  timeoutMillis?: number;
}

/**
 * Exports each batch to several exporters at once.
 *
 * The result comes when all have answered or their time is up, and is a success only if all took the batch. A span that one
 * of them lost is lost, once, however many lost it; one that a filter left out of some and the others took has arrived.
 * A failure is never retryable, or those that took the batch would get it twice: put retries, and all else that one of
 * them needs, inside, around that exporter.
 *
 * An exporter that fails, throws or hangs harms nobody else's delivery. One that let its time run out gets no batches
 * until it answers, but one now and then for a trial, so that the others do not wait for it each time.
 */
export class FanOutSpanExporter implements SpanExporterLike {
  /** There if one of the exporters has it. For those without, the spans count as lost. */
  readonly exportSync?: (spans: readonly ReadableSpanLike[]) => ExportResultLike;
  /** There if one of the exporters has it. */
  readonly flushSync?: () => void;
  readonly #failures = new FailureCounter('FanOutSpanExporter', 'the spans were exported all the same');
  readonly #members: readonly FanOutMember[];

  /** @throws OptionError when an option is wrong. */
  constructor(options: FanOutSpanExporterOptions) {
    const given = expectOptions(options, ['exporters', 'timeoutMillis']);
    const exporters = expectSpanExporters('exporters', given['exporters']);
    const timeoutMillis = expectTimerMillis('timeoutMillis', given['timeoutMillis'] ?? 30_000);
    this.#members = exporters.map((exporter, index) => new FanOutMember(index, exporter, timeoutMillis));
    if (exporters.some(({ exportSync }) => exportSync !== undefined))
      this.exportSync = (spans) => this.#exportSync(spans);
    if (exporters.some(({ flushSync }) => flushSync !== undefined)) {
      this.flushSync = () => this.#members.forEach((member) => member.flushSync());
    }
  }

  /** What became of the spans at each exporter, in the order of `exporters`. */
  stats(): FanOutMemberStats[] {
    return this.#members.map((member) => member.stats());
  }

  /** Hands each exporter an array of its own. Never throws. */
  export(spans: ReadableSpanLike[], resultCallback: (result: ExportResultLike) => void): void {
    const done = guardedCallback(resultCallback, this.#failures);
    if (spans.length === 0) return done({ code: EXPORT_SUCCESS });
    const batch = [...spans];
    const results = new Map<number, ExportResultLike>();
    this.#members.forEach((member, index) =>
      member.export(batch, (result) => {
        results.set(index, result);
        if (results.size < this.#members.length) return;
        done(
          resultOf(
            batch,
            this.#members.map((_, i) => results.get(i) ?? result),
          ),
        );
      }),
    );
  }

  /** Flushes all at once. Rejects with a {@link FanOutError} when all are done or out of time and some failed. */
  forceFlush(): Promise<void> {
    return this.#all('flush', (member) => member.forceFlush());
  }

  /** Shuts all down at once. Rejects with a {@link FanOutError} when all are done or out of time and some failed. */
  shutdown(): Promise<void> {
    return this.#all('shut down', (member) => member.shutdown());
  }

  /** The sum over the exporters. */
  deliveryCounts(): DeliveryCounts {
    let [retried, bytes] = [0, 0];
    for (const counts of this.#members.map((member) => member.deliveryCounts())) {
      retried += counts.retried;
      bytes += counts.bytes;
    }
    return { retried, bytes };
  }

  #exportSync(spans: readonly ReadableSpanLike[]): ExportResultLike {
    return resultOf(
      spans,
      this.#members.map((member) => member.exportSync(spans)),
    );
  }

  async #all(what: string, finish: (member: FanOutMember) => Promise<Error | undefined>): Promise<void> {
    const errors = await Promise.all(this.#members.map(finish));
    const failed = errors.flatMap((error, index) => (error === undefined ? [] : [{ index, error }]));
    if (failed.length > 0) throw new FanOutError(what, failed, errors.length);
  }
}

function expectSpanExporters(option: string, value: unknown): readonly SpanExporterLike[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new OptionError(option, 'to be an array of at least one span exporter', value);
  }
  return value.map((exporter, index) => expectSpanExporter(`${option}[${index}]`, exporter));
}

function resultOf(spans: readonly ReadableSpanLike[], results: readonly ExportResultLike[]): ExportResultLike {
  const failed = results.flatMap((result, index) => {
    const loss = lossesOf({ spans, result }).find(({ reason }) => reason !== 'filtered');
    if (result.code === EXPORT_SUCCESS && loss === undefined) return [];
    return [{ index, error: result.error ?? loss?.error ?? new Error('Failed without an error') }];
  });
  const error = new FanOutError('take the whole batch', failed, results.length);
  const losses = fanOutLosses(spans, results, error);
  if (failed.length > 0) return { code: EXPORT_FAILED, error, losses };
  return losses.length === 0 ? { code: EXPORT_SUCCESS } : { code: EXPORT_SUCCESS, losses };
}
