import { EXPORT_FAILED, EXPORT_SUCCESS, FailureCounter, sizeOfSpan } from '@genspan/span-processor-base';
import type { ExportResultLike, ReadableSpanLike, SpanExporterLike, SpanLoss } from '@genspan/span-processor-base';
import { ExportError } from '../export-error.js';
import { parseHtmlReportSpanExporterOptions } from './html-report-exporter-options.js';
import type {
  HtmlReportSpanExporterOptions,
  ParsedHtmlReportSpanExporterOptions,
} from './html-report-exporter-options.js';
import { ReportWriter } from './report-writer.js';
import type { ReportCounts, Reports } from './reports.js';
import { RunReport } from './run-report.js';
import { TraceReports } from './trace-reports.js';

/** What the exporter did since construction. `writtenSpans + waitingSpans + lostSpans` is what it was given. */
export interface HtmlReportSpanExporterStats extends ReportCounts {
  /** Failures by operation and system error code: `{ "write ENOSPC": 2 }`. */
  failures: Record<string, number>;
}

/**
 * Writes HTML pages that need nothing else: a page for each trace when its local root has ended, or one page of the run.
 *
 * A page shows all that is on the spans, content too, so redact before; its file has mode 0600. Whatever the spans hold, it
 * is text in the page and never markup, and the page can neither load nor send anything.
 *
 * Nothing throws or keeps the process alive. Spans are accepted when they wait for their local root, or for the next writing
 * of the page of a run; a page that cannot be written is told in the result where it was written for that batch, and counted
 * and said once through `diag` in any case. `forceFlush()` and `shutdown()` write what waits.
 */
export class HtmlReportSpanExporter implements SpanExporterLike {
  readonly #reports: Reports;
  readonly #failures = new FailureCounter('HtmlReportSpanExporter', 'these spans are in no page');
  #unreadableSpans = 0;
  #refusedSpans = 0;
  #shutdown: Promise<void> | undefined;

  /** @throws OptionError when an option is wrong, or the folder cannot be made or written to. */
  constructor(options: HtmlReportSpanExporterOptions) {
    this.#reports = createReports(parseHtmlReportSpanExporterOptions(options), this.#failures);
  }

  /** What was written, what waits, what was lost and what failed. */
  stats(): HtmlReportSpanExporterStats {
    const counts = this.#reports.counts();
    const lostSpans = counts.lostSpans + this.#unreadableSpans + this.#refusedSpans;
    return { ...counts, lostSpans, failures: this.#failures.byOperation() };
  }

  /** Takes the spans; the result comes when the pages that became ready with them are written. Never throws. */
  export(spans: ReadableSpanLike[], resultCallback: (result: ExportResultLike) => void): void {
    this.#take(spans, (readable) => this.#reports.take(readable))
      .then(resultCallback)
      .catch((error: unknown) => this.#failures.record('resultCallback', error));
  }

  /** Takes the spans and writes them, and everything that waits, before it returns. Never throws. */
  exportSync(spans: readonly ReadableSpanLike[]): ExportResultLike {
    if (this.#shutdown !== undefined) return this.#refuse(spans);
    const { readable, losses } = this.#readableOf(spans);
    try {
      return resultOf([...losses, ...this.#reports.takeSync(readable)]);
    } catch (error) {
      this.#failures.record('exportSync', error);
      return resultOf([{ reason: 'export_failed', count: spans.length, spans }]);
    }
  }

  /** Writes everything that waits before it returns. Never throws. */
  flushSync(): void {
    try {
      this.#reports.takeSync([]);
    } catch (error) {
      this.#failures.record('flushSync', error);
    }
  }

  /** Writes what waits; resolves when that is done or has failed. Never rejects. */
  async forceFlush(): Promise<void> {
    await this.#reports.flush().catch((error: unknown) => this.#failures.record('forceFlush', error));
  }

  /** The same for the last time, and every export after it fails. */
  shutdown(): Promise<void> {
    this.#shutdown ??= this.#reports.end().catch((error: unknown) => this.#failures.record('shutdown', error));
    return this.#shutdown;
  }

  async #take(
    spans: readonly ReadableSpanLike[],
    take: (readable: readonly ReadableSpanLike[]) => Promise<SpanLoss[]>,
  ): Promise<ExportResultLike> {
    if (this.#shutdown !== undefined) return this.#refuse(spans);
    try {
      const { readable, losses } = this.#readableOf(spans);
      return resultOf([...losses, ...(await take(readable))]);
    } catch (error) {
      this.#failures.record('export', error);
      return { code: EXPORT_FAILED, error: new ExportError('The spans could not be read', { retryable: false }) };
    }
  }

  #refuse(spans: readonly ReadableSpanLike[]): ExportResultLike {
    this.#refusedSpans += spans.length;
    return resultOf([{ reason: 'shutdown', count: spans.length, spans }]);
  }

  /** A span that throws when it is read must not cost the others their page. */
  #readableOf(spans: readonly ReadableSpanLike[]): { readable: readonly ReadableSpanLike[]; losses: SpanLoss[] } {
    const readable: ReadableSpanLike[] = [];
    const unreadable: ReadableSpanLike[] = [];
    for (const span of spans) (this.#isReadable(span) ? readable : unreadable).push(span);
    this.#unreadableSpans += unreadable.length;
    if (unreadable.length === 0) return { readable, losses: [] };
    const error = new ExportError('The spans could not be read', { retryable: false });
    return { readable, losses: [{ reason: 'encoding', count: unreadable.length, spans: unreadable, error }] };
  }

  #isReadable(span: ReadableSpanLike): boolean {
    try {
      const { traceId, spanId } = span.spanContext();
      return (
        sizeOfSpan(span) > 0 && typeof traceId === 'string' && typeof spanId === 'string' && span.startTime.length > 0
      );
    } catch (error) {
      this.#failures.record('read', error);
      return false;
    }
  }
}

function createReports(options: ParsedHtmlReportSpanExporterOptions, failures: FailureCounter): Reports {
  const { target, ...rest } = options;
  const writer = new ReportWriter(options, failures);
  if ('path' in target) return new RunReport({ ...rest, writer, path: () => target.path });
  const { per, directory } = target;
  if (per === 'trace') return new TraceReports({ ...rest, writer, directory });
  const startMillis = Date.now();
  return new RunReport({ ...rest, writer, path: () => directory.claim(startMillis, `run${process.pid}`) });
}

function resultOf(losses: readonly SpanLoss[]): ExportResultLike {
  if (losses.length === 0) return { code: EXPORT_SUCCESS };
  const error = losses.find((loss) => loss.error !== undefined)?.error;
  const told = error ?? new ExportError(`Some spans are in no page (${losses[0]?.reason})`, { retryable: false });
  return { code: EXPORT_FAILED, error: told, losses };
}
