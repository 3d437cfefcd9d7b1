import {
  EXPORT_SUCCESS,
  FailureCounter,
  expectFunction,
  expectOptions,
  expectSpanExporter,
} from '@genspan/span-processor-base';
import type {
  DeliveryCounts,
  ExportResultLike,
  ReadableSpanLike,
  SpanExporterLike,
} from '@genspan/span-processor-base';
import { lossOf, mergeResults } from './export-losses.js';
import { GuardedExporter, guardedCallback } from './guarded-exporter.js';

/** Options of {@link FilteringSpanExporter}. */
export interface FilteringSpanExporterOptions {
  /** The exporter that gets the spans the filter lets through. */
  exporter: SpanExporterLike;
  /**
   * Whether a span is exported, called once for each, on the path of export: it must be quick, and cannot be async. As with
   * `Array.filter()`, anything falsy leaves the span out. A filter that throws or returns a promise keeps it.
   */
  filter: (span: ReadableSpanLike) => boolean;
}

/** What the exporter did since construction. */
export interface FilteringSpanExporterStats {
  /** Spans handed to the exporter behind, whatever became of them there. */
  passedSpans: number;
  /** Spans that the filter left out. */
  filtered: number;
  /** Failures by operation: `filter` counts spans that were kept because it failed. */
  failures: Record<string, number>;
}

/**
 * Exports only the spans that a filter of the application's lets through.
 *
 * What it leaves out is told in the result, as losses for the reason `filtered`; the export succeeds all the same. A batch
 * of which nothing is left is not exported. Traces are filtered span by span, and so can lose their root: to keep or leave
 * whole traces, sample.
 */
export class FilteringSpanExporter implements SpanExporterLike {
  /** There if the exporter behind has it. */
  readonly exportSync?: (spans: readonly ReadableSpanLike[]) => ExportResultLike;
  /** There if the exporter behind has it. */
  readonly flushSync?: () => void;
  readonly #failures = new FailureCounter('FilteringSpanExporter', 'a filter that failed keeps the span');
  readonly #inner: GuardedExporter;
  readonly #filter: (span: ReadableSpanLike) => unknown;
  #passedSpans = 0;
  #filtered = 0;

  /** @throws OptionError when an option is wrong. */
  constructor(options: FilteringSpanExporterOptions) {
    const given = expectOptions(options, ['exporter', 'filter']);
    const exporter = expectSpanExporter('exporter', given['exporter']);
    this.#filter = expectFunction('filter', given['filter']);
    this.#inner = new GuardedExporter(exporter, this.#failures);
    if (exporter.exportSync !== undefined) this.exportSync = (spans) => this.#exportSync(spans);
    if (exporter.flushSync !== undefined) this.flushSync = () => this.#inner.flushSync();
  }

  /** What passed and what was left out. */
  stats(): FilteringSpanExporterStats {
    return { passedSpans: this.#passedSpans, filtered: this.#filtered, failures: this.#failures.byOperation() };
  }

  /** Exports what the filter lets through. Never throws. */
  export(spans: ReadableSpanLike[], resultCallback: (result: ExportResultLike) => void): void {
    const done = guardedCallback(resultCallback, this.#failures);
    const { passed, filtered } = this.#divide(spans);
    if (passed.length === 0) return done(filteredResult(filtered));
    this.#inner.export(passed, (result) => done(withFiltered(passed, result, filtered)));
  }

  /** Rejects when the exporter's does. */
  forceFlush(): Promise<void> {
    return this.#inner.forceFlush();
  }

  /** Rejects when the exporter's does. */
  shutdown(): Promise<void> {
    return this.#inner.shutdown();
  }

  /** What the exporter behind says. */
  deliveryCounts(): DeliveryCounts {
    return this.#inner.deliveryCounts();
  }

  #exportSync(spans: readonly ReadableSpanLike[]): ExportResultLike {
    const { passed, filtered } = this.#divide(spans);
    if (passed.length === 0) return filteredResult(filtered);
    return withFiltered(passed, this.#inner.exportSync(passed), filtered);
  }

  #divide(spans: readonly ReadableSpanLike[]): { passed: ReadableSpanLike[]; filtered: ReadableSpanLike[] } {
    const passed: ReadableSpanLike[] = [];
    const filtered: ReadableSpanLike[] = [];
    for (const span of spans) (this.#keeps(span) ? passed : filtered).push(span);
    this.#passedSpans += passed.length;
    this.#filtered += filtered.length;
    return { passed, filtered };
  }

  #keeps(span: ReadableSpanLike): boolean {
    try {
      const answer = this.#filter(span);
      if (typeof answer !== 'object' || answer === null || !('then' in answer)) return Boolean(answer);
      this.#failures.record('filter', new TypeError('A filter cannot be async'));
      // Its promise is nobody's: a rejection would end the process.
      Promise.resolve(answer).catch(() => {});
    } catch (error) {
      this.#failures.record('filter', error);
    }
    return true;
  }
}

function filteredResult(spans: readonly ReadableSpanLike[]): ExportResultLike {
  return spans.length === 0 ? { code: EXPORT_SUCCESS } : { code: EXPORT_SUCCESS, losses: [lossOf(spans, 'filtered')] };
}

function withFiltered(
  passed: readonly ReadableSpanLike[],
  result: ExportResultLike,
  filtered: readonly ReadableSpanLike[],
): ExportResultLike {
  if (filtered.length === 0) return result;
  return mergeResults([
    { spans: passed, result },
    { spans: filtered, result: filteredResult(filtered) },
  ]);
}
