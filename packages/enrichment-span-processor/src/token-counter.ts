import { countSegments, type CountText } from './token-segments.js';
import type { ParsedTokenOptions } from './token-options.js';

/** Characters of a token where there was no time to count any. */
const USUAL_CHARACTERS_PER_TOKEN = 4;

/** Counts the tokens of texts, within bounds. */
export interface TokenCounter {
  /**
   * @param model - whose tokens; `undefined` when it is not known
   * @returns `undefined` when they cannot be counted
   */
  count(texts: readonly string[], model: string | undefined): number | undefined;
}

/** Counts every so many characters as a token. */
export class LengthCounter implements TokenCounter {
  readonly #charactersPerToken: number;

  constructor(options: ParsedTokenOptions) {
    this.#charactersPerToken = options.charactersPerToken;
  }

  count(texts: readonly string[]): number {
    return texts.reduce((sum, text) => sum + Math.ceil(text.length / this.#charactersPerToken), 0);
  }
}

/**
 * Counts by a tokenizer, no more characters and no longer than allowed: a tokenizer takes time that grows with the square of
 * a run without spaces, 100 s for 100,000 Chinese characters. What is left counts at the rate of what was counted.
 */
export class TokenizerCounter implements TokenCounter {
  readonly #encodingFor: (model: string | undefined) => CountText | undefined;
  readonly #maxCharacters: number;
  readonly #maxMillis: number;

  /** @param encodingFor - the tokenizer of a model; `undefined` when it does not load */
  constructor(options: ParsedTokenOptions, encodingFor: (model: string | undefined) => CountText | undefined) {
    this.#encodingFor = encodingFor;
    this.#maxCharacters = options.maxCharacters;
    this.#maxMillis = options.maxMillis;
  }

  count(texts: readonly string[], model: string | undefined): number | undefined {
    const countText = this.#encodingFor(model);
    if (countText === undefined) return undefined;
    const bounds = { characters: this.#maxCharacters, untilMillis: performance.now() + this.#maxMillis };
    let tokens = 0;
    let counted = 0;
    let length = 0;
    for (const text of texts) {
      length += text.length;
      const segment = countSegments(countText, text, bounds);
      tokens += segment.tokens;
      counted += segment.characters;
    }
    if (counted === length) return tokens;
    const rate = counted === 0 ? 1 / USUAL_CHARACTERS_PER_TOKEN : tokens / counted;
    return Math.round(tokens + (length - counted) * rate);
  }
}
