import type { MeterProvider } from '@opentelemetry/api';
import {
  DelegatingSpanProcessor,
  expectMeterProvider,
  expectSpanProcessor,
  FailureCounter,
  InPlaceSpanProcessor,
} from '@genspan/span-processor-base';
import type { ReadableSpanLike, SpanProcessorLike } from '@genspan/span-processor-base';
import { Mapping } from './mapping.js';
import { reportMappingMetrics } from './mapping-metrics.js';
import type { MappingStats } from './mapping-stats.js';
import { parseMapOptions } from './parse-map-options.js';
import type { MappingOptions } from './parse-map-options.js';
import { SpanMapping } from './span-mapping.js';
import { viewWith } from './view-with.js';

/** Options of {@link GenAIMappingSpanProcessor}. */
export interface GenAIMappingSpanProcessorOptions extends MappingOptions {
  /**
   * The next step, which gets views of the spans that are translated; other processors of the provider see them as they are.
   * @defaultValue none: spans are written themselves, for all processors of the provider
   */
  readonly delegate?: SpanProcessorLike;
  /**
   * Where the numbers of `stats()` are reported as metrics, too.
   * @defaultValue none
   */
  readonly meterProvider?: MeterProvider;
}

const NAME = 'GenAIMappingSpanProcessor';
const CONSEQUENCE = 'the span goes on without it';

/**
 * Translates the attributes and events of GenAI spans between dialects, when they end.
 *
 * With a `delegate`, that gets a view of each span that changes, and the very span otherwise. Without one, spans are written
 * in `onEnding`, so that every exporter of the provider gets them translated. Nothing it does throws into the application: a
 * span that cannot be translated goes on as it came, and is counted.
 */
export class GenAIMappingSpanProcessor extends DelegatingSpanProcessor {
  readonly #spans: SpanMapping;
  readonly #isInPlace: boolean;

  /** @throws OptionError when an option is wrong. */
  constructor(options: GenAIMappingSpanProcessorOptions) {
    const mapping = new Mapping(parseMapOptions(options, ['delegate', 'meterProvider']));
    const { delegate, meterProvider } = options;
    const failures = new FailureCounter(NAME, CONSEQUENCE);
    const spans = new SpanMapping(mapping, failures);
    super(
      NAME,
      delegate === undefined
        ? new InPlaceSpanProcessor(NAME, failures, (span) => spans.changesOf(span))
        : expectSpanProcessor('delegate', delegate),
    );
    this.#spans = spans;
    this.#isInPlace = delegate === undefined;
    if (meterProvider !== undefined) {
      reportMappingMetrics(expectMeterProvider('meterProvider', meterProvider), () => this.stats());
    }
  }

  /** What was done since construction. */
  stats(): MappingStats {
    const stats = this.#spans.stats();
    return { ...stats, failures: { ...stats.failures, ...this.failureStats().failures } };
  }

  protected override handleEnd(span: ReadableSpanLike): ReadableSpanLike {
    if (this.#isInPlace) return span;
    const changes = this.#spans.changesOf(span);
    return changes === undefined ? span : viewWith(span, changes);
  }
}
