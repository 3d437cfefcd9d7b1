import { OptionError, expectInteger, expectNumber, expectOneOf } from '@genspan/span-processor-base';

/** Whether and how tokens are counted that the response of a model did not report. */
export interface TokenOptions {
  /**
   * `tokenizer` counts them in the captured content by the package `gpt-tokenizer`, which must be installed: exact to a few
   * percent for OpenAI's models, an approximation for others. `length` divides the number of characters.
   * @defaultValue they are not estimated
   */
  estimate?: 'tokenizer' | 'length';
  /**
   * With `length`: how many characters make a token. English has about 4, code 3, Chinese 1.
   * @defaultValue 4
   */
  charactersPerToken?: number;
  /**
   * With `tokenizer`: how many characters of a span's input and of its output are looked at; the rest of a longer one counts
   * at the rate of its beginning.
   * @defaultValue 20000
   */
  maxCharacters?: number;
  /**
   * With `tokenizer`: how long the input, and the output, of one span may take, in milliseconds. What is left then counts at the rate so far. Prose takes
   * about 1 ms for 2,000 characters, text without spaces up to 10 ms.
   * @defaultValue 2
   */
  maxMillis?: number;
  /**
   * With `tokenizer`: when the tokenizer is loaded, which takes 200 ms and 35 MB once per process: during the first
   * call whose usage is missing, or now.
   * @defaultValue 'firstUse'
   */
  load?: 'construction' | 'firstUse';
}

/** The options with every default filled in. */
export interface ParsedTokenOptions {
  readonly estimate: 'tokenizer' | 'length' | undefined;
  readonly charactersPerToken: number;
  readonly maxCharacters: number;
  readonly maxMillis: number;
  readonly load: 'construction' | 'firstUse';
}

const KNOWN: readonly (keyof TokenOptions)[] = ['estimate', 'charactersPerToken', 'maxCharacters', 'maxMillis', 'load'];

/**
 * Checks the option that says how missing numbers of tokens are estimated.
 *
 * @param name - the option's name, for errors: `tokens`
 * @param value - `undefined` and `true` are all defaults
 * @returns `undefined` for `false`: spans are then not even marked with where their numbers are from
 * @throws OptionError that names the option by its path: `tokens.estimate`
 */
export function parseTokenOptions(name: string, value: unknown): ParsedTokenOptions | undefined {
  if (value === false) return undefined;
  const given = value === undefined || value === true ? {} : expectRecord(name, value);
  const charactersPerToken = expectNumber(`${name}.charactersPerToken`, given['charactersPerToken'] ?? 4, 0.1);
  return Object.freeze({
    estimate:
      given['estimate'] === undefined
        ? undefined
        : expectOneOf(`${name}.estimate`, given['estimate'], ['tokenizer', 'length']),
    charactersPerToken,
    maxCharacters: expectInteger(`${name}.maxCharacters`, given['maxCharacters'] ?? 20_000),
    maxMillis: expectNumber(`${name}.maxMillis`, given['maxMillis'] ?? 2, 0.1),
    load: expectOneOf(`${name}.load`, given['load'] ?? 'firstUse', ['construction', 'firstUse']),
  });
}

function expectRecord(name: string, value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OptionError(name, 'to be an object', value);
  }
  const known: readonly string[] = KNOWN;
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new OptionError(name, `to have only \`${KNOWN.join('`, `')}\``, unknown);
  return { ...value };
}
