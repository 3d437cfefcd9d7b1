import type { ExportResultLike, ReadableSpanLike, SpanExporterLike } from '@genspan/span-processor-base';

/** An export that waits for the test to answer it. */
export interface OpenExport {
  readonly spans: readonly ReadableSpanLike[];
  readonly names: readonly string[];
  answer(result: unknown): void;
  succeed(): void;
  fail(message?: string): void;
}

/** What the exporter does with a batch; by default it waits for the test. */
export type ExportScript = (spans: ReadableSpanLike[], answer: (result: ExportResultLike) => void) => void;

/** An exporter that does what a test tells it, and remembers what it was given. */
export class ScriptedExporter implements SpanExporterLike {
  readonly exports: OpenExport[] = [];
  readonly calls: string[] = [];
  readonly #script: ExportScript | undefined;

  constructor(script?: ExportScript) {
    this.#script = script;
  }

  /** Names of all spans of all exports. */
  get names(): string[] {
    return this.exports.flatMap(({ names }) => names);
  }

  export(spans: ReadableSpanLike[], resultCallback: (result: ExportResultLike) => void): void {
    this.calls.push('export');
    const answer = (result: unknown): void => resultCallback(result as ExportResultLike);
    this.exports.push({
      spans: [...spans],
      names: spans.map(({ name }) => name),
      answer,
      succeed: () => answer({ code: 0 }),
      fail: (message = 'refused') => answer({ code: 1, error: new Error(message) }),
    });
    this.#script?.(spans, resultCallback);
  }

  forceFlush(): Promise<void> {
    this.calls.push('forceFlush');
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    this.calls.push('shutdown');
    return Promise.resolve();
  }
}

/** Takes everything at once. */
export const succeed: ExportScript = (_spans, answer) => answer({ code: 0 });
