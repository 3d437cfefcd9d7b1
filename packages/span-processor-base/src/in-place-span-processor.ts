import type { FailureCounter } from './failure-counter.js';
import { overwrite } from './overwrite.js';
import type { ReadableSpanLike, SpanLike } from './span-like.js';
import type { SpanProcessorLike } from './span-processor-like.js';
import { warnOnce } from './warn-once.js';

/** What of a span is written anew: by name the whole of a member. */
export type SpanChanges = Partial<Pick<ReadableSpanLike, 'name' | 'attributes' | 'events' | 'links' | 'status'>>;

/**
 * Changes spans themselves, so that all processors of the provider see them changed. Stands in the place of the delegate.
 *
 * It works in `onEnding`, which runs for all processors before any `onEnd`. Where nobody calls that (SDK before 2.3), it
 * works in `onEnd`, when those before it in the list may have handed the span on already; that is said once.
 */
export class InPlaceSpanProcessor implements SpanProcessorLike {
  readonly #name: string;
  readonly #changesOf: (span: ReadableSpanLike) => SpanChanges | undefined;
  readonly #failures: FailureCounter;
  /** The span whose `onEnd` comes next, unless another one ends in between, which only means to look twice. */
  #ending: ReadableSpanLike | undefined;
  #knowsOnEnding = false;

  /**
   * @param name - of the stage, in the log line
   * @param failures - where a member that cannot be written is counted, as `overwrite`
   * @param changesOf - must not throw, and find nothing to change in a span that it has changed
   */
  constructor(name: string, failures: FailureCounter, changesOf: (span: ReadableSpanLike) => SpanChanges | undefined) {
    this.#name = name;
    this.#failures = failures;
    this.#changesOf = changesOf;
  }

  onStart(): void {}

  onEnding(span: SpanLike): void {
    this.#ending = span;
    this.#knowsOnEnding = true;
    this.#change(span);
  }

  onEnd(span: ReadableSpanLike): void {
    const isDone = this.#ending === span;
    this.#ending = undefined;
    if (isDone) return;
    if (!this.#knowsOnEnding) {
      warnOnce(
        `${this.#name} no-on-ending`,
        `${this.#name}: nothing calls \`onEnding\`, which SDK 2.3 and later do. Spans are changed in \`onEnd\`, too late ` +
          'for processors registered before it. Register it first, or give it a `delegate`.',
      );
    }
    this.#change(span);
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  #change(span: ReadableSpanLike): void {
    const changes = this.#changesOf(span);
    if (changes === undefined) return;
    for (const [key, value] of Object.entries(changes)) {
      if (!overwrite(span, key, value)) this.#failures.record('overwrite', new TypeError());
    }
  }
}
