import type { Context } from '@opentelemetry/api';
import {
  DelegatingSpanProcessor,
  expectSpanProcessor,
  FailureCounter,
  InPlaceSpanProcessor,
  SpanView,
} from '@genspan/span-processor-base';
import type { ReadableSpanLike, SpanLike } from '@genspan/span-processor-base';
import { AttributeCountStep } from './attribute-count-step.js';
import { AttributesStep } from './attributes-step.js';
import { createCostOf } from './cost-of.js';
import type { CostOfAttributes } from './cost-of.js';
import { CostStep } from './cost-step.js';
import { reportEnrichmentMetrics } from './enrichment-metrics.js';
import { parseEnrichmentOptions } from './enrichment-options.js';
import type { EnrichmentSpanProcessorOptions, ParsedEnrichmentOptions } from './enrichment-options.js';
import type { EnrichmentStats } from './enrichment-stats.js';
import type { EnrichmentStep } from './enrichment-step.js';
import { Enrichment } from './enrichment.js';
import { PayloadStep } from './payload-step.js';
import { PRICE_TABLE } from './price-table.js';
import { PriceTableWarmUp } from './price-table-warm-up.js';
import { SpanDepthStep } from './span-depth-step.js';
import { SpanDepth } from './span-depth.js';
import type { SpanDraft } from './span-draft.js';
import { SpanLineage } from './span-lineage.js';
import { StartAttributes } from './start-attributes.js';
import { TokenStep } from './token-step.js';
import { TraceTotalsStep } from './trace-totals-step.js';

/**
 * Adds to spans what the instrumentation does not know, and keeps what they hold within limits.
 *
 * With a `delegate`, that gets a view of each span that is changed, and the very span otherwise. Without one, spans are
 * written in `onEnding`, so that every exporter of the provider gets them. Values of the context are written at the start of
 * a span, on the span itself, because only then the context is known.
 *
 * Nothing it does throws into the application. A step that fails on a span is skipped, and counted.
 */
export class EnrichmentSpanProcessor extends DelegatingSpanProcessor {
  /** Prices a call as this stage does, for who decides by cost before it; `undefined` when it prices none. */
  readonly costOf: CostOfAttributes | undefined;
  readonly #enrichment: Enrichment;
  readonly #start: StartAttributes;
  readonly #depth: SpanDepth;
  readonly #warmUp: PriceTableWarmUp;
  readonly #isInPlace: boolean;

  /** @throws OptionError when an option is wrong. */
  constructor(options: EnrichmentSpanProcessorOptions = {}) {
    const failures = new FailureCounter('EnrichmentSpanProcessor', 'the span goes on without it');
    const parsed = parseEnrichmentOptions(options, failures);
    const lineage = new SpanLineage();
    const enrichment = new Enrichment(stepsOf(parsed, lineage), failures);
    const isInPlace = parsed.delegate === undefined;
    super(
      'EnrichmentSpanProcessor',
      isInPlace
        ? new InPlaceSpanProcessor('EnrichmentSpanProcessor', failures, (span) => enrichment.draftOf(span).changes)
        : expectSpanProcessor('delegate', parsed.delegate),
    );
    const { cost = true } = options;
    this.costOf = cost === false ? undefined : createCostOf(cost === true ? {} : cost);
    this.#warmUp = new PriceTableWarmUp(parsed.cost?.table === true, () => void PRICE_TABLE.load());
    this.#enrichment = enrichment;
    this.#isInPlace = isInPlace;
    this.#start = new StartAttributes({ ...parsed, sources: parsed.attributes.atStart });
    this.#depth = new SpanDepth(parsed.maxSpanDepth, lineage);
    if (parsed.meterProvider !== undefined) reportEnrichmentMetrics(parsed.meterProvider, () => this.stats());
  }

  /** What was done since construction. */
  stats(): EnrichmentStats {
    const stats = this.#enrichment.stats();
    return { ...stats, failures: { ...stats.failures, ...this.failureStats().failures } };
  }

  protected override handleStart(span: SpanLike, parentContext: Context): void {
    this.#depth.onStart(span, parentContext);
    this.#start.onStart(span, parentContext);
    this.#warmUp.onStart(span);
  }

  protected override handleEnd(span: ReadableSpanLike): ReadableSpanLike {
    if (this.#isInPlace) return span;
    return viewOf(this.#enrichment.draftOf(span));
  }
}

/** The steps in order: what one adds the next ones see, and limits come last. */
function stepsOf(options: ParsedEnrichmentOptions, lineage: SpanLineage): readonly EnrichmentStep[] {
  const { attributes, tokens, cost, traceTotals, maxTraces, maxSpanDepth, payload, maxAttributes } = options;
  const steps: EnrichmentStep[] = [];
  if (attributes.fixed.length > 0 || attributes.atEnd.length > 0) steps.push(new AttributesStep(attributes));
  if (tokens !== undefined) steps.push(new TokenStep(tokens));
  if (cost !== undefined) steps.push(new CostStep(cost));
  if (traceTotals) steps.push(new TraceTotalsStep(maxTraces, (span) => lineage.localRootIdOf(span)));
  steps.push(new SpanDepthStep(maxSpanDepth));
  if (payload !== undefined) steps.push(new PayloadStep(payload));
  steps.push(new AttributeCountStep(maxAttributes));
  return steps;
}

function viewOf({ span, changes, droppedAttributes }: SpanDraft): ReadableSpanLike {
  if (changes === undefined) return span;
  const { attributes, events } = changes;
  const view = new SpanView(span);
  if (attributes !== undefined) view.attributes = attributes;
  if (droppedAttributes > 0) view.countDroppedAttributes(droppedAttributes);
  if (events !== undefined) view.ownEvents().splice(0, Infinity, ...events);
  return view;
}
