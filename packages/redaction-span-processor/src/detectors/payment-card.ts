import { ALNUM, HEX, is, isDigit, LETTER, runStart } from '../char-class.js';

/** Shortest and longest number of a card, ISO/IEC 7812. */
const MIN_DIGITS = 13;
const MAX_DIGITS = 19;
/** How digits are put in groups behind the first four, as numbers: 444 and 4443, 65 and 64. */
function isGrouped(groups: number): boolean {
  return groups === 444 || groups === 4443 || groups === 443 || groups === 65 || groups === 64;
}

/**
 * The number of a payment card that begins with the run of digits from `start` to `end`: of an issuer that there is, in one
 * piece or in groups, with the right check digit (Luhn).
 */
export function paymentCardAt(text: string, start: number, end: number): readonly [number, number] | undefined {
  const length = end - start;
  if (length === 4) return groupedCardAt(text, start, end);
  if (length < MIN_DIGITS || length > MAX_DIGITS) return undefined;
  return standsAlone(text, start, end) && isCard(text, start, end, length) ? [start, end] : undefined;
}

function groupedCardAt(text: string, start: number, end: number): readonly [number, number] | undefined {
  const separator = text.charCodeAt(end);
  if ((separator !== 32 && separator !== 45 && separator !== 0xa0) || isJoined(text, start - 1)) return undefined;
  let groups = 0;
  let digits = 0;
  // The sums for an even number of digits and for an odd one: how many there are is known at the end.
  let sum = 0;
  let otherSum = 0;
  for (let at = start, from = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code > 47 && code < 58) {
      const digit = code - 48;
      const doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
      sum += digits % 2 === 0 ? doubled : digit;
      otherSum += digits % 2 === 0 ? digit : doubled;
      if (++digits > MAX_DIGITS) return undefined;
      continue;
    }
    if (from > start) {
      if (at - from < 3 || at - from > 6) return undefined;
      groups = groups * 10 + at - from;
      const isCard = isGrouped(groups) && (digits % 2 === 0 ? sum : otherSum) % 10 === 0;
      if (isCard && hasIssuer(text, start, digits))
        return isJoined(text, at) && isDigit(text, at + 1) ? undefined : [start, at];
    }
    if (code !== separator) return undefined;
    from = at + 1;
  }
}

/** Whether the character at `index` joins digits to what is beside them. */
function isJoined(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return isDigit(text, index) || ((code === 45 || code === 46) && isDigit(text, index - 1));
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

/** @param count - of the digits from `start` to `end`, between which may be other characters */
function isCard(text: string, start: number, end: number, count: number): boolean {
  return hasIssuer(text, start, count) && passesLuhn(text, start, end);
}

/** Whether a card network gives out numbers that begin with these four digits and have so many. */
function hasIssuer(text: string, start: number, count: number): boolean {
  const four =
    digitAt(text, start) * 1000 +
    digitAt(text, start + 1) * 100 +
    digitAt(text, start + 2) * 10 +
    digitAt(text, start + 3);
  const two = Math.floor(four / 100);
  // Visa
  if (two >= 40 && two <= 49) return count === 13 || count === 16 || count === 19;
  // American Express
  if (two === 34 || two === 37) return count === 15;
  // Mastercard
  if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) return count === 16;
  // Diners Club
  if (two === 36 || two === 38 || two === 39 || (four >= 3000 && four <= 3059)) return count === 14 || count === 16;
  // JCB
  if (four >= 3528 && four <= 3589) return count >= 16;
  // Discover, UnionPay, Maestro, RuPay
  return (two === 50 || (two >= 56 && two <= 69) || two === 81) && count >= 16;
}

function digitAt(text: string, index: number): number {
  return text.charCodeAt(index) - 48;
}

/** @see ISO/IEC 7812-1, annex B */
function passesLuhn(text: string, start: number, end: number): boolean {
  let sum = 0;
  let isDoubled = false;
  for (let index = end - 1; index >= start; index--) {
    if (!isDigit(text, index)) continue;
    const digit = digitAt(text, index);
    sum += isDoubled ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
    isDoubled = !isDoubled;
  }
  return sum % 10 === 0;
}
