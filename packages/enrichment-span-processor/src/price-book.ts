import type { ParsedCostOptions } from './cost-options.js';
import { PriceCache } from './price-cache.js';
import { pricedTier } from './price-own.js';
import { currentProviderName } from './price-provider.js';
import type { PriceSchedule } from './price-schedule.js';
import { PRICE_TABLE, type CalledModel } from './price-table.js';
import type { UsageAttributes } from './usage-attributes.js';

/** Names together longer than this are no model's. */
const MAX_NAME_LENGTH = 512;
const CACHED_NAMES = 500;

/** Prices of a model, and whose they are. */
export interface FoundPrices {
  readonly schedule: PriceSchedule;
  readonly source: 'table' | 'custom';
}

/** What a call names; what it does not is empty. */
interface Names {
  readonly provider: string;
  readonly host: string;
  readonly responseModel: string;
  readonly requestModel: string;
  readonly tier: string | undefined;
}

const UNKNOWN: FoundPrices = Object.freeze({ schedule: [], source: 'table' });

/** Finds what a call's model costs: in the application's own prices, then in the table of public ones. */
export class PriceBook {
  readonly #options: ParsedCostOptions;
  readonly #found = new PriceCache<FoundPrices>(CACHED_NAMES);
  #latest: (Names & { readonly found: FoundPrices }) | undefined;

  /** Reads the table now if the options say so. */
  constructor(options: ParsedCostOptions) {
    this.#options = options;
    if (options.table && options.load === 'construction') PRICE_TABLE.load();
  }

  /** Day of the table's prices, `YYYY-MM-DD`; `undefined` before it was read, and when it is not known. */
  get tableDate(): string | undefined {
    return PRICE_TABLE.date;
  }

  /** The prices of the model that a span says it called; `undefined` when they are not known. */
  find(attributes: UsageAttributes): FoundPrices | undefined {
    const response = attributes['gen_ai.response.model'];
    const request = attributes['gen_ai.request.model'];
    const responseModel = typeof response === 'string' ? response : '';
    const requestModel = typeof request === 'string' ? request : '';
    if (responseModel === '' && requestModel === '') return undefined;
    const given = attributes['gen_ai.provider.name'] ?? attributes['gen_ai.system'];
    const provider = typeof given === 'string' ? given : '';
    const host = provider === '' || provider === 'openai' ? hostOf(attributes) : '';
    const tier = pricedTier(
      attributes['openai.response.service_tier'] ??
        attributes['gen_ai.openai.response.service_tier'] ??
        attributes['openai.request.service_tier'] ??
        attributes['gen_ai.openai.request.service_tier'],
    );
    const latest = this.#latest;
    // Most processes call one model: to compare its names costs less than to put a key together.
    if (
      latest?.responseModel !== responseModel ||
      latest.requestModel !== requestModel ||
      latest.provider !== provider ||
      latest.host !== host ||
      latest.tier !== tier
    ) {
      const names = { provider, host, responseModel, requestModel, tier };
      this.#latest = { ...names, found: this.#findByNames(names) };
    }
    const found = this.#latest?.found;
    return found === UNKNOWN ? undefined : found;
  }

  #findByNames({ provider, host, responseModel, requestModel, tier }: Names): FoundPrices {
    const key = `${provider}\n${host}\n${responseModel}\n${requestModel}\n${tier ?? ''}`;
    if (key.length > MAX_NAME_LENGTH) return UNKNOWN;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const found = this.#lookUp({
      provider: provider === '' ? undefined : currentProviderName(provider),
      host: host === '' ? undefined : host,
      responseModel: responseModel === '' ? undefined : responseModel,
      requestModel: requestModel === '' ? undefined : requestModel,
      tier,
    });
    this.#found.set(key, found);
    return found;
  }

  #lookUp(called: CalledModel & { readonly tier: string | undefined }): FoundPrices {
    const { provider, responseModel, requestModel, tier } = called;
    const own = this.#options.prices.find(
      (price) =>
        (price.provider === undefined || price.provider === provider) &&
        price.isForTier(tier) &&
        ((responseModel !== undefined && price.isForModel(responseModel)) ||
          (requestModel !== undefined && price.isForModel(requestModel))),
    );
    if (own !== undefined) return { schedule: [{ holds: 'always', sheet: own.sheet }], source: 'custom' };
    // The table has prices of the standard tier only.
    if (!this.#options.table || tier !== undefined) return UNKNOWN;
    const schedule = PRICE_TABLE.find(called);
    return schedule === undefined ? UNKNOWN : { schedule, source: 'table' };
  }
}

/** The host that was called, unless it is the one that the name `openai` stands for. */
function hostOf(attributes: UsageAttributes): string {
  const host = attributes['server.address'];
  return typeof host !== 'string' || host === 'api.openai.com' ? '' : host;
}
