import { Secret } from './secret.js';

/** How the text of a variable becomes a value. */
export interface VariableType<T> {
  /** The end of "expected …": `true or false`. */
  readonly expected: string;
  /**
   * Reads trimmed, non-empty text.
   *
   * @returns the value, or `undefined` when the text is not of this type
   */
  parse(text: string): T | undefined;
  /** The value as the text of a variable that means the same; for the options table and for defaults in messages. */
  format(value: T): string;
  /**
   * What may be said of a text that was refused. Absent: the text itself, shortened. Types that can hold a secret give
   * a description without the text.
   */
  describe?(text: string): string;
  /**
   * For lists: the part of a refused text that can still be used.
   *
   * @returns `undefined` when no part can
   */
  salvage?(text: string): T | undefined;
}

/** `true` or `false` in any letter case, as the OpenTelemetry specification has it. */
export const booleanType: VariableType<boolean> = {
  expected: 'true or false',
  parse: (text) => ({ true: true, false: false })[text.toLowerCase()],
  format: String,
};

/** A whole number from `min` to `max`, by default 2^53 − 1, in decimal digits; `1e6` is one too. */
export function integerType(min: number, unit?: string, max = Number.MAX_SAFE_INTEGER): VariableType<number> {
  const kind = unit === undefined ? 'a whole number' : `a whole number of ${unit}`;
  return {
    expected: `${kind} ${max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`}`,
    parse: (text) => {
      const value = /^\d+(e\+?\d+)?$/i.test(text) ? Number(text) : NaN;
      return Number.isSafeInteger(value) && value >= min && value <= max ? value : undefined;
    },
    format: String,
  };
}

/** A number from 0 to 1. */
export const ratioType: VariableType<number> = {
  expected: 'a number from 0 to 1',
  parse: (text) => {
    const value = /^[\d.]+(e-?\d+)?$/i.test(text) ? Number(text) : NaN;
    return value >= 0 && value <= 1 ? value : undefined;
  },
  format: String,
};

/** A number above 0, fractions allowed. */
export const positiveNumberType: VariableType<number> = {
  expected: 'a number above 0',
  parse: (text) => {
    const value = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
    return value > 0 && Number.isFinite(value) ? value : undefined;
  },
  format: String,
};

/** The same for an option that can be left out; its default is then `undefined`. */
export function optional<T>(type: VariableType<T>): VariableType<T | undefined> {
  return { ...type, format: (value) => (value === undefined ? '' : type.format(value)) };
}

/** Any text; the value may be shown. */
export const textType: VariableType<string> = { expected: 'text', parse: (text) => text, format: String };

/** One of `words`, in any letter case. */
export function wordType<W extends string>(words: readonly W[]): VariableType<W> {
  return synonymType(Object.fromEntries(words.map((word) => [word, word])) as Record<W, W>);
}

/** One of the keys of `meanings`, in any letter case, standing for its value. Keys are lower-case. */
export function synonymType<W extends string>(meanings: Readonly<Record<string, W>>): VariableType<W> {
  return {
    expected: oneOf(Object.keys(meanings)),
    parse: (text) => {
      const word = text.toLowerCase();
      return Object.hasOwn(meanings, word) ? meanings[word] : undefined;
    },
    format: String,
  };
}

/** A comma-separated list of `words` without repetition; `none` stands alone and means an empty list. */
export function wordListType<W extends string>(words: readonly W[]): VariableType<readonly W[]> {
  const isWord = (item: string): item is W => words.some((word) => word === item);
  const parse = (text: string): readonly W[] | undefined => {
    const items = itemsOf(text);
    if (items.length === 1 && items[0] === 'none') return [];
    return items.length > 0 && items.every(isWord) ? [...new Set(items.filter(isWord))] : undefined;
  };
  return {
    expected: `a comma-separated list of ${words.join(', ')}, or none alone`,
    parse,
    format: (value) => (value.length === 0 ? 'none' : value.join(',')),
    salvage: (text) => parse(itemsOf(text).filter(isWord).join(',')),
  };
}

/**
 * A comma-separated list of names, or of changes to the default ones, `+name` and `-name`; `none` stands alone and means no
 * names. Which names there are is not looked at.
 *
 * Of a list that mixes both what adds names is saved, as changes: so no name is lost by the mistake.
 *
 * @param items - what is named, in the plural: `detectors`
 */
export function changeListType(items: string): VariableType<readonly string[]> {
  const read = (text: string): string[] => [...new Set(itemsOf(text.toLowerCase()).map(withoutGap))];
  const parse = (text: string): readonly string[] | undefined => {
    const all = read(text);
    if (all.length === 1 && all[0] === 'none') return [];
    const changes = all.filter(isChange).length;
    return all.length > 0 && (changes === 0 || changes === all.length) ? all : undefined;
  };
  return {
    expected: `a comma-separated list of ${items}, or of changes to the default ones (+name, -name), or none alone`,
    parse,
    format: (value) => (value.length === 0 ? 'none' : value.join(',')),
    salvage: (text) => {
      const added = read(text).filter((item) => !item.startsWith('-'));
      return parse(added.map((item) => (isChange(item) ? item : `+${item}`)).join(','));
    },
  };
}

function isChange(item: string): boolean {
  return item.startsWith('+') || item.startsWith('-');
}

/** `+ name` is `+name`. */
function withoutGap(item: string): string {
  return isChange(item) ? `${item.charAt(0)}${item.slice(1).trim()}` : item;
}

/** Any text that must not be shown: a key, a password. */
export const secretType: VariableType<Secret> = {
  expected: 'a secret text',
  parse: (text) => new Secret(text),
  format: String,
  describe: () => 'a value',
};

/** A comma-separated list of any words. */
export const anyListType: VariableType<readonly string[]> = {
  expected: 'a comma-separated list',
  parse: itemsOf,
  format: (value) => value.join(','),
};

/**
 * A JSON array, frozen all through; what its items mean is not looked at. Never shown: it can hold anything.
 *
 * @param items - what the items are, in the plural: `rules`
 */
export function jsonListType(items: string): VariableType<readonly unknown[]> {
  return {
    expected: `a JSON array of ${items}`,
    parse: (text) => {
      const value = parseJson(text);
      return Array.isArray(value) ? (value as unknown[]) : undefined;
    },
    format: (value) => (value.length === 0 ? '' : JSON.stringify(value)),
    describe: (text) => {
      const value = parseJson(text);
      if (value === undefined) return `${text.length} characters that are not JSON`;
      return `JSON of ${typeof value === 'object' && value !== null ? 'one object' : 'a single value'}`;
    },
  };
}

/** An absolute `http:` or `https:` URL. Never shown: it can hold a password. */
export const urlType: VariableType<string> = {
  expected: 'a URL that starts with http:// or https://',
  parse: (text) => (/^https?:\/\//i.test(text) && URL.canParse(text) ? text : undefined),
  format: String,
  describe: (text) => `${text.length} characters that are not such a URL`,
};

/** `key=value,key=value` with percent-encoded values. Never shown: it holds API keys. */
export const headersType: VariableType<Secret> = {
  expected: 'key=value pairs separated by commas, values percent-encoded',
  parse: (text) => (itemsOf(text).every((item) => /^[^=\s]+\s*=/.test(item)) ? new Secret(text) : undefined),
  format: () => '…',
  describe: (text) => `${text.length} characters in another form`,
};

/** `key=value,key=value` with percent-encoded values, as in `OTEL_RESOURCE_ATTRIBUTES`. Never shown: it can hold anything. */
export const keyValueType: VariableType<Readonly<Record<string, string>>> = {
  expected: 'key=value pairs separated by commas, values percent-encoded',
  parse: (text) => {
    const pairs = itemsOf(text).map(pairOf);
    return pairs.every((pair) => pair !== undefined) ? Object.freeze(Object.fromEntries(pairs)) : undefined;
  },
  format: (values) =>
    Object.entries(values)
      .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
      .join(','),
  describe: (text) => `${text.length} characters in another form`,
};

/** No text at all: the variable means something elsewhere that it does not mean here. Never shown. */
export function absentType(expected: string): VariableType<never> {
  return { expected, parse: () => undefined, format: () => '', describe: () => 'a value' };
}

/** `undefined` when it is not `key=value`, or the value is not percent-encoded. */
function pairOf(item: string): readonly [string, string] | undefined {
  const at = item.indexOf('=');
  if (at < 1) return undefined;
  try {
    return [item.slice(0, at).trim(), decodeURIComponent(item.slice(at + 1).trim())];
  } catch {
    return undefined;
  }
}

function itemsOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** The value with every object and array in it frozen; `undefined` when the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value: unknown) => Object.freeze(value));
  } catch {
    return undefined;
  }
}

function oneOf(words: readonly string[]): string {
  return words.length === 1 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}
