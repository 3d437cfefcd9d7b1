import type { Context } from '@opentelemetry/api';
import type { ReadableSpanLike, SpanExporterLike, SpanLike, SpanProcessorLike } from '@genspan/span-processor-base';

/**
 * A processor of the SDK together with its exporter, so that a flush is complete: the SDK's batch processor neither waits
 * for a batch already on its way nor tells the exporter to flush.
 */
export class ExportingSpanProcessor implements SpanProcessorLike {
  readonly #processor: SpanProcessorLike;
  readonly #exporter: SpanExporterLike;

  /** @param processor - hands its spans to `exporter`, and shuts it down */
  constructor(processor: SpanProcessorLike, exporter: SpanExporterLike) {
    this.#processor = processor;
    this.#exporter = exporter;
  }

  onStart(span: SpanLike, parentContext: Context): void {
    this.#processor.onStart(span, parentContext);
  }

  onEnd(span: ReadableSpanLike): void {
    this.#processor.onEnd(span);
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
