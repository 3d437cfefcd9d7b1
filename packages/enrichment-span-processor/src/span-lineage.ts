import { trace } from '@opentelemetry/api';
import type { Context, SpanContext } from '@opentelemetry/api';
import type { ReadableSpanLike, SpanLike } from '@genspan/span-processor-base';

interface Place {
  readonly depth: number;
  readonly localRootId: string;
}

/**
 * Where spans are below their local root: a span without a parent in this process, of whatever instrumentation the parent is, or
 * below one that is not recorded.
 *
 * Costs a look-up, however deep a span is. What is known of a span goes when its context goes.
 */
export class SpanLineage {
  /** By the context of a span: it is the same object in the span, in its children and in whatever wraps the span. */
  readonly #places = new WeakMap<SpanContext, Place>();

  /**
   * Takes note of a span that starts.
   *
   * @returns how deep it is; a local root is 1 deep
   */
  start(span: SpanLike, parentContext: Context): number {
    const parent = span.parentSpanContext ?? trace.getSpanContext(parentContext);
    const above = parent === undefined || parent.isRemote === true ? undefined : this.#places.get(parent);
    const context = span.spanContext();
    const depth = (above?.depth ?? 0) + 1;
    this.#places.set(context, { depth, localRootId: above?.localRootId ?? context.spanId });
    return depth;
  }

  /**
   * Span id of the local root of a span, also of a view of it; its own where it is the root.
   *
   * @returns `undefined` below a span that was not recorded, which nothing can be written on
   */
  localRootIdOf(span: ReadableSpanLike): string | undefined {
    const parent = span.parentSpanContext;
    // A view has another context than its span, but the same parent.
    return parent === undefined || parent.isRemote === true
      ? span.spanContext().spanId
      : this.#places.get(parent)?.localRootId;
  }
}
