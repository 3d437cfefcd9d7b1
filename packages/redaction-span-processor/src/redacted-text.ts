import { DecodedText } from './decoded-text.js';
import { looksLikeJson } from './json-edits.js';
import { endOfString } from './json-scalars.js';
import type { RedactionMatch } from './redaction-match.js';
import { applyEdits } from './text-edit.js';
import type { TextEdit } from './text-edit.js';

/** What takes the place of a match. */
export type Replace = (secret: string, name: string) => string;

/** What would have to be escaped in JSON, once for each string that it is in. */
const NOT_FOR_JSON = /["\\\p{Cc}\u2028\u2029]|[\ud800-\udfff]/gu;

/**
 * The text with its matches replaced. JSON stays JSON: the place of a number is taken by a string, and characters that JSON
 * must escape are left out of a replacement.
 *
 * @param matches - in the order of the text, none overlapping another
 */
export function redactedText(text: string, matches: readonly RedactionMatch[], replace: Replace): string {
  if (!looksLikeJson(text)) {
    return applyEdits(
      text,
      matches.map(({ detector, start, end }) => ({ start, end, text: replace(text.slice(start, end), detector) })),
    );
  }
  const strings = new StringPlaces(text);
  return applyEdits(
    text,
    matches.map((match) => editOfJson(text, match, replace, strings)),
  );
}

function editOfJson(
  text: string,
  { detector, start, end }: RedactionMatch,
  replace: Replace,
  strings: StringPlaces,
): TextEdit {
  const raw = text.slice(start, end);
  const secret = raw.includes('\\') ? new DecodedText(raw).text : raw;
  const replacement = replace(secret, detector).replace(NOT_FOR_JSON, '');
  const number = strings.includes(start) ? undefined : numberAround(text, start, end);
  return number === undefined ? { start, end, text: replacement } : { ...number, text: `"${replacement}"` };
}

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The number that a match is in: as a whole, because what is left of one would be another. */
function numberAround(text: string, start: number, end: number): { start: number; end: number } | undefined {
  const isOfNumber = (index: number): boolean => /[\d.eE+-]/.test(text.charAt(index));
  let first = start;
  while (isOfNumber(first - 1)) first--;
  let last = end;
  while (isOfNumber(last)) last++;
  const isValue = NUMBER.test(text.slice(first, last)) && BEFORE.test(text.slice(Math.max(0, first - 8), first));
  return isValue && BEHIND.test(text.slice(last, last + 8)) ? { start: first, end: last } : undefined;
}

/** What is around a value in JSON. */
const BEFORE = /[[,:]\s*$|^\s+$/;
const BEHIND = /^\s*(?:[,\]}]|$)|^\s{8}/;

/** Which parts of a JSON text are in its strings. To be asked from left to right. */
class StringPlaces {
  readonly #text: string;
  #start: number;
  #end = -1;

  constructor(text: string) {
    this.#text = text;
    this.#start = -1;
  }

  includes(index: number): boolean {
    while (this.#end < index) {
      const quote = this.#text.indexOf('"', this.#end + 1);
      if (quote === -1) return false;
      if (quote > index) return false;
      this.#start = quote + 1;
      this.#end = endOfString(this.#text, this.#start);
    }
    return index >= this.#start && index < this.#end;
  }
}
