import type { Context } from '@opentelemetry/api';
import { FailureCounter } from './failure-counter.js';
import { absorbRejection, promiseOf } from './never-throw.js';
import { expectSpanProcessor } from './options.js';
import type { ReadableSpanLike, SpanLike } from './span-like.js';
import type { SpanProcessorLike } from './span-processor-like.js';

/**
 * The base of every stage: a span processor that wraps the next one, its `delegate`.
 *
 * A stage overrides the `handle…` hooks and nothing else; each does nothing by default. The base calls the delegate and
 * catches whatever a hook or the delegate throws, so no stage can break the application's `startSpan()` or `end()`.
 *
 * The direction of failure is `handleFailure`: by default the span goes on as it came (fail open). A stage that must not
 * let a span through untouched overrides it with a replacement, or with `undefined` to drop the span (fail closed).
 */
export abstract class DelegatingSpanProcessor implements SpanProcessorLike {
  /** The next step. */
  protected readonly delegate: SpanProcessorLike;
  /** Counts what this stage and its delegate threw. */
  protected readonly failures: FailureCounter;
  #droppedByFailure = 0;
  #shutdown: Promise<void> | undefined;

  /**
   * @param name - The class's name, for log lines; given because minifiers change `constructor.name`.
   * @param delegate - The next step.
   * @throws OptionError when `delegate` is not a span processor.
   */
  protected constructor(name: string, delegate: SpanProcessorLike) {
    this.delegate = expectSpanProcessor('delegate', delegate);
    this.failures = new FailureCounter(name, 'the application goes on');
  }

  /** Runs `handleStart`, then tells the delegate. Never throws. */
  onStart(span: SpanLike, parentContext: Context): void {
    try {
      this.handleStart(span, parentContext);
    } catch (error) {
      this.failures.record('handleStart', error);
    }
    try {
      absorbRejection(this.delegate.onStart(span, parentContext), 'delegate.onStart', this.failures);
    } catch (error) {
      this.failures.record('delegate.onStart', error);
    }
  }

  /** Runs `handleEnding`, then tells the delegate, if it wants to know. Never throws. */
  onEnding(span: SpanLike): void {
    try {
      this.handleEnding(span);
    } catch (error) {
      this.failures.record('handleEnding', error);
    }
    try {
      absorbRejection(this.delegate.onEnding?.(span), 'delegate.onEnding', this.failures);
    } catch (error) {
      this.failures.record('delegate.onEnding', error);
    }
  }

  /** Hands what `handleEnd` returns to the delegate. Never throws. */
  onEnd(span: ReadableSpanLike): void {
    let next: ReadableSpanLike | undefined;
    try {
      next = this.handleEnd(span);
    } catch (error) {
      this.failures.record('handleEnd', error);
      next = this.#replacementOf(span);
    }
    if (next !== undefined) this.forward(next);
  }

  /** Hands on what is held, then flushes the delegate. */
  forceFlush(): Promise<void> {
    return this.#flushThen(() => this.delegate.forceFlush());
  }

  /** Hands on what is held, then shuts the delegate down. A second call returns the first one's promise. */
  shutdown(): Promise<void> {
    return (this.#shutdown ??= this.#flushThen(() => this.delegate.shutdown()));
  }

  /** Spans dropped because the stage failed on them, and failures by operation, since construction. */
  protected failureStats(): { droppedByFailure: number; failures: Record<string, number> } {
    return { droppedByFailure: this.#droppedByFailure, failures: this.failures.byOperation() };
  }

  /** Called when a span starts, before the delegate hears of it. */
  protected handleStart(_span: SpanLike, _parentContext: Context): void {}

  /** Called when a span is about to end and can still be written, before the delegate hears of it. */
  protected handleEnding(_span: SpanLike): void {}

  /**
   * Called when a span has ended. Returns what the delegate gets: the span itself, a `SpanView` of it, or `undefined` for
   * a span that is dropped or is held to be passed to `forward` later.
   */
  protected handleEnd(span: ReadableSpanLike): ReadableSpanLike | undefined {
    return span;
  }

  /** What the delegate gets when `handleEnd` threw; `undefined` drops the span, and it is counted. */
  protected handleFailure(span: ReadableSpanLike): ReadableSpanLike | undefined {
    return span;
  }

  /**
   * Called before the delegate's `forceFlush()` and `shutdown()`: forward whatever is held. On shutdown this must happen
   * before the first await, because sibling processors are shut down in the same tick.
   */
  protected handleFlush(): void | Promise<void> {}

  /** Hands an ended span to the delegate. Never throws. */
  protected forward(span: ReadableSpanLike): void {
    try {
      absorbRejection(this.delegate.onEnd(span), 'delegate.onEnd', this.failures);
    } catch (error) {
      this.failures.record('delegate.onEnd', error);
    }
  }

  #replacementOf(span: ReadableSpanLike): ReadableSpanLike | undefined {
    let replacement: ReadableSpanLike | undefined;
    try {
      replacement = this.handleFailure(span);
    } catch (error) {
      this.failures.record('handleFailure', error);
    }
    if (replacement === undefined) this.#droppedByFailure += 1;
    return replacement;
  }

  #flushThen(next: () => Promise<void>): Promise<void> {
    let flushed: void | Promise<void> = undefined;
    try {
      flushed = this.handleFlush();
    } catch (error) {
      this.failures.record('handleFlush', error);
    }
    if (flushed === undefined) return promiseOf(next);
    return flushed.catch((error: unknown) => this.failures.record('handleFlush', error)).then(next);
  }
}
