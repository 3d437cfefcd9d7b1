import { DelegatingSpanProcessor, expectSpanProcessor, FailureCounter, SpanView } from '@genspan/span-processor-base';
import type { ReadableSpanLike, SpanProcessorLike } from '@genspan/span-processor-base';
import { blankSpan } from './blanked-span.js';
import { inPlaceRedaction } from './in-place-redaction.js';
import { redactSpan } from './redact-span.js';
import type { RedactedParts } from './redact-span.js';
import type { Redaction } from './redaction.js';
import { parseRedactionProcessorOptions } from './redaction-processor-options.js';
import type { RedactionProcessorOptions } from './redaction-processor-options.js';
import type { RedactionProcessorStats } from './redaction-processor-stats.js';
import type { Redactor } from './redactor.js';

/** Options of {@link RedactionSpanProcessor}. */
export interface RedactionSpanProcessorOptions extends RedactionProcessorOptions {
  /**
   * The next step, which gets redacted views of spans; other processors of the provider see the spans as they are.
   * @defaultValue none: spans are redacted themselves, for all processors of the provider
   */
  delegate?: SpanProcessorLike;
}

/**
 * Takes secrets and personal data out of spans: name, attributes (keys and values, structured ones of SDK 3 too), events,
 * links, status message. Trace state, resource and instrumentation scope stay as they are.
 *
 * With a `delegate`, that gets a view of each span in which something was found, and the very span otherwise. Without one,
 * spans are written in `onEnding`, so that every exporter of the provider gets them redacted.
 *
 * Nothing it does throws into the application. A value that cannot be searched is masked whole, a span that cannot be read
 * goes on without any of its texts, and one that does not even tell its ids is dropped; all are counted.
 */
export class RedactionSpanProcessor extends DelegatingSpanProcessor {
  /** What finds and redacts; may be given to other processors. */
  readonly redactor: Redactor;
  readonly #redaction: Redaction;
  readonly #isInPlace: boolean;

  /** @throws OptionError when an option is wrong. */
  constructor(options: RedactionSpanProcessorOptions = {}) {
    const { redactor, engine, delegate } = parseRedactionProcessorOptions(options);
    const redaction = {
      engine,
      failures: new FailureCounter('RedactionSpanProcessor', 'what cannot be redacted is masked'),
    };
    super(
      'RedactionSpanProcessor',
      delegate === undefined ? inPlaceRedaction(redaction) : expectSpanProcessor('delegate', delegate),
    );
    this.redactor = redactor;
    this.#redaction = redaction;
    this.#isInPlace = delegate === undefined;
  }

  /** What was redacted since construction, by this processor and others with the same redactor. */
  stats(): RedactionProcessorStats {
    const { droppedByFailure, failures } = this.failureStats();
    return {
      ...this.#redaction.engine.stats(),
      failures: { ...failures, ...this.#redaction.failures.byOperation() },
      droppedByFailure,
    };
  }

  protected override handleEnd(span: ReadableSpanLike): ReadableSpanLike {
    if (this.#isInPlace) return span;
    const startMillis = performance.now();
    try {
      const parts = redactSpan(this.#redaction, span);
      return parts === undefined ? span : viewOf(span, parts);
    } finally {
      this.#redaction.engine.countSpan(performance.now() - startMillis);
    }
  }

  /** Fails closed: what cannot be read leaves without its texts. A dry run changes nothing. */
  protected override handleFailure(span: ReadableSpanLike): ReadableSpanLike {
    return this.#redaction.engine.dryRun ? span : blankSpan(this.#redaction, span);
  }
}

function viewOf(span: ReadableSpanLike, { name, attributes, events, links, status }: RedactedParts): SpanView {
  const view = new SpanView(span);
  if (name !== undefined) view.name = name;
  if (attributes !== undefined) view.attributes = attributes;
  if (events !== undefined) view.ownEvents().splice(0, Infinity, ...events);
  if (links !== undefined) view.ownLinks().splice(0, Infinity, ...links);
  if (status !== undefined) view.status = status;
  return view;
}
