import type { AttributeValue } from '@opentelemetry/api';
import type {
  ATTR_GENSPAN_USAGE_CACHE_READ_COST_USD,
  ATTR_GENSPAN_USAGE_CACHE_WRITE_COST_USD,
  ATTR_GENSPAN_USAGE_COST_USD,
  ATTR_GENSPAN_USAGE_INPUT_COST_USD,
  ATTR_GENSPAN_USAGE_OUTPUT_COST_USD,
  ATTR_GENSPAN_USAGE_PRICE_DATE,
  ATTR_GENSPAN_USAGE_PRICE_SOURCE,
  ATTR_GENSPAN_USAGE_REASONING_COST_USD,
  ATTR_GENSPAN_USAGE_REQUEST_COST_USD,
} from '@genspan/semconv';
import { priceCall } from './cost-of.js';
import type { ParsedCostOptions } from './cost-options.js';
import type { EnrichmentStep } from './enrichment-step.js';
import { PriceBook } from './price-book.js';
import type { SpanDraft } from './span-draft.js';
import { inputTokensOf, outputTokensOf, type UsageAttributes } from './usage-attributes.js';
import { isAroundModelCalls } from './usage-operations.js';

/** What is written. The literals below are held to the conventions by this type. */
interface CostAttributes {
  [ATTR_GENSPAN_USAGE_COST_USD]?: AttributeValue | undefined;
  [ATTR_GENSPAN_USAGE_INPUT_COST_USD]?: AttributeValue | undefined;
  [ATTR_GENSPAN_USAGE_OUTPUT_COST_USD]?: AttributeValue | undefined;
  [ATTR_GENSPAN_USAGE_CACHE_READ_COST_USD]?: AttributeValue | undefined;
  [ATTR_GENSPAN_USAGE_CACHE_WRITE_COST_USD]?: AttributeValue | undefined;
  [ATTR_GENSPAN_USAGE_REASONING_COST_USD]?: AttributeValue | undefined;
  [ATTR_GENSPAN_USAGE_REQUEST_COST_USD]?: AttributeValue | undefined;
  [ATTR_GENSPAN_USAGE_PRICE_SOURCE]?: AttributeValue | undefined;
  [ATTR_GENSPAN_USAGE_PRICE_DATE]?: AttributeValue | undefined;
}

/** What became of the spans of model calls. */
// No interface: that would be no record of numbers.
export type CostCounts = {
  /** Spans that got a cost. */
  readonly priced: number;
  /** Spans that had one, which was left as it was. */
  readonly alreadyPriced: number;
  /** Spans with usage whose cost is not known. */
  readonly unpriced: number;
};

/**
 * Writes what a model call cost, with its parts and where the prices are from. A cost that is not known is not written; one
 * that the span has already stays. Spans around model calls, such as an agent's, get none: it would count twice.
 */
export class CostStep implements EnrichmentStep {
  readonly name = 'cost';
  readonly #book: PriceBook;
  #priced = 0;
  #alreadyPriced = 0;
  #unpriced = 0;

  constructor(options: ParsedCostOptions) {
    this.#book = new PriceBook(options);
  }

  stats(): CostCounts {
    return { priced: this.#priced, alreadyPriced: this.#alreadyPriced, unpriced: this.#unpriced };
  }

  apply(draft: SpanDraft): void {
    const attributes: UsageAttributes = draft.attributes;
    if (attributes['genspan.usage.cost_usd'] !== undefined) {
      this.#alreadyPriced++;
      return;
    }
    const { span } = draft;
    if (isAroundModelCalls(attributes['gen_ai.operation.name'], span.kind)) return;
    const [seconds, nanos] = span.startTime;
    const priced = priceCall(this.#book, attributes, seconds * 1e3 + nanos / 1e6);
    if (priced === undefined) {
      if (inputTokensOf(attributes) !== undefined || outputTokensOf(attributes) !== undefined) this.#unpriced++;
      return;
    }
    const { cost, source } = priced;
    const own: CostAttributes = draft.own();
    own['genspan.usage.cost_usd'] = cost.total;
    if (cost.input !== undefined) own['genspan.usage.input_cost_usd'] = cost.input;
    if (cost.output !== undefined) own['genspan.usage.output_cost_usd'] = cost.output;
    if (cost.cacheRead !== undefined) own['genspan.usage.cache_read_cost_usd'] = cost.cacheRead;
    if (cost.cacheWrite !== undefined) own['genspan.usage.cache_write_cost_usd'] = cost.cacheWrite;
    if (cost.reasoning !== undefined) own['genspan.usage.reasoning_cost_usd'] = cost.reasoning;
    if (cost.request !== undefined) own['genspan.usage.request_cost_usd'] = cost.request;
    own['genspan.usage.price_source'] = source;
    const date = source === 'table' ? this.#book.tableDate : undefined;
    if (date !== undefined) own['genspan.usage.price_date'] = date;
    this.#priced++;
  }
}
