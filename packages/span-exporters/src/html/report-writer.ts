import { types } from 'node:util';
import { withoutTracing } from '@genspan/span-processor-base';
import type { FailureCounter } from '@genspan/span-processor-base';
import { ExportError } from '../export-error.js';
import { systemErrorCode } from '../system-error-code.js';
import { heldSpans } from './held-traces.js';
import type { HeldTrace } from './held-traces.js';
import { writeReportFile, writeReportFileSync } from './report-file.js';
import { reportPage } from './report-page.js';

/** A page to write. */
export interface ReportWrite {
  readonly path: string;
  readonly traces: readonly HeldTrace[];
  readonly leftOutTraces: number;
}

/** Writes pages one after the other, and keeps the count of which spans are in one. */
export class ReportWriter {
  readonly #page: { readonly title: string; readonly maxContentChars: number };
  readonly #failures: FailureCounter;
  #queue: Promise<unknown> = Promise.resolve();
  /** Goes up when everything is written at once: what is being written then is out of date. */
  #generation = 0;
  writtenSpans = 0;
  writtenPages = 0;

  constructor(page: { readonly title: string; readonly maxContentChars: number }, failures: FailureCounter) {
    this.#page = page;
    this.#failures = failures;
  }

  /**
   * Writes the page that `next` gives when the ones before are written; nothing where it gives none. Resolves with the error
   * of a page that could not be written; its spans then wait as before. Never rejects.
   */
  write(next: () => ReportWrite | undefined): Promise<ExportError | undefined> {
    const written = this.#queue.then(() => withoutTracing(() => this.#write(next)));
    this.#queue = written;
    return written;
  }

  /** Writes a page before it returns. What `write()` has under way is given up: call this for all pages that have spans waiting. */
  writeSync(next: () => ReportWrite): ExportError | undefined {
    this.#generation += 1;
    try {
      const write = next();
      for (const trace of write.traces) takeBack(trace);
      withoutTracing(() => writeReportFileSync(write.path, this.#pieces(write)));
      for (const trace of write.traces) trace.writing = trace.unwritten;
      this.#countWritten(write);
      for (const trace of write.traces) trace.unwritten = 0;
      return undefined;
    } catch (error) {
      return this.#failed(error);
    }
  }

  async #write(next: () => ReportWrite | undefined): Promise<ExportError | undefined> {
    const generation = this.#generation;
    let traces: readonly HeldTrace[] = [];
    try {
      const write = next();
      if (write === undefined) return undefined;
      ({ traces } = write);
      for (const trace of traces) {
        trace.writing = trace.unwritten;
        trace.unwritten = 0;
      }
      await writeReportFile(write.path, this.#pieces(write), () => generation === this.#generation);
      if (generation === this.#generation) this.#countWritten(write);
      return undefined;
    } catch (error) {
      // Whoever wrote everything at once meanwhile has told what became of it.
      if (generation !== this.#generation) return undefined;
      for (const trace of traces) takeBack(trace);
      return this.#failed(error);
    }
  }

  #pieces({ traces, leftOutTraces }: ReportWrite): Iterable<string> {
    // The spans as of now: more may come while the page is written.
    // Of traces that started in the same millisecond the one that was heard of last comes first.
    return reportPage({ ...this.#page, traces: traces.map(heldSpans).reverse(), leftOutTraces });
  }

  #countWritten({ traces }: ReportWrite): void {
    this.writtenPages += 1;
    for (const trace of traces) {
      this.writtenSpans += trace.writing;
      trace.writing = 0;
    }
  }

  #failed(error: unknown): ExportError {
    const code = systemErrorCode(error);
    this.#failures.record(`write ${code}`.trim(), error);
    const why = code || (types.isNativeError(error) ? error.name : 'unknown');
    return new ExportError(`The page could not be written (${why})`, { retryable: true, ...(code ? { code } : {}) });
  }
}

function takeBack(trace: HeldTrace): void {
  trace.unwritten += trace.writing;
  trace.writing = 0;
}
