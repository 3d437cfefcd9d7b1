/**
 * US dollars for a million tokens; or several such prices, of which the whole call is charged the one of the last tier that
 * its input tokens, cached ones included, exceed.
 */
export type TokenPrice = number | TieredTokenPrice;

/** A price that depends on the size of the call's input. */
export interface TieredTokenPrice {
  readonly base: number;
  /** In ascending order of `start`, the number of input tokens to be exceeded. */
  readonly tiers: readonly { readonly start: number; readonly price: number }[];
}

/** What a call of one model costs. Tokens whose kind has no price of its own are charged as the kind they are part of. */
export interface PriceSheet {
  /** Unset when tokens of this direction are not sold by number, so that a call that has some cannot be priced. */
  readonly input?: TokenPrice;
  readonly output?: TokenPrice;
  readonly cacheRead?: TokenPrice;
  readonly cacheWrite?: TokenPrice;
  readonly reasoning?: TokenPrice;
  /** Where tokens of some media have prices of their own. */
  readonly media?: MediaPrices;
  /** Whether tokens of audio have a price of their own which is not known. */
  readonly audioPriceIsMissing?: boolean;
  /** US dollars for the call itself. */
  readonly request?: number;
}

/** Prices of tokens that stand for other than text. */
export interface MediaPrices {
  readonly inputAudio?: TokenPrice;
  readonly inputImage?: TokenPrice;
  readonly cacheReadAudio?: TokenPrice;
  readonly cacheReadImage?: TokenPrice;
  readonly outputAudio?: TokenPrice;
  readonly outputImage?: TokenPrice;
}

/** The US dollars for a million tokens of a call with so many input tokens. */
export function priceAt(price: TokenPrice, inputTokens: number): number {
  if (typeof price === 'number') return price;
  let reached = price.base;
  for (const tier of price.tiers) if (inputTokens > tier.start) reached = tier.price;
  return reached;
}
