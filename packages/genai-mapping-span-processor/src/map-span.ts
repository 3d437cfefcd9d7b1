import { FailureCounter } from '@genspan/span-processor-base';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { Mapping } from './mapping.js';
import { parseMapOptions } from './parse-map-options.js';
import type { MappingOptions } from './parse-map-options.js';
import { SpanMapping } from './span-mapping.js';
import { viewWith } from './view-with.js';

/** All calls count their failures here, so that each cause is said once. */
const FAILURES = new FailureCounter('mapSpan', 'the span stays as it is');

/**
 * Translates one ended span, for exporters that want a dialect of their own. Whoever translates many spans in the same way
 * is better off with {@link createSpanMapper}.
 *
 * @returns a view of the span, or the very span when there is nothing to change
 * @throws OptionError when an option is wrong; never because of the span
 */
export function mapSpan(span: ReadableSpanLike, options: MappingOptions): ReadableSpanLike {
  return createSpanMapper(options)(span);
}

/**
 * Makes a function that translates ended spans, each in the same way.
 *
 * @returns a function from a span to a view of it, or to the very span when there is nothing to change; it never throws
 * @throws OptionError when an option is wrong
 */
export function createSpanMapper(options: MappingOptions): (span: ReadableSpanLike) => ReadableSpanLike {
  const spans = new SpanMapping(new Mapping(parseMapOptions(options)), FAILURES);
  return (span) => {
    const changes = spans.changesOf(span);
    if (changes === undefined) return span;
    try {
      return viewWith(span, changes);
    } catch (error) {
      FAILURES.record('view', error);
      return span;
    }
  };
}
