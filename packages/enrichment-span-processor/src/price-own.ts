import { currentProviderName } from './price-provider.js';
import type { PriceSheet } from './price-sheet.js';

/** A price of the application's own as it was written. */
export interface PriceRule {
  /** `*` stands for any characters. */
  readonly model: string;
  readonly provider: string | undefined;
  readonly serviceTier: string | undefined;
  readonly sheet: PriceSheet;
}

/** A price of the application's own, ready to be asked. */
export interface CompiledPrice {
  /** The provider by its current name; `undefined` for all. */
  readonly provider: string | undefined;
  readonly sheet: PriceSheet;
  isForModel(model: string): boolean;
  /** @param serviceTier - `undefined` is the standard one */
  isForTier(serviceTier: string | undefined): boolean;
}

/** Service tiers at which the ordinary price holds. */
const STANDARD_TIERS: ReadonlySet<unknown> = new Set(['default', 'standard', 'auto', 'on_demand']);

/** A service tier that has prices of its own; `undefined` for the standard one. */
export function pricedTier(serviceTier: unknown): string | undefined {
  return typeof serviceTier !== 'string' || STANDARD_TIERS.has(serviceTier) ? undefined : serviceTier;
}

/** Makes a price ready to be asked. */
export function compilePrice(rule: PriceRule): CompiledPrice {
  const isForModel = matcherOf(rule.model.toLowerCase());
  const { serviceTier } = rule;
  const tier = serviceTier === '*' ? '*' : pricedTier(serviceTier);
  return {
    provider: rule.provider === undefined ? undefined : currentProviderName(rule.provider),
    sheet: rule.sheet,
    isForModel: (model) => isForModel(model.toLowerCase()),
    isForTier: (asked) => tier === '*' || tier === asked,
  };
}

/** Without a regular expression, which could be slow for names that somebody chose to be. */
function matcherOf(pattern: string): (model: string) => boolean {
  const [start = '', ...others] = pattern.split('*');
  const end = others.pop();
  if (end === undefined) return (model) => model === pattern;
  return (model) => {
    if (model.length < start.length + end.length || !model.startsWith(start) || !model.endsWith(end)) return false;
    let from = start.length;
    for (const part of others) {
      const found = model.indexOf(part, from);
      if (found < 0) return false;
      from = found + part.length;
    }
    return from <= model.length - end.length;
  };
}
