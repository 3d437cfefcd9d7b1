import {
  OptionError,
  expectBoolean,
  expectNonEmptyString,
  expectNumber,
  expectOneOf,
} from '@genspan/span-processor-base';
import { compilePrice, type CompiledPrice } from './price-own.js';
import type { PriceSheet } from './price-sheet.js';

/** What the calls of some models cost. Tokens in US dollars, each kind for a million or for one. */
export interface OwnPrice {
  /** Name of the model that answered or was asked for, in any case; `*` stands for any characters: `my-*`. */
  model: string;
  /**
   * `gen_ai.provider.name` of the calls.
   * @defaultValue calls of all providers
   */
  provider?: string;
  /**
   * Service tier of the calls, as the provider names it: `flex`, `batch`; `*` for all.
   * @defaultValue the standard tier: none, `default`, `standard` or `auto`
   */
  serviceTier?: string;
  /** All input that is not priced apart below. */
  inputPerMillion?: number;
  inputPerToken?: number;
  /** All output that is not priced apart below. */
  outputPerMillion?: number;
  outputPerToken?: number;
  /** @defaultValue as input */
  cacheReadPerMillion?: number;
  cacheReadPerToken?: number;
  /** @defaultValue as input */
  cacheWritePerMillion?: number;
  cacheWritePerToken?: number;
  /** @defaultValue as output */
  reasoningPerMillion?: number;
  reasoningPerToken?: number;
  /** For each call, beside its tokens; alone for calls that are not sold by the token. */
  perRequest?: number;
  /** There is no other. */
  currency?: 'USD';
}

/** How calls of models are priced. */
export interface CostOptions {
  /**
   * Prices of your own; the first that fits a call counts, and the table is not asked then.
   * @defaultValue none
   */
  prices?: readonly OwnPrice[];
  /**
   * Whether models without a price of your own are looked up in the table of public prices.
   * @defaultValue true
   */
  table?: boolean;
  /**
   * When the table is read, which takes 70 ms and 20 MB once per process: now, or when it is first needed. The processor then reads it
   * as soon as a span of a GenAI operation has started, while the model works; applications that call none never do.
   * @defaultValue 'firstUse'
   */
  load?: 'construction' | 'firstUse';
}

/** The options with every default filled in. */
export interface ParsedCostOptions {
  readonly prices: readonly CompiledPrice[];
  readonly table: boolean;
  readonly load: 'construction' | 'firstUse';
}

/** Kinds of tokens that a price of one's own can name, each with `PerMillion` or `PerToken` behind. */
const KINDS = ['input', 'output', 'cacheRead', 'cacheWrite', 'reasoning'] as const;

const KNOWN_OF_PRICE: readonly string[] = [
  ...['model', 'provider', 'serviceTier', 'perRequest', 'currency'],
  ...KINDS.flatMap((kind) => [`${kind}PerMillion`, `${kind}PerToken`]),
];

/**
 * Checks the option that says how calls are priced.
 *
 * @param name - the option's name, for errors: `cost`
 * @param value - `true` is all defaults; `false` and `undefined` are none
 * @returns `undefined` when calls are not to be priced
 * @throws OptionError that names the option by its path: `cost.prices[2].model`
 */
export function parseCostOptions(name: string, value: unknown): ParsedCostOptions | undefined {
  if (value === undefined || value === false) return undefined;
  const given = value === true ? {} : expectRecord(name, value, ['prices', 'table', 'load']);
  return Object.freeze({
    prices: expectPrices(`${name}.prices`, given['prices'] ?? []),
    table: expectBoolean(`${name}.table`, given['table'] ?? true),
    load: expectOneOf(`${name}.load`, given['load'] ?? 'firstUse', ['construction', 'firstUse']),
  });
}

function expectPrices(name: string, value: unknown): readonly CompiledPrice[] {
  if (!Array.isArray(value)) throw new OptionError(name, 'to be an array of prices', value);
  return Object.freeze(value.map((price, index) => expectPrice(`${name}[${index}]`, price)));
}

function expectPrice(name: string, value: unknown): CompiledPrice {
  const given = expectRecord(name, value, KNOWN_OF_PRICE);
  if (given['currency'] !== undefined) expectOneOf(`${name}.currency`, given['currency'], ['USD']);
  const sheet: { -readonly [Key in keyof PriceSheet]: PriceSheet[Key] } = {};
  for (const kind of KINDS) {
    const price = expectTokenPrice(`${name}.${kind}`, given[`${kind}PerMillion`], given[`${kind}PerToken`]);
    if (price !== undefined) sheet[kind] = price;
  }
  if (given['perRequest'] !== undefined) sheet.request = expectNumber(`${name}.perRequest`, given['perRequest']);
  if (sheet.input === undefined && (sheet.cacheRead !== undefined || sheet.cacheWrite !== undefined)) {
    throw new OptionError(`${name}.inputPerMillion`, 'to be given where a part of the input has a price', undefined);
  }
  if (sheet.output === undefined && sheet.reasoning !== undefined) {
    throw new OptionError(`${name}.outputPerMillion`, 'to be given where reasoning has a price', undefined);
  }
  if (Object.keys(sheet).length === 0) throw new OptionError(name, 'to have a price', value);
  return compilePrice({
    model: expectNonEmptyString(`${name}.model`, given['model']),
    provider: expectOptionalString(`${name}.provider`, given['provider']),
    serviceTier: expectOptionalString(`${name}.serviceTier`, given['serviceTier']),
    sheet: Object.freeze(sheet),
  });
}

/** For a million tokens, in whichever unit it is given. */
function expectTokenPrice(name: string, perMillion: unknown, perToken: unknown): number | undefined {
  if (perMillion !== undefined && perToken !== undefined) {
    throw new OptionError(`${name}PerToken`, `to be left out where \`${name}PerMillion\` is given`, perToken);
  }
  if (perMillion !== undefined) return expectNumber(`${name}PerMillion`, perMillion);
  return perToken === undefined ? undefined : expectNumber(`${name}PerToken`, perToken) * 1e6;
}

function expectOptionalString(name: string, value: unknown): string | undefined {
  return value === undefined ? undefined : expectNonEmptyString(name, value);
}

function expectRecord(name: string, value: unknown, known: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OptionError(name, 'to be an object', value);
  }
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new OptionError(name, `to have only \`${known.join('`, `')}\``, unknown);
  return { ...value };
}
