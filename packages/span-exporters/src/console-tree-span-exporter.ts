import {
  EXPORT_FAILED,
  EXPORT_SUCCESS,
  FailureCounter,
  OptionError,
  expectBoolean,
  expectInteger,
  expectOptions,
  hasMethods,
} from '@genspan/span-processor-base';
import type { ExportResultLike, ReadableSpanLike, SpanExporterLike } from '@genspan/span-processor-base';
import { createConsoleTheme } from './console-theme.js';
import { renderTrace } from './render-trace.js';
import type { RenderOptions } from './render-trace.js';
import { StreamWriter } from './stream-writer.js';
import type { ConsoleStream } from './stream-writer.js';
import { TraceBuffer } from './trace-buffer.js';
import type { CollectedTrace } from './trace-buffer.js';

/** Options of {@link ConsoleTreeSpanExporter}. */
export interface ConsoleTreeSpanExporterOptions {
  /**
   * Where to print.
   * @defaultValue `process.stdout`
   */
  stream?: ConsoleStream;
  /**
   * Whether to print in colour.
   * @defaultValue `true` if `stream` is a terminal that says it has colours (Node honours `NO_COLOR` and `FORCE_COLOR` there)
   */
  color?: boolean;
  /**
   * Whether to print content: messages, tool arguments and results, queries, messages of exceptions.
   * @defaultValue `false`
   */
  verbose?: boolean;
  /**
   * With `verbose`, characters printed of each text: each part of the last 20 messages, each argument, each result.
   * @defaultValue 1000
   */
  maxContentChars?: number;
  /**
   * Traces that may wait for their local root; with more, the one that has been quiet longest is printed as it is.
   * @defaultValue 100
   */
  maxTraces?: number;
  /**
   * Spans that may wait, in all traces together.
   * @defaultValue 10000
   */
  maxSpans?: number;
  /**
   * Milliseconds without a new span after which a trace is printed without its local root.
   * @defaultValue 60000
   */
  waitMillis?: number;
}

/** What the exporter did since construction. */
export interface ConsoleTreeSpanExporterStats {
  /** Spans printed. */
  printedSpans: number;
  /** Spans waiting for their local root. */
  waitingSpans: number;
  /** Failures by operation. */
  failures: Record<string, number>;
}

/**
 * Prints each trace as a tree when its local root has ended: durations, a timeline, models, tokens, errors, totals.
 *
 * Without `verbose` it prints names, numbers and identifiers only, and the status message of a failed span, cut at 200
 * characters. Control characters and escape sequences in a span's strings never reach the terminal. Spans that end after
 * their root are printed when they come. `forceFlush()` and `shutdown()` print what waits. Nothing throws or keeps the
 * process alive; a stream that fails is counted and said once through `diag`.
 */
export class ConsoleTreeSpanExporter implements SpanExporterLike {
  readonly #writer: StreamWriter;
  readonly #buffer: TraceBuffer;
  readonly #stream: ConsoleStream;
  readonly #render: Omit<RenderOptions, 'columns'>;
  readonly #waitMillis: number;
  readonly #failures = new FailureCounter('ConsoleTreeSpanExporter', 'these spans are not printed');
  #printedSpans = 0;
  #timer: NodeJS.Timeout | undefined;
  #isShutdown = false;

  /** @throws OptionError when an option is wrong. */
  constructor(options: ConsoleTreeSpanExporterOptions = {}) {
    const given = expectOptions(options, OPTION_NAMES);
    const stream = expectStream(given['stream'] ?? process.stdout);
    this.#stream = stream;
    this.#writer = new StreamWriter(stream, (error) => this.#failures.record('write', error));
    this.#waitMillis = expectInteger('waitMillis', given['waitMillis'] ?? 60_000);
    this.#buffer = new TraceBuffer({
      maxTraces: expectInteger('maxTraces', given['maxTraces'] ?? 100),
      maxSpans: expectInteger('maxSpans', given['maxSpans'] ?? 10_000),
      waitMillis: this.#waitMillis,
    });
    this.#render = {
      theme: createConsoleTheme(expectBoolean('color', given['color'] ?? hasColors(stream))),
      verbose: expectBoolean('verbose', given['verbose'] ?? false),
      maxContentChars: expectInteger('maxContentChars', given['maxContentChars'] ?? 1_000),
    };
  }

  /** What was printed, what waits and what failed. */
  stats(): ConsoleTreeSpanExporterStats {
    return {
      printedSpans: this.#printedSpans,
      waitingSpans: this.#buffer.spanCount,
      failures: this.#failures.byOperation(),
    };
  }

  /** Takes the spans and prints the traces that are ready. Never throws. */
  export(spans: ReadableSpanLike[], resultCallback: (result: ExportResultLike) => void): void {
    const error = this.#export(spans);
    try {
      resultCallback(error === undefined ? { code: EXPORT_SUCCESS } : { code: EXPORT_FAILED, error });
    } catch (thrown) {
      this.#failures.record('resultCallback', thrown);
    }
  }

  /** Prints what waits for its root; resolves when the stream has it. Never rejects. */
  async forceFlush(): Promise<void> {
    this.#print(this.#buffer.takeAll());
    await this.#writer.idle();
  }

  /** The same, and every export after it fails. */
  async shutdown(): Promise<void> {
    this.#isShutdown = true;
    clearTimeout(this.#timer);
    await this.forceFlush();
  }

  #export(spans: readonly ReadableSpanLike[]): Error | undefined {
    if (this.#isShutdown) return new Error('The exporter is shut down');
    try {
      this.#print(this.#buffer.add(spans, Date.now()));
      this.#startTimer();
      return undefined;
    } catch (error) {
      this.#failures.record('export', error);
      return new Error('The spans could not be read');
    }
  }

  #print(traces: readonly CollectedTrace[]): void {
    const options = { ...this.#render, columns: this.#stream.columns };
    for (const trace of traces) {
      try {
        this.#writer.write(renderTrace(trace, options));
        this.#printedSpans += trace.spans.length;
      } catch (error) {
        this.#failures.record('render', error);
      }
    }
  }

  /** One timer while something waits. It does not keep the process alive: what waits at exit is printed by shutdown(). */
  #startTimer(): void {
    if (this.#timer !== undefined || this.#buffer.spanCount === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#print(this.#buffer.takeOverdue(Date.now()));
      this.#startTimer();
    }, this.#waitMillis);
    this.#timer.unref();
  }
}

const OPTION_NAMES = ['stream', 'color', 'verbose', 'maxContentChars', 'maxTraces', 'maxSpans', 'waitMillis'];

function expectStream(value: unknown): ConsoleStream {
  if (isStream(value)) return value;
  throw new OptionError('stream', 'to be a writable stream', value);
}

function isStream(value: unknown): value is ConsoleStream {
  return hasMethods(value, ['write', 'on', 'removeListener']);
}

function hasColors(stream: ConsoleStream): boolean {
  return stream.isTTY === true && (stream.hasColors?.() ?? true);
}
