import type { Context } from '@opentelemetry/api';
import type { LogEnabledQuery, LogRecordLike, LogRecordProcessorLike } from '@genspan/redaction-span-processor';
import { FailureCounter } from '@genspan/span-processor-base';
import { settleAll } from './providers.js';

/** Hands every log record to several processors, in order; none of them can keep one from the others. */
export class FanOutLogRecordProcessor implements LogRecordProcessorLike {
  readonly #processors: readonly LogRecordProcessorLike[];
  readonly #failures = new FailureCounter('FanOutLogRecordProcessor', 'the other exporters get the log record');

  constructor(processors: readonly LogRecordProcessorLike[]) {
    this.#processors = processors;
  }

  onEmit(logRecord: LogRecordLike, context?: Context): void {
    for (const processor of this.#processors) {
      try {
        processor.onEmit(logRecord, context);
      } catch (error) {
        this.#failures.record('onEmit', error);
      }
    }
  }

  enabled(options: LogEnabledQuery): boolean {
    return this.#processors.some((processor) => processor.enabled?.(options) ?? true);
  }

  /** Rejects with the failures after all have finished. */
  forceFlush(): Promise<void> {
    return settleAll(this.#processors.map((processor) => processor.forceFlush()));
  }

  /** Rejects with the failures after all have finished. */
  shutdown(): Promise<void> {
    return settleAll(this.#processors.map((processor) => processor.shutdown()));
  }
}
