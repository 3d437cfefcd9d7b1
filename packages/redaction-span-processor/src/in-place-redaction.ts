import type { ReadableSpanLike, SpanLike, SpanProcessorLike } from '@genspan/span-processor-base';
import { blankParts } from './blanked-span.js';
import { overwrite } from './overwrite.js';
import { redactSpan } from './redact-span.js';
import type { RedactedParts } from './redact-span.js';
import type { Redaction } from './redaction.js';
import { warnOnce } from './warn-once.js';

const NO_ON_ENDING =
  'RedactionSpanProcessor: nothing calls `onEnding`, which SDK 2.3 and later do. Spans are redacted in `onEnd`, too late ' +
  'for processors registered before it. Register it first, or give it a `delegate`.';

/**
 * Redacts spans themselves, so that all processors of the provider see them redacted.
 *
 * It works in `onEnding`, which runs for all processors before any `onEnd`. Where nobody calls that (SDK before 2.3), it
 * works in `onEnd`, when those before it in the list may have handed the span on already.
 */
export class InPlaceRedaction implements SpanProcessorLike {
  readonly #redaction: Redaction;
  /** The span whose `onEnd` comes next, unless another one ends in between, which only means to look twice. */
  #ending: ReadableSpanLike | undefined;
  #knowsOnEnding = false;

  constructor(redaction: Redaction) {
    this.#redaction = redaction;
  }

  onStart(): void {}

  onEnding(span: SpanLike): void {
    this.#ending = span;
    this.#knowsOnEnding = true;
    this.#redact(span);
  }

  onEnd(span: ReadableSpanLike): void {
    const isDone = this.#ending === span;
    this.#ending = undefined;
    if (isDone) return;
    if (!this.#knowsOnEnding) warnOnce('no-on-ending', NO_ON_ENDING);
    this.#redact(span);
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  #redact(span: ReadableSpanLike): void {
    const { engine, failures } = this.#redaction;
    const startMillis = performance.now();
    const parts = this.#partsOf(span);
    if (parts !== undefined) {
      for (const [key, value] of Object.entries(parts)) {
        if (!overwrite(span, key, value)) failures.record('overwrite', new TypeError());
      }
    }
    engine.countSpan(performance.now() - startMillis);
  }

  #partsOf(span: ReadableSpanLike): RedactedParts | undefined {
    const { engine, failures } = this.#redaction;
    try {
      return redactSpan(this.#redaction, span);
    } catch (error) {
      failures.record('read', error);
      return engine.dryRun ? undefined : blankParts(this.#redaction, span);
    }
  }
}
