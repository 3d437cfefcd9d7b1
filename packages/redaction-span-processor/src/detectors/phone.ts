import { clue, DIGITS } from '../clue.js';
import { ALNUM, continuesWord, digitsEnd, is, isDigit, LETTER } from '../char-class.js';
import { contextBefore } from '../context.js';
import type { Anchor, TextScan } from '../text-scan.js';

/** Most digits of a number with its country, E.164. */
const MAX_DIGITS = 15;
/** Fewest digits of a number with its country. */
const MIN_INTERNATIONAL_DIGITS = 9;
/** Fewest digits of a number within a city. */
const MIN_LOCAL_DIGITS = 7;
/** How far before its first three digits in a row a number can begin: `(06) 12 34 567`. */
const MAX_LEAD = 12;
/** Of the numbers of North America with their country. */
const NANP_DIGITS = 11;

/** Country codes that are given out (ITU E.164, list of assigned codes), without 1. */
const COUNTRY =
  /^(?:7|20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|21[1-368]|2[2-6]\d|29[01789]|35\d|37\d|38[0-9]|42[013]|50\d|59\d|67[02-9]|68\d|69[0-2]|80[08]|85[02356]|87[08]|88[0-368]|96[0-8]|97[0-79]|99[2-68])/;

/** Words that say that what follows is a phone number, if between them are only signs and words that lead to it. */
const CONTEXT =
  /(?<![a-z_:])(?:(?:tele|i|smart|cell)?phone(?:[ _-]?n(?:umber|o|r))?|ph|t[eé]l|cel|mobile|mob|cell|cellular|fax|whatsapp|sms|hotline|handy|rufnummer|telefon\w*|mobil\w*|tel[eé]fono|t[eé]l[eé]phone|portable|m[oó]vil|cel+ular\w*|telefone|komórk\w*|телефон\p{L}*|тел|моб\p{L}*|電話|电话|手机|手機|携帯|전화|휴대폰|연락처|هاتف|الجوال|جوال)(?:[^\p{L}\d\n]|(?<!\p{L})(?:numbers?|numero|número|numéro|nummer|nr|no|num|phone|tel|is|est|es|ist|lautet|at|me|us|on|to|le|la|el|the|my|our|him|her|them|home|work|direct|office|line|here|back)(?!\p{L})|[はの是番号码번호는은]){0,20}$/iu;

/** Verbs that say it, too, in a sentence. */
const CALL =
  /(?<![a-z_])(?:call|dial|ring|reach|text|contact)(?: (?:me|us|him|her|them|back|the|office|at|on|now|number|no)){0,4}[ :]{1,3}$/i;

const EXTENSION = /[ ,;]{0,3}(?:ext|extension|x|durchwahl|dw)[. :]{0,2}\d{1,6}(?!\d)/iy;

/** What is between the digits of a number: the spaces and hyphens that do not break, too. */
const SEPARATORS = ' -./\u00a0\u2011\u202f';
/** No country and no city begins with 0. */
const NOT_ZERO = DIGITS.slice(1);

/** Pairs of digits, as France and its neighbours write them: `06 12 34 56 78`. */
export const PAIRED_PHONE: readonly Anchor[] = [
  {
    clues: [clue(['0', NOT_ZERO, ...Array.from({ length: 4 }, () => [SEPARATORS, DIGITS, DIGITS]).flat()])],
    look: lookAtZero,
  },
];

function lookAtZero(scan: TextScan, index: number): number {
  const { text } = scan;
  const separator = text.charCodeAt(index + 2);
  let end = index + 2;
  while (end < index + 14 && text.charCodeAt(end) === separator && digitsEnd(text, end + 1) === end + 3) end += 3;
  if (end !== index + 14 || isPart(text, index, end, true)) return index + 1;
  scan.found('phone', index, end);
  return end;
}

/** Numbers with `+` and their country, also in the query of a URL. */
export const INTERNATIONAL_PHONE: readonly Anchor[] = [
  { clues: [clue(['+', NOT_ZERO])], look: (scan, index) => lookBehindPlus(scan, index, index + 1) },
  { clues: [clue(['%', '2', 'B', NOT_ZERO])], look: (scan, index) => lookBehindPlus(scan, index, index + 3) },
];

function lookBehindPlus(scan: TextScan, index: number, start: number): number {
  const { text } = scan;
  if (continuesWord(text, index)) return start;
  const end = endOfInternational(text, start);
  if (end === undefined) return start;
  const last = endOfExtension(text, end);
  scan.found('phone', index, last);
  return last;
}

/** Where the number ends whose country code begins at `start`. */
function endOfInternational(text: string, start: number): number | undefined {
  const isNanp = text.charCodeAt(start) === 49;
  const end = endOfPhrase(text, start, isNanp ? NANP_DIGITS : MAX_DIGITS);
  if (end - start < MIN_INTERNATIONAL_DIGITS) return undefined;
  const digits = digitsIn(text, start, end);
  if (isNanp) return digits.length === NANP_DIGITS && isNanpNumber(digits.slice(1)) ? end : undefined;
  return digits.length >= MIN_INTERNATIONAL_DIGITS && COUNTRY.test(digits) ? end : undefined;
}

/**
 * A number without `+` that begins with the run of digits from `start` to `end`: one of North America in its usual forms,
 * `0049 …`, or any behind a word that says that it is one.
 */
export function nationalPhoneAt(text: string, start: number, end: number): readonly [number, number] | undefined {
  const length = end - start;
  if (length > MAX_DIGITS) return undefined;
  return (
    (length === 3 ? nanpAt(text, start, end) : undefined) ?? prefixedAt(text, start, end) ?? announcedAt(text, start)
  );
}

/** `(415) 555-2671`, `415-555-2671`, `1 415.555.2671` */
function nanpAt(text: string, area: number, areaEnd: number): readonly [number, number] | undefined {
  const isBracketed = text.charCodeAt(area - 1) === 40 && text.charCodeAt(areaEnd) === 41;
  let exchange = isBracketed ? areaEnd + 1 : areaEnd;
  const first = text.charCodeAt(exchange);
  while (exchange < areaEnd + 3 && isSeparator(text.charCodeAt(exchange))) exchange++;
  if (exchange === areaEnd || digitsEnd(text, exchange, exchange + 4) !== exchange + 3) return undefined;
  const second = text.charCodeAt(exchange + 3);
  const line = isSeparator(second) ? exchange + 4 : exchange + 3;
  const end = line + 4;
  if (digitsEnd(text, line, line + 5) !== end) return undefined;
  if (!isNanpNumber(text.slice(area, areaEnd) + text.slice(exchange, exchange + 3) + text.slice(line, end)))
    return undefined;
  const start = startOfNanp(text, isBracketed ? area - 1 : area);
  // Numbers of a table have spaces between them, too, and parts have hyphens.
  const isLoose = !isBracketed && (first === 32 || line === exchange + 3);
  if (isPart(text, start, end, isLoose)) return undefined;
  return [start, endOfExtension(text, end)];
}

/** With the country in front: `+1 `, `1-`, `001 `. */
function startOfNanp(text: string, start: number): number {
  let at = start;
  while (at > start - 2 && isSeparator(text.charCodeAt(at - 1))) at--;
  if (text.charCodeAt(at - 1) !== 49 || is(text, at - 2, ALNUM)) return start;
  return text.charCodeAt(at - 2) === 43 ? at - 2 : at - 1;
}

/** `0049 30 901820` */
function prefixedAt(text: string, start: number, end: number): readonly [number, number] | undefined {
  if (
    text.charCodeAt(start) !== 48 ||
    text.charCodeAt(start + 1) !== 48 ||
    text.charCodeAt(start + 2) === 48 ||
    end - start > 7 ||
    continuesWord(text, start)
  )
    return undefined;
  const last = endOfPhrase(text, start + 2, MAX_DIGITS);
  const digits = digitsIn(text, start + 2, last);
  const isNumber = last > end && digits.length > MIN_INTERNATIONAL_DIGITS && COUNTRY.test(digits);
  return isNumber && !isPart(text, start, last, false) ? [start, last] : undefined;
}

/** `Tel. 030 901820`, `phone: 4155552671` */
function announcedAt(text: string, index: number): readonly [number, number] | undefined {
  // Letters in front belong to a name; and digits in front that were looked at already announce nothing.
  if (continuesWord(text, index) || followsDigits(text, index)) return undefined;
  const start = startOfPhrase(text, index);
  if (!mayBeContext(text, start)) return undefined;
  const end = endOfPhrase(text, start, MAX_DIGITS);
  // Most numbers in a text are too short, or part of something else.
  if (end - start < MIN_LOCAL_DIGITS || end <= index || is(text, end, LETTER) || continuesWord(text, start))
    return undefined;
  if (isPart(text, start, end, false)) return undefined;
  const isGrouped = digitsEnd(text, start) !== end;
  if (digitsIn(text, start, end).length < (isGrouped ? MIN_LOCAL_DIGITS : MIN_INTERNATIONAL_DIGITS)) return undefined;
  const context = contextBefore(text, start);
  return CONTEXT.test(context) || CALL.test(context) ? [start, endOfExtension(text, end)] : undefined;
}

/** Whether three digits are before `index`, with no more than a separator between. */
function followsDigits(text: string, index: number): boolean {
  let at = index;
  while (at > index - 3 && (isSeparator(text.charCodeAt(at - 1)) || isBracket(text.charCodeAt(at - 1)))) at--;
  return at < index && isDigit(text, at - 1) && isDigit(text, at - 2) && isDigit(text, at - 3);
}

/** The last two letters of words that a phone number can follow. */
const CONTEXT_ENDINGS = new Set(
  'ne er no nr ph el le ob ll ar ax pp ms dy on va te il lo no um st is es et at me us to la he my ur im em rk ct ce re ck ng al ch xt nd ow'
    .split(' ')
    .map((ending) => pair(ending.charCodeAt(0), ending.charCodeAt(1))),
);

function pair(first: number, second: number): number {
  return (first | 32) * 256 + (second | 32);
}

/** Whether the word before `start` may announce a phone number; tells most others. */
function mayBeContext(text: string, start: number): boolean {
  const limit = Math.max(0, start - MAX_LEAD);
  let end = start;
  while (end > limit && !is(text, end - 1, LETTER)) {
    const code = text.charCodeAt(end - 1);
    // A letter beyond ASCII.
    if (code > 0xbf) return true;
    if (code > 47 && code < 58) return false;
    end--;
  }
  if (end === limit) return false;
  return (
    text.charCodeAt(end - 2) > 0xbf || CONTEXT_ENDINGS.has(pair(text.charCodeAt(end - 2), text.charCodeAt(end - 1)))
  );
}

/** Where the digits begin that go on at `index`, with what is between them: `(030) 901`. */
function startOfPhrase(text: string, index: number): number {
  const limit = Math.max(0, index - MAX_LEAD);
  let start = index;
  for (let at = index; at > limit; at--) {
    const code = text.charCodeAt(at - 1);
    if (code === 40 || code === 43 || isDigit(text, at - 1)) start = at - 1;
    else if (!isSeparator(code) && code !== 41) break;
  }
  return start;
}

/** Where the digits from `start` on end, with what may be between them; at most `max` digits. */
function endOfPhrase(text: string, start: number, max: number): number {
  let at = start;
  while (isBracket(text.charCodeAt(at)) || text.charCodeAt(at) === 43) at++;
  let end = start;
  for (let digits = 0; ;) {
    const run = digitsEnd(text, at, at + max + 1);
    digits += run - at;
    if (run === at || digits > max) return end;
    end = at = run;
    while (at < run + 3 && (isSeparator(text.charCodeAt(at)) || isBracket(text.charCodeAt(at)))) at++;
    if (at === run) return end;
  }
}

function digitsIn(text: string, start: number, end: number): string {
  return text.slice(start, end).replace(/\D/g, '');
}

/**
 * Whether the North American Numbering Plan gives out the area. Exchanges that it does not give out are those of numbers in
 * examples and films, which are phone numbers to their reader.
 */
function isNanpNumber(digits: string): boolean {
  return /^[2-9](?!11)\d{9}$/.test(digits);
}

/** Whether what is from `start` to `end` goes on with digits or belongs to a longer name. */
function isPart(text: string, start: number, end: number, isLoose: boolean): boolean {
  const before = text.charCodeAt(start - 1);
  const after = text.charCodeAt(end);
  if (isDigit(text, start - 1) || isDigit(text, end)) return true;
  if ((before === 45 || before === 46 || before === 47 || before === 95) && is(text, start - 2, ALNUM)) return true;
  if ((after === 45 || after === 46 || after === 47 || after === 95) && is(text, end + 1, ALNUM)) return true;
  return isLoose && ((before === 32 && isDigit(text, start - 2)) || (after === 32 && isDigit(text, end + 1)));
}

function endOfExtension(text: string, end: number): number {
  EXTENSION.lastIndex = end;
  return EXTENSION.test(text) ? EXTENSION.lastIndex : end;
}

function isSeparator(code: number): boolean {
  return (
    code === 32 || code === 45 || code === 46 || code === 47 || code === 0xa0 || code === 0x2011 || code === 0x202f
  );
}

/** Whether a character can be between two groups of digits of a number. */
export function isBetweenDigits(code: number): boolean {
  return isSeparator(code) || isBracket(code);
}

function isBracket(code: number): boolean {
  return code === 40 || code === 41;
}
