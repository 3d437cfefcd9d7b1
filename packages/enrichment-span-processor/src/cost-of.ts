import { costAt, type CallCost } from './cost-amount.js';
import { parseCostOptions, type CostOptions } from './cost-options.js';
import { PriceBook } from './price-book.js';
import { sheetAt } from './price-schedule.js';
import { tokenCount, type UsageAttributes } from './usage-attributes.js';

/** The cost of a call with the provenance of its prices. */
export interface PricedCall {
  readonly cost: CallCost;
  readonly source: 'table' | 'custom';
}

/**
 * Gives the cost in US dollars of the call that a span with these attributes describes; `undefined` when it is not known.
 *
 * @param attributes - of a span of a model call, under current or earlier GenAI names
 * @param startUnixMillis - when the call was made, for prices that changed or depend on the hour; now when left out
 */
export type CostOfAttributes = (
  attributes: Readonly<Record<string, unknown>>,
  startUnixMillis?: number,
) => number | undefined;

/**
 * Makes a function that prices calls, to be handed to whoever decides by cost, as the sampler does. It is pure: what it
 * gives depends on its arguments and on these options alone, but for models whose price depends on the time.
 *
 * The cost that the attributes carry already (`genspan.usage.cost_usd`) is given back as it is.
 *
 * @throws OptionError for a wrong option, named by its path: `cost.prices[0].model`
 */
export function createCostOf(options?: CostOptions): CostOfAttributes {
  const parsed = parseCostOptions('cost', options ?? true);
  if (parsed === undefined) return () => undefined;
  const book = new PriceBook(parsed);
  return (attributes, startUnixMillis) => {
    const known = tokenCount(attributes['genspan.usage.cost_usd']);
    return known ?? priceCall(book, attributes, startUnixMillis)?.cost.total;
  };
}

let defaultCostOf: CostOfAttributes | undefined;

/**
 * Prices a call by the table of public prices, which is read during the first call: 70 ms and 20 MB, once per process. See
 * {@link createCostOf} for prices of your own and for a table that is read before.
 */
export const costOf: CostOfAttributes = (attributes, startUnixMillis) => {
  defaultCostOf ??= createCostOf();
  return defaultCostOf(attributes, startUnixMillis);
};

/** What a call cost, by the prices that held when it was made. */
export function priceCall(
  book: PriceBook,
  attributes: UsageAttributes,
  startUnixMillis: number | undefined,
): PricedCall | undefined {
  // Reads again an answer that was paid for where it was asked for.
  if (attributes['gen_ai.operation.name'] === 'fetch_response') return undefined;
  const found = book.find(attributes);
  if (found === undefined) return undefined;
  const { schedule, source } = found;
  const sheet = schedule.length === 1 ? schedule[0]?.sheet : sheetAt(schedule, startUnixMillis ?? Date.now());
  const cost = sheet === undefined ? undefined : costAt(sheet, attributes);
  return cost === undefined ? undefined : { cost, source };
}
