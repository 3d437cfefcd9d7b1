import { ATTR_GENSPAN_SPAN_DEPTH } from '@genspan/semconv';
import { expectInteger } from '@genspan/span-processor-base';
import type { SpanLike } from '@genspan/span-processor-base';
import { trace } from '@opentelemetry/api';
import type { Context, SpanContext } from '@opentelemetry/api';

const DEFAULT_MAX_SPAN_DEPTH = 100;

/**
 * How deep a span may be and keep content; a local root is 1 deep. By default 100, which only what calls itself gets to.
 *
 * @throws OptionError unless it is an integer of at least 1
 */
export function parseMaxSpanDepth(name: string, value: unknown): number {
  return value === undefined ? DEFAULT_MAX_SPAN_DEPTH : expectInteger(name, value);
}

/**
 * Tells at its start how deep a span is: one deeper than its parent in this process, of whatever instrumentation that is. A span without
 * one, or with a remote one, is 1 deep, as is one below a span that is not recorded. Spans deeper than the limit get
 * `genspan.span.depth`, by which `SpanDepthStep` knows them, also when it gets a view.
 *
 * Costs a look-up, however deep the span is. What is known of a span goes when its context goes.
 */
export class SpanDepth {
  readonly #maxSpanDepth: number;
  /** By the context of a span: it is the same object in the span, in its children and in whatever wraps the span. */
  readonly #depths = new WeakMap<SpanContext, number>();

  /** @param maxSpanDepth - as {@link parseMaxSpanDepth} gives it */
  constructor(maxSpanDepth: number) {
    this.#maxSpanDepth = maxSpanDepth;
  }

  onStart(span: SpanLike, parentContext: Context): void {
    const parent = span.parentSpanContext ?? trace.getSpanContext(parentContext);
    const above = parent === undefined || parent.isRemote === true ? 0 : (this.#depths.get(parent) ?? 0);
    const depth = above + 1;
    this.#depths.set(span.spanContext(), depth);
    if (depth > this.#maxSpanDepth) span.setAttribute(ATTR_GENSPAN_SPAN_DEPTH, depth);
  }
}
