import type { Context } from '@opentelemetry/api';
import { GuardedSpanProcessor } from '@genspan/span-processor-base';
import type { ReadableSpanLike, SpanLike, SpanProcessorLike } from '@genspan/span-processor-base';

/** Hands every span to several processors, in order; none of them can keep a span from the others. */
export class FanOutSpanProcessor implements SpanProcessorLike {
  readonly #processors: readonly SpanProcessorLike[];

  constructor(processors: readonly SpanProcessorLike[]) {
    this.#processors = processors.map((processor) => new GuardedSpanProcessor(processor, 'FanOutSpanProcessor'));
  }

  onStart(span: SpanLike, parentContext: Context): void {
    for (const processor of this.#processors) processor.onStart(span, parentContext);
  }

  onEnding(span: SpanLike): void {
    for (const processor of this.#processors) processor.onEnding?.(span);
  }

  onEnd(span: ReadableSpanLike): void {
    for (const processor of this.#processors) processor.onEnd(span);
  }

  /** Rejects with the first failure after all have finished. */
  forceFlush(): Promise<void> {
    return allSettled(this.#processors.map((processor) => processor.forceFlush()));
  }

  /** Rejects with the first failure after all have finished. */
  shutdown(): Promise<void> {
    return allSettled(this.#processors.map((processor) => processor.shutdown()));
  }
}

async function allSettled(work: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason;
}
