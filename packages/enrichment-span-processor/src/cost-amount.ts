import { NO_MEDIA, readMedia } from './cost-media.js';
import { priceAt, type PriceSheet, type TokenPrice } from './price-sheet.js';
import { inputTokensOf, outputTokensOf, tokenCount, type UsageAttributes } from './usage-attributes.js';

/** Prices are for a million tokens. */
const MILLION = 1e6;

/** What a call cost, in US dollars. A part is unset where the span does not tell that the call had any of it. */
export interface CallCost {
  readonly total: number;
  /** For all input tokens, cached ones among them. */
  readonly input: number | undefined;
  /** For all output tokens, reasoning among them. */
  readonly output: number | undefined;
  /** Of `input`: for tokens read from a cache. */
  readonly cacheRead: number | undefined;
  /** Of `input`: for tokens written to a cache. */
  readonly cacheWrite: number | undefined;
  /** Of `output`: for reasoning. */
  readonly reasoning: number | undefined;
  /** For the call itself. */
  readonly request: number | undefined;
}

/**
 * What a call cost at these prices.
 *
 * Usage is taken as the conventions define it: input includes what was read from and written to a cache, output includes
 * reasoning. Where parts are more than their whole, they count as reported and the rest of the whole is 0.
 *
 * @returns `undefined` when the span does not tell enough: a direction that is sold by the token has no count, or has one
 * and is not sold by the token, or some of its tokens have a price of their own and it is not told which ones
 */
export function costAt(sheet: PriceSheet, attributes: UsageAttributes): CallCost | undefined {
  if (sheet.input === undefined && sheet.output === undefined) return costOfRequest(sheet, attributes);
  const input = inputTokensOf(attributes);
  const output = outputTokensOf(attributes);
  if (input === undefined && output === undefined) return undefined;
  if (!isPriced(sheet.input, input)) return undefined;
  // What embeddings give out is not counted in tokens.
  if (!isPriced(sheet.output, output) && attributes['gen_ai.operation.name'] !== 'embeddings') return undefined;

  const readTokens = tokenCount(attributes['gen_ai.usage.cache_read.input_tokens']);
  const writeTokens =
    tokenCount(attributes['gen_ai.usage.cache_write.input_tokens']) ??
    tokenCount(attributes['gen_ai.usage.cache_creation.input_tokens']);
  const reasoningTokens = tokenCount(attributes['gen_ai.usage.reasoning.output_tokens']);
  // What has no price of its own is charged, and counted, as the kind it is part of.
  const read = sheet.cacheRead === undefined ? 0 : (readTokens ?? 0);
  const write = sheet.cacheWrite === undefined ? 0 : (writeTokens ?? 0);
  const reasoning = sheet.reasoning === undefined ? 0 : (reasoningTokens ?? 0);
  const prices = sheet.media;
  const media = prices === undefined ? NO_MEDIA : readMedia(prices, attributes, read);
  if (media === undefined) return undefined;
  if (sheet.audioPriceIsMissing === true && hasAudio(attributes)) return undefined;

  const size = Math.max(input ?? 0, (readTokens ?? 0) + (writeTokens ?? 0));
  const inputPrice = priceOr0(sheet.input, size);
  const outputPrice = priceOr0(sheet.output, size);
  const readPrice = sheet.cacheRead === undefined ? inputPrice : priceAt(sheet.cacheRead, size);
  const writePrice = sheet.cacheWrite === undefined ? inputPrice : priceAt(sheet.cacheWrite, size);
  const reasoningPrice = sheet.reasoning === undefined ? outputPrice : priceAt(sheet.reasoning, size);

  const { inputAudio, inputImage, cacheReadAudio, cacheReadImage, outputAudio, outputImage } = media;
  const plainInput = Math.max(0, size - read - write - inputAudio - inputImage);
  const plainOutput = Math.max(0, (output ?? 0) - reasoning - outputAudio - outputImage);
  let readAmount = (read - cacheReadAudio - cacheReadImage) * readPrice;
  let inputAmount = plainInput * inputPrice + write * writePrice;
  let outputAmount = plainOutput * outputPrice + reasoning * reasoningPrice;
  if (prices !== undefined) {
    readAmount += cacheReadAudio * priceOr0(prices.cacheReadAudio, size);
    readAmount += cacheReadImage * priceOr0(prices.cacheReadImage, size);
    inputAmount += inputAudio * priceOr0(prices.inputAudio, size) + inputImage * priceOr0(prices.inputImage, size);
    outputAmount += outputAudio * priceOr0(prices.outputAudio, size) + outputImage * priceOr0(prices.outputImage, size);
  }
  inputAmount += readAmount;
  const total = (inputAmount + outputAmount) / MILLION + (sheet.request ?? 0);
  // Numbers of tokens that are none.
  if (total === Infinity) return undefined;
  return {
    total,
    input: input === undefined ? undefined : inputAmount / MILLION,
    output: output === undefined ? undefined : outputAmount / MILLION,
    cacheRead:
      readTokens === undefined
        ? undefined
        : (sheet.cacheRead === undefined ? readTokens * inputPrice : readAmount) / MILLION,
    cacheWrite: writeTokens === undefined ? undefined : (writeTokens * writePrice) / MILLION,
    reasoning: reasoningTokens === undefined ? undefined : (reasoningTokens * reasoningPrice) / MILLION,
    request: sheet.request,
  };
}

function hasAudio(attributes: UsageAttributes): boolean {
  const input = tokenCount(attributes['gen_ai.usage.audio.input_tokens']) ?? 0;
  const output = tokenCount(attributes['gen_ai.usage.audio.output_tokens']) ?? 0;
  return input + output > 0;
}

/** Where only calls are sold, a call that did not fail has its price without any usage. */
function costOfRequest(sheet: PriceSheet, attributes: UsageAttributes): CallCost | undefined {
  const { request } = sheet;
  if (request === undefined || attributes['error.type'] !== undefined) return undefined;
  return {
    total: request,
    input: undefined,
    output: undefined,
    cacheRead: undefined,
    cacheWrite: undefined,
    reasoning: undefined,
    request,
  };
}

/** Whether what the tokens of one direction cost is known. */
function isPriced(price: TokenPrice | undefined, tokens: number | undefined): boolean {
  if (price === undefined) return tokens === undefined || tokens === 0;
  return tokens !== undefined || price === 0;
}

function priceOr0(price: TokenPrice | undefined, size: number): number {
  return price === undefined ? 0 : priceAt(price, size);
}
