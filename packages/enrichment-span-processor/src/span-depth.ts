import { ATTR_GENSPAN_SPAN_DEPTH } from '@genspan/semconv';
import { expectInteger } from '@genspan/span-processor-base';
import type { SpanLike } from '@genspan/span-processor-base';
import type { Context } from '@opentelemetry/api';
import { SpanLineage } from './span-lineage.js';

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
 */
export class SpanDepth {
  readonly #maxSpanDepth: number;
  readonly #lineage: SpanLineage;

  /**
   * @param maxSpanDepth - as {@link parseMaxSpanDepth} gives it
   * @param lineage - is told of each span
   */
  constructor(maxSpanDepth: number, lineage = new SpanLineage()) {
    this.#maxSpanDepth = maxSpanDepth;
    this.#lineage = lineage;
  }

  onStart(span: SpanLike, parentContext: Context): void {
    const depth = this.#lineage.start(span, parentContext);
    if (depth > this.#maxSpanDepth) span.setAttribute(ATTR_GENSPAN_SPAN_DEPTH, depth);
  }
}
