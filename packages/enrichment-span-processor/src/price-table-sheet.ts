import type { MediaPrices, PriceSheet, TokenPrice } from './price-sheet.js';
import { secondOfDay, type PriceSchedule, type TimedPriceSheet } from './price-schedule.js';
import type { ConditionalPrice, ModelInfo, ModelPrice } from './price-table.js';

/** Where a price of the table goes. */
const TOKEN_PRICES: Readonly<Record<string, keyof Omit<PriceSheet, 'media' | 'request' | 'audioPriceIsMissing'>>> = {
  input_mtok: 'input',
  output_mtok: 'output',
  cache_read_mtok: 'cacheRead',
  cache_write_mtok: 'cacheWrite',
  output_reasoning_mtok: 'reasoning',
};

const MEDIA_PRICES: Readonly<Record<string, keyof MediaPrices>> = {
  input_audio_mtok: 'inputAudio',
  input_image_mtok: 'inputImage',
  cache_audio_read_mtok: 'cacheReadAudio',
  cache_image_read_mtok: 'cacheReadImage',
  output_audio_mtok: 'outputAudio',
  output_image_mtok: 'outputImage',
};

/**
 * Prices of what no attribute of a span tells, and which most calls do not have: a call is priced as one without it.
 * Anything else that is not known here makes the model one without a price.
 */
const NOT_TOLD: ReadonlySet<string> = new Set([
  // For an hour; the ordinary five minutes have a price of their own.
  'cache_write_1h_mtok',
  'input_video_mtok',
  'output_video_mtok',
  'web_searches_kcount',
  'storage_searches_kcount',
  'social_searches_kcount',
]);

/**
 * The prices of one model of the table over time.
 *
 * @param audioIsApart - whether its provider sells audio at prices of its own, also where the table does not have them
 */
export function scheduleOf(model: ModelInfo, audioIsApart: boolean): PriceSchedule {
  if (!Array.isArray(model.prices)) return [{ holds: 'always', sheet: sheetOf(model, model.prices, audioIsApart) }];
  return model.prices.map((conditional) => timedSheetOf(model, conditional, audioIsApart));
}

function timedSheetOf(
  model: ModelInfo,
  { constraint, prices }: ConditionalPrice,
  audioIsApart: boolean,
): TimedPriceSheet {
  const sheet = sheetOf(model, prices, audioIsApart);
  switch (constraint?.type) {
    case undefined:
      return { holds: 'always', sheet };
    case 'start_date':
      return { holds: 'since', fromUnixMillis: Date.parse(constraint.start_date), sheet };
    case 'time_of_date': {
      const fromSecond = secondOfDay(constraint.start_time);
      const toSecond = secondOfDay(constraint.end_time);
      if (fromSecond === undefined || toSecond === undefined) return { holds: 'always', sheet: undefined };
      return { holds: 'daily', fromSecond, toSecond, sheet };
    }
  }
}

/** `undefined` when calls at these prices cannot be priced by what a span tells. */
function sheetOf(model: ModelInfo, prices: ModelPrice, audioIsApart: boolean): PriceSheet | undefined {
  const entries = Object.entries(prices).filter(([, price]) => price !== undefined);
  if (entries.length === 0) return isFree(model) ? { input: 0, output: 0 } : undefined;
  const sheet: { -readonly [Key in keyof PriceSheet]: PriceSheet[Key] } = {};
  const media: { -readonly [Key in keyof MediaPrices]: MediaPrices[Key] } = {};
  for (const [key, price] of entries) {
    const tokenKey = TOKEN_PRICES[key];
    const mediaKey = MEDIA_PRICES[key];
    if (tokenKey !== undefined) sheet[tokenKey] = tokenPriceOf(price);
    else if (mediaKey !== undefined) sheet.media = Object.assign(media, { [mediaKey]: tokenPriceOf(price) });
    else if (key === 'requests_kcount' && typeof price === 'number') sheet.request = price / 1000;
    else if (!NOT_TOLD.has(key)) return undefined;
  }
  if (audioIsApart && media.inputAudio === undefined && media.outputAudio === undefined) {
    sheet.audioPriceIsMissing = true;
  }
  return sheet.input === undefined && sheet.output === undefined && sheet.request === undefined ? undefined : sheet;
}

function tokenPriceOf(price: ModelPrice[string]): TokenPrice {
  if (price === undefined || typeof price === 'number') return price ?? 0;
  const tiers = [...price.tiers].sort((one, other) => one.start - other.start);
  return { base: price.base, tiers };
}

/** The table has no prices for models that are free, and for some whose prices nobody has written down. */
function isFree({ id, name, description }: ModelInfo): boolean {
  return /\bfree\b/i.test(`${id} ${name ?? ''}`) || /\bfree of charge\b/i.test(description ?? '');
}
