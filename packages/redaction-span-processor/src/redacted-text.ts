import { DecodedText } from './decoded-text.js';
import { escapeAround } from './escape-around.js';
import { looksLikeJson } from './json-edits.js';
import type { RedactionMatch } from './redaction-match.js';
import { StringPlaces } from './string-places.js';
import { editInString } from './text-edit.js';
import type { TextEdit } from './text-edit.js';

/** What takes the place of a match. */
export type Replace = (secret: string, name: string) => string;

/** How deep JSON in strings of JSON is told from other text. */
const MAX_LEVELS = 6;

/** What would have to be escaped in JSON, once for each string that it is in. */
const NOT_FOR_JSON = /["\\\p{Cc}\u2028\u2029]|[\ud800-\udfff]/gu;

/**
 * What to change in a text so that its matches are replaced. JSON stays JSON, also in the strings of JSON: the place of a
 * number is taken by a string, and characters that JSON must escape are left out of a replacement.
 *
 * @param matches - in the order of the text, none overlapping another
 */
export function redactionEdits(text: string, matches: readonly RedactionMatch[], replace: Replace): TextEdit[] {
  if (!looksLikeJson(text)) {
    return matches.map(({ detector, start, end }) => ({ start, end, text: replace(text.slice(start, end), detector) }));
  }
  const json = new JsonRedaction(text, replace, 0);
  return matches.flatMap((match) => json.edit(match) ?? []);
}

/** Makes the edits of one JSON text, from left to right. */
class JsonRedaction {
  readonly #text: string;
  readonly #replace: Replace;
  readonly #level: number;
  readonly #strings: StringPlaces;
  #inner: JsonInString | undefined;
  /** Where the last edit ends. */
  #end = 0;

  constructor(text: string, replace: Replace, level: number) {
    this.#text = text;
    this.#replace = replace;
    this.#level = level;
    this.#strings = new StringPlaces(text);
  }

  /** `undefined` for what goes with the match before it: they are in one number. */
  edit(match: RedactionMatch): TextEdit | undefined {
    if (match.end <= this.#end) return undefined;
    const rest = match.start < this.#end ? { ...match, start: this.#end } : match;
    const edit = this.#strings.includes(rest.start) ? this.#editOfString(rest) : this.#editOfNumber(rest);
    this.#end = edit?.end ?? this.#end;
    return edit;
  }

  #editOfString(match: RedactionMatch): TextEdit | undefined {
    const { start, end } = this.#strings;
    if (match.end > end || this.#level === MAX_LEVELS) return this.#editOfText(match);
    if (this.#inner?.start !== start) {
      this.#inner = new JsonInString(this.#text, start, end, (text) => {
        return looksLikeJson(text) ? new JsonRedaction(text, this.#replace, this.#level + 1) : undefined;
      });
    }
    return this.#inner.isJson ? this.#inner.edit(match) : this.#editOfText(match);
  }

  #editOfText(match: RedactionMatch): TextEdit {
    const { detector, start, end } = this.#strings.includes(match.start) ? wholeEscapes(this.#text, match) : match;
    const raw = this.#text.slice(start, end);
    const secret = raw.includes('\\') ? new DecodedText(raw).text : raw;
    return { start, end, text: this.#replace(secret, detector).replace(NOT_FOR_JSON, '') };
  }

  #editOfNumber(match: RedactionMatch): TextEdit {
    const edit = this.#editOfText(match);
    const number = numberAround(this.#text, match.start, match.end);
    return number === undefined ? edit : { ...number, text: `"${edit.text}"` };
  }
}

/** The match without an escape that it begins in the middle of, which hides nothing of it, and with all of one it ends in. */
function wholeEscapes(text: string, match: RedactionMatch): RedactionMatch {
  const first = escapeAround(text, match.start);
  const last = escapeAround(text, match.end);
  if (first === undefined && last === undefined) return match;
  const end = last?.end ?? match.end;
  const start = first === undefined ? match.start : first.end < end ? first.end : first.start;
  return { ...match, start, end };
}

/** A string of a JSON text that may hold JSON itself. */
class JsonInString {
  readonly start: number;
  readonly #decoded: DecodedText | undefined;
  readonly #json: JsonRedaction | undefined;

  constructor(text: string, start: number, end: number, redactionOf: (text: string) => JsonRedaction | undefined) {
    this.start = start;
    if (!/[[{\\\s]/.test(text.charAt(start))) return;
    this.#decoded = new DecodedText(text.slice(start, end));
    this.#json = redactionOf(this.#decoded.text);
  }

  get isJson(): boolean {
    return this.#json !== undefined;
  }

  edit({ detector, start, end }: RedactionMatch): TextEdit | undefined {
    const decoded = this.#decoded;
    const edit =
      decoded &&
      this.#json?.edit({
        detector,
        start: decoded.indexOf(start - this.start),
        end: decoded.indexOf(end - this.start - 1) + 1,
      });
    return edit && editInString(edit, decoded, this.start);
  }
}

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** What is around a value in JSON. */
const BEFORE = /[[,:]\s*$|^\s+$/;
const BEHIND = /^\s*(?:[,\]}]|$)|^\s{8}/;

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
