import { ALNUM, DIGIT, HEX, is, LETTER, runEnd, runStart } from '../char-class.js';

/** Shortest and longest number of a card, ISO/IEC 7812. */
const MIN_DIGITS = 13;
const MAX_DIGITS = 19;
/** How digits are put in groups; the last group of four may be shorter or longer. */
const GROUPS: readonly (readonly number[])[] = [
  [4, 4, 4, 4, 3],
  [4, 4, 4, 4],
  [4, 4, 4, 3],
  [4, 6, 5],
  [4, 6, 4],
];

/**
 * The number of a payment card that begins with the run of digits from `start` to `end`: of an issuer that there is, in one
 * piece or in groups, with the right check digit (Luhn).
 */
export function paymentCardAt(text: string, start: number, end: number): readonly [number, number] | undefined {
  const length = end - start;
  if (length >= MIN_DIGITS) {
    return length <= MAX_DIGITS && standsAlone(text, start, end) && isCard(text.slice(start, end))
      ? [start, end]
      : undefined;
  }
  if (length !== 4 || isJoined(text, start - 1)) return undefined;
  const separator = text.charCodeAt(end);
  if (separator !== 32 && separator !== 45 && separator !== 0xa0) return undefined;
  for (const groups of GROUPS) {
    const last = endOfGroups(text, end, separator, groups);
    if (last === undefined) continue;
    if (isCard(text.slice(start, last).replace(/\D/g, ''))) return [start, last];
  }
  return undefined;
}

/** Where the groups end of which the first ends at `end`. */
function endOfGroups(text: string, end: number, separator: number, groups: readonly number[]): number | undefined {
  let at = end;
  for (let index = 1; index < groups.length; index++) {
    const size = groups[index] ?? 0;
    if (text.charCodeAt(at) !== separator || runEnd(text, at + 1, DIGIT, at + 2 + size) !== at + 1 + size)
      return undefined;
    at += 1 + size;
  }
  return isJoined(text, at) && is(text, at + 1, DIGIT) ? undefined : at;
}

/** Whether the character at `index` joins digits to what is beside them. */
function isJoined(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return is(text, index, DIGIT) || ((code === 45 || code === 46) && is(text, index - 1, DIGIT));
}

/** Whether the digits are no part of an id: letters beside them must make a word, not a hexadecimal number. */
function standsAlone(text: string, start: number, end: number): boolean {
  const code = text.charCodeAt(start - 1);
  if ((code === 45 || code === 46) && is(text, start - 2, ALNUM)) return false;
  return (
    (!is(text, start - 1, LETTER) || isWordBefore(text, start)) && !is(text, end, LETTER) && !isFraction(text, end)
  );
}

function isWordBefore(text: string, end: number): boolean {
  const start = runStart(text, end, LETTER, end - 16);
  for (let index = start; index < end; index++) if (!is(text, index, HEX)) return true;
  return false;
}

function isFraction(text: string, end: number): boolean {
  const code = text.charCodeAt(end);
  return (code === 46 || code === 45) && is(text, end + 1, ALNUM);
}

function isCard(digits: string): boolean {
  return digits.length >= MIN_DIGITS && hasIssuer(digits) && passesLuhn(digits);
}

/** Whether a card network gives out numbers that begin like this and are so long. */
function hasIssuer(digits: string): boolean {
  const { length } = digits;
  const two = Number(digits.slice(0, 2));
  const four = Number(digits.slice(0, 4));
  // Visa
  if (digits.startsWith('4')) return length === 13 || length === 16 || length === 19;
  // American Express
  if (two === 34 || two === 37) return length === 15;
  // Mastercard
  if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) return length === 16;
  // Diners Club
  if (two === 36 || two === 38 || two === 39 || (four >= 3000 && four <= 3059)) return length === 14 || length === 16;
  // JCB
  if (four >= 3528 && four <= 3589) return length >= 16;
  // Discover, UnionPay, Maestro, RuPay
  return (two === 50 || (two >= 56 && two <= 69) || two === 81) && length >= 16;
}

/** @see ISO/IEC 7812-1, annex B */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = digits.length - 1, double = false; index >= 0; index--, double = !double) {
    const digit = digits.charCodeAt(index) - 48;
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return sum % 10 === 0;
}
