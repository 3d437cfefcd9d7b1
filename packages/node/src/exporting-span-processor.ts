import type { Context } from '@opentelemetry/api';
import type { ReadableSpanLike, SpanExporterLike, SpanLike, SpanProcessorLike } from '@genspan/span-processor-base';
import type { UnheldWork } from './unheld-work.js';

/**
 * A processor of the SDK together with its exporter, so that a flush is complete (the SDK's batch processor neither waits
 * for a batch already on its way nor tells the exporter to flush) and exports do not keep the process alive.
 */
export class ExportingSpanProcessor implements SpanProcessorLike {
  readonly #processor: SpanProcessorLike;
  readonly #exporter: SpanExporterLike;
  readonly #unheld: UnheldWork;

  /** @param processor - hands its spans to `exporter`, and shuts it down */
  constructor(processor: SpanProcessorLike, exporter: SpanExporterLike, unheld: UnheldWork) {
    this.#processor = processor;
    this.#exporter = exporter;
    this.#unheld = unheld;
  }

  onStart(span: SpanLike, parentContext: Context): void {
    this.#processor.onStart(span, parentContext);
  }

  onEnd(span: ReadableSpanLike): void {
    // The first span of a batch starts the timer that exports it.
    this.#unheld.run(() => this.#processor.onEnd(span));
  }

  async forceFlush(): Promise<void> {
    try {
      await this.#processor.forceFlush();
    } finally {
      await this.#exporter.forceFlush?.();
    }
  }

  async shutdown(): Promise<void> {
    try {
      await this.#processor.shutdown();
    } finally {
      // The SDK's processors leave this out when the last export failed.
      await this.#exporter.shutdown();
    }
  }
}
