import type { ExportResultLike, ReadableSpanLike, SpanExporterLike } from '@genspan/span-processor-base';
import type { UnheldWork } from './unheld-work.js';

/**
 * Lets an exporter export so that its timers and connections do not keep the process alive: the SDK's hold it, and a
 * connection that is being made does whoever makes it.
 */
export class UnheldSpanExporter implements SpanExporterLike {
  readonly #exporter: SpanExporterLike;
  readonly #unheld: UnheldWork;
  readonly exportSync: NonNullable<SpanExporterLike['exportSync']> | undefined;
  readonly flushSync: NonNullable<SpanExporterLike['flushSync']> | undefined;
  readonly deliveryCounts: NonNullable<SpanExporterLike['deliveryCounts']> | undefined;

  constructor(exporter: SpanExporterLike, unheld: UnheldWork) {
    this.#exporter = exporter;
    this.#unheld = unheld;
    // An exporter has these, or is asked for nothing at exit.
    this.exportSync = exporter.exportSync?.bind(exporter);
    this.flushSync = exporter.flushSync?.bind(exporter);
    this.deliveryCounts = exporter.deliveryCounts?.bind(exporter);
  }

  export(spans: ReadableSpanLike[], resultCallback: (result: ExportResultLike) => void): void {
    this.#unheld.run(() => this.#exporter.export(spans, resultCallback));
  }

  async forceFlush(): Promise<void> {
    await this.#unheld.run(() => this.#exporter.forceFlush?.());
  }

  shutdown(): Promise<void> {
    return this.#unheld.run(() => this.#exporter.shutdown());
  }
}
