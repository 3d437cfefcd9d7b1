import type { Context } from '@opentelemetry/api';
import { FailureCounter } from './failure-counter.js';
import { absorbRejection, promiseOf } from './never-throw.js';
import { expectSpanProcessor } from './options.js';
import type { ReadableSpanLike, SpanLike } from './span-like.js';
import type { SpanProcessorLike } from './span-processor-like.js';

/**
 * Stands in front of any span processor so that nothing it throws comes out of the application's `startSpan()` or `end()`.
 *
 * A span whose `onEnd` threw counts as lost: what the processor did with it before is unknown. `forceFlush()` and
 * `shutdown()` always return a promise, which rejects as the processor's does: whoever awaits them wants to know.
 */
export class GuardedSpanProcessor implements SpanProcessorLike {
  readonly #processor: SpanProcessorLike;
  readonly #failures: FailureCounter;

  /**
   * @param processor - The processor to guard.
   * @param name - Its name in log lines.
   * @throws OptionError when `processor` is not a span processor.
   */
  constructor(processor: SpanProcessorLike, name = 'SpanProcessor') {
    this.#processor = expectSpanProcessor('processor', processor);
    this.#failures = new FailureCounter(name, 'the application goes on, telemetry may be lost');
  }

  /** Failures since construction, by the method that failed. */
  stats(): { failures: Record<string, number> } {
    return { failures: this.#failures.byOperation() };
  }

  /** Tells the guarded processor. Never throws. */
  onStart(span: SpanLike, parentContext: Context): void {
    try {
      absorbRejection(this.#processor.onStart(span, parentContext), 'onStart', this.#failures);
    } catch (error) {
      this.#failures.record('onStart', error);
    }
  }

  /** Tells the guarded processor, if it wants to know. Never throws. */
  onEnding(span: SpanLike): void {
    try {
      absorbRejection(this.#processor.onEnding?.(span), 'onEnding', this.#failures);
    } catch (error) {
      this.#failures.record('onEnding', error);
    }
  }

  /** Tells the guarded processor. Never throws. */
  onEnd(span: ReadableSpanLike): void {
    try {
      absorbRejection(this.#processor.onEnd(span), 'onEnd', this.#failures);
    } catch (error) {
      this.#failures.record('onEnd', error);
    }
  }

  /** Rejects when the guarded processor rejects or throws. */
  forceFlush(): Promise<void> {
    return promiseOf(() => this.#processor.forceFlush());
  }

  /** Rejects when the guarded processor rejects or throws. */
  shutdown(): Promise<void> {
    return promiseOf(() => this.#processor.shutdown());
  }
}
