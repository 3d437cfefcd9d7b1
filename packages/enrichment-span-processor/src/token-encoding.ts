import { diag } from '@opentelemetry/api';
import { hasMethods } from '@genspan/span-processor-base';
import type { CountText } from './token-segments.js';

/** The encodings of OpenAI's models: of GPT-4o and later, and of those before. */
export type EncodingName = 'o200k_base' | 'cl100k_base';

/** Loads an export of `gpt-tokenizer`. */
export type TokenizerLoader = (name: string) => unknown;

/** Words whose tokens an encoding remembers: each is short and copied. The package's own limit is 100,000. */
const REMEMBERED_WORDS = 2000;

/** Text that looks like a special token is text; by default the package throws on it. */
const AS_TEXT = { disallowedSpecial: new Set<string>() };

/** Models of OpenAI's before GPT-4o, whatever stands before their name. */
const BEFORE_GPT_4O = /(?:^|[/:])(?:gpt-4(?![o.\d])|gpt-3\.5|gpt-35|text-embedding-|davinci-|babbage-|text-davinci-)/;

/** Name of the encoding whose tokens a model counts. That of GPT-4o stands for models of others, too. */
export function encodingNameOf(model: string | undefined): EncodingName {
  return model !== undefined && BEFORE_GPT_4O.test(model.toLowerCase()) ? 'cl100k_base' : 'o200k_base';
}

/** The encodings of `gpt-tokenizer`, each loaded when it is first needed: 200 ms and 35 MB. */
export class Encodings {
  readonly #load: TokenizerLoader | undefined;
  readonly #loaded = new Map<EncodingName, CountText | undefined>();

  /** @param load - `undefined` when the package is not installed */
  constructor(load: TokenizerLoader | undefined) {
    this.#load = load;
  }

  get isInstalled(): boolean {
    return this.#load !== undefined;
  }

  /** @returns `undefined` when the package is not installed, or does not load */
  get(name: EncodingName): CountText | undefined {
    if (!this.#loaded.has(name)) this.#loaded.set(name, this.#create(name));
    return this.#loaded.get(name);
  }

  /** Not the package's ready encoding: the application may use that one, and it remembers ever longer words. */
  #create(name: EncodingName): CountText | undefined {
    try {
      const encoder = property(this.#load?.('GptEncoding'), 'GptEncoding');
      const ranks = property(this.#load?.(`bpeRanks/${name}`), 'default');
      const create: unknown = property(encoder, 'getEncodingApi');
      if (typeof create !== 'function') throw new TypeError('Expected `GptEncoding` to have `getEncodingApi()`');
      const encoding: unknown = Reflect.apply(create, encoder, [name, () => ranks]);
      if (!hasMethods(encoding, ['countTokens', 'setMergeCacheSize'])) throw new TypeError('Expected `countTokens()`');
      encoding.setMergeCacheSize(REMEMBERED_WORDS);
      return (text) => Number(encoding.countTokens(text, AS_TEXT));
    } catch {
      // Of an unknown version, or damaged: as if it were not installed.
      diag.warn('EnrichmentSpanProcessor: `gpt-tokenizer` does not load. Missing numbers of tokens stay missing.');
      return undefined;
    }
  }
}

function property(value: unknown, key: string): unknown {
  return (typeof value === 'object' || typeof value === 'function') && value !== null
    ? Reflect.get(value, key)
    : undefined;
}
