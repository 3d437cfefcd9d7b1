import { diag } from '@opentelemetry/api';
import type {
  ConditionalPrice,
  ModelInfo,
  ModelPrice,
  Provider,
  calcPrice,
  findProvider,
} from '@pydantic/genai-prices';
import { readPriceModuleVersion, requirePriceModule } from './price-module.cjs';
import { modelNameFor } from './price-model-name.js';
import { providerOfModel, tableProviderOf } from './price-provider.js';
import type { PriceSchedule } from './price-schedule.js';
import { PRICE_TABLE_DATE, PRICE_TABLE_VERSION } from './price-table-date.js';
import { scheduleOf } from './price-table-sheet.js';

export type { ConditionalPrice, ModelInfo, ModelPrice };

/** What is used of `@pydantic/genai-prices`. Nothing of it that is used here reads a file or the network. */
export interface PriceModule {
  readonly calcPrice: typeof calcPrice;
  readonly findProvider: typeof findProvider;
}

/** Who answered a call, as far as its span tells. */
export interface CalledModel {
  /** `gen_ai.provider.name`, in lower case. */
  readonly provider: string | undefined;
  /** `server.address`, where it may tell more than the provider's name. */
  readonly host: string | undefined;
  readonly responseModel: string | undefined;
  readonly requestModel: string | undefined;
}

/** The public prices that `@pydantic/genai-prices` is published with. Loaded on first use; never updated over the network. */
export class PriceTable {
  readonly #require: () => PriceModule;
  #module: PriceModule | undefined;
  #isLoaded = false;
  #date: string | undefined;

  /** @param require - loads the table; for tests */
  constructor(require: () => PriceModule = requirePriceModule) {
    this.#require = require;
  }

  /**
   * Reads the table: 70 ms and 20 MB, once per process.
   *
   * @returns `undefined` when it is not there, as in a bundle that left it out: it then has no prices
   */
  load(): PriceModule | undefined {
    if (this.#isLoaded) return this.#module;
    this.#isLoaded = true;
    try {
      this.#module = this.#require();
      const version = readPriceModuleVersion();
      this.#date = version === undefined || version === PRICE_TABLE_VERSION ? PRICE_TABLE_DATE : undefined;
    } catch {
      diag.warn(
        'EnrichmentSpanProcessor: `@pydantic/genai-prices` does not load. Only models with prices of your own get a cost.',
      );
    }
    return this.#module;
  }

  /** Day the table was published, `YYYY-MM-DD`; `undefined` when another one is installed than this package knows of. */
  get date(): string | undefined {
    return this.#date;
  }

  /** The prices of a model; `undefined` when it is not certain which one it is, or not known what it costs. */
  find(called: CalledModel): PriceSchedule | undefined {
    const prices = this.load();
    const provider = prices && findTableProvider(prices, called);
    if (prices === undefined || provider === undefined) return undefined;
    return (
      findSchedule(prices, provider.id, called.responseModel) ??
      // The deployment's name on Azure is the customer's choice.
      (provider.id === 'azure' ? undefined : findSchedule(prices, provider.id, called.requestModel))
    );
  }
}

/** Providers whose models take more for audio than for text, whichever hears it. Others often charge the same. */
const AUDIO_APART: ReadonlySet<string> = new Set(['openai', 'azure']);

/** The table that this process shares. */
export const PRICE_TABLE = new PriceTable();

/**
 * The provider is who it says it is, by its exact name only: "openai-compatible" is not OpenAI. Clients for OpenAI's API name
 * OpenAI whomever they talk to, but a well-known host of another provider's tells.
 */
function findTableProvider(prices: PriceModule, called: CalledModel): Provider | undefined {
  const { provider, host } = called;
  if (host !== undefined && (provider === undefined || provider === 'openai')) {
    const byHost = prices.findProvider({ providerApiUrl: `https://${host}/` });
    if (byHost !== undefined) return byHost;
  }
  const id =
    provider === undefined
      ? providerOfModel(called.responseModel ?? called.requestModel ?? '')
      : tableProviderOf(provider);
  if (id === undefined) return undefined;
  const found = prices.findProvider({ providerId: id });
  return found?.id === id ? found : undefined;
}

function findSchedule(prices: PriceModule, provider: string, model: string | undefined): PriceSchedule | undefined {
  const name = model === undefined ? undefined : modelNameFor(provider, model);
  if (name === undefined) return undefined;
  try {
    // Without usage: only for the model that the table finds.
    const found = prices.calcPrice({}, name, { providerId: provider })?.model;
    return found === undefined ? undefined : scheduleOf(found, AUDIO_APART.has(provider));
  } catch {
    // Prices of the table that contradict each other.
    return undefined;
  }
}
