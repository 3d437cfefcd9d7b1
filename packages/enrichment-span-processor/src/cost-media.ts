import type { MediaPrices } from './price-sheet.js';
import { tokenCount, type UsageAttributes } from './usage-attributes.js';
import { isOfMedia } from './usage-operations.js';

/** The tokens of a call that have prices of their own because they are not text; 0 where the prices make no difference. */
export interface MediaTokens {
  /** Those that were not read from a cache. */
  readonly inputAudio: number;
  readonly inputImage: number;
  readonly cacheReadAudio: number;
  readonly cacheReadImage: number;
  readonly outputAudio: number;
  readonly outputImage: number;
}

/** Of a call of text alone. */
export const NO_MEDIA: MediaTokens = Object.freeze({
  inputAudio: 0,
  inputImage: 0,
  cacheReadAudio: 0,
  cacheReadImage: 0,
  outputAudio: 0,
  outputImage: 0,
});

/**
 * Reads how many of a call's tokens are not text. A call whose span tells none is one of text, unless its operation is one
 * of images or audio.
 *
 * @param cacheRead - all tokens that were read from a cache
 * @returns `undefined` when tokens have a price of their own and the span does not tell how many they are
 */
export function readMedia(
  prices: MediaPrices,
  attributes: UsageAttributes,
  cacheRead: number,
): MediaTokens | undefined {
  const told: readonly (number | undefined)[] = [
    prices.inputAudio === undefined ? 0 : tokenCount(attributes['gen_ai.usage.audio.input_tokens']),
    prices.inputImage === undefined ? 0 : tokenCount(attributes['gen_ai.usage.image.input_tokens']),
    prices.outputAudio === undefined ? 0 : tokenCount(attributes['gen_ai.usage.audio.output_tokens']),
    prices.outputImage === undefined ? 0 : tokenCount(attributes['gen_ai.usage.image.output_tokens']),
  ];
  if (told.includes(undefined) && isOfMedia(attributes['gen_ai.operation.name'])) return undefined;
  const [audio = 0, image = 0, outputAudio = 0, outputImage = 0] = told;
  const audioRead = readTokens(prices.cacheReadAudio, attributes['gen_ai.usage.audio.cache_read.input_tokens'], audio);
  const imageRead = readTokens(prices.cacheReadImage, attributes['gen_ai.usage.image.cache_read.input_tokens'], image);
  // Some were read from the cache, and they may be those of audio or those of text.
  if (cacheRead > 0 && (audioRead === undefined || imageRead === undefined)) return undefined;
  const cacheReadAudio = Math.min(audioRead ?? 0, cacheRead);
  const cacheReadImage = Math.min(imageRead ?? 0, cacheRead - cacheReadAudio);
  return {
    inputAudio: audio - cacheReadAudio,
    inputImage: image - cacheReadImage,
    cacheReadAudio,
    cacheReadImage,
    outputAudio,
    outputImage,
  };
}

/** How many of a medium's tokens were read from a cache; `undefined` when that matters and is not told. */
function readTokens(price: unknown, value: unknown, ofTokens: number): number | undefined {
  if (price === undefined || ofTokens === 0) return 0;
  const told = tokenCount(value);
  return told === undefined ? undefined : Math.min(told, ofTokens);
}
