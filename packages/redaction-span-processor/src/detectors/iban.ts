import {
  ALNUM,
  continuesWord,
  digitsEnd,
  is,
  isDigit,
  isEscapeLetter,
  LETTER,
  LOWER,
  runEnd,
  runStart,
  UPPER,
} from '../char-class.js';

/** Lengths by country, as in the IBAN registry of SWIFT; by the letters of the country. */
const LENGTHS = new Uint8Array(1024);
for (const entry of (
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 ' +
  'FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 ' +
  'LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 ' +
  'SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
).split(' ')) {
  LENGTHS[countryAt(entry, 0)] = Number(entry.slice(2));
}

/** A number for two letters, in either case. */
function countryAt(text: string, index: number): number {
  return ((text.charCodeAt(index) & 31) << 5) | (text.charCodeAt(index + 1) & 31);
}

/** Most characters of an IBAN in front of its first three digits in a row. */
const MAX_LEAD = 16;
/** Most groups of four in front of the one with three digits in a row. */
const MAX_GROUPS = 4;

/**
 * The IBAN that the run of digits from `start` is in: of a country that has them, of its length, in one piece or in groups of
 * four, with the right check digits (mod 97). Whatever is written in front of it without a space does not hide it.
 *
 * @param seen - where the digits end that were looked at before: it does not begin in front of them
 * @see ISO 13616
 */
export function ibanAt(text: string, start: number, seen: number): readonly [number, number] | undefined {
  let first = start;
  if (is(text, start - 1, LETTER)) {
    // Two letters at least are in front of the digits.
    if (!is(text, start - 2, ALNUM)) return undefined;
    const run = runStart(text, start, ALNUM, Math.max(seen, start - MAX_LEAD));
    // In small letters it begins a word: it could be part of a hexadecimal number.
    if (is(text, start - 1, LOWER) && is(text, run - 1, ALNUM)) return undefined;
    first = isEscapeLetter(text, run) ? run + 1 : run;
    const found =
      ibanFrom(text, first) ?? ibanFrom(text, start - 2) ?? ibanFrom(text, runStart(text, start, LETTER, first) - 4);
    if (found !== undefined || run === seen) return found;
  }
  for (let groups = 0; groups < MAX_GROUPS && isSeparator(text, first - 1); groups++) {
    first -= 5;
    const found = ibanFrom(text, first);
    // A group of digits has been looked at before this one.
    if (found !== undefined || !is(text, first, ALNUM) || digitsEnd(text, first, first + 3) - first > 2) return found;
  }
  return undefined;
}

function ibanFrom(text: string, first: number): readonly [number, number] | undefined {
  if (!isStart(text, first)) return undefined;
  const length = LENGTHS[countryAt(text, first)] ?? 0;
  const end = length === 0 ? undefined : endOfCharacters(text, first, length);
  if (end === undefined || isDigit(text, end)) return undefined;
  // In small letters it could be part of a hexadecimal number.
  if (is(text, first, LOWER) && (continuesWord(text, first) || is(text, end, ALNUM))) return undefined;
  // The first four characters count last.
  return remainder(text, first, first + 4, remainder(text, first + 4, end, 0)) === 1 ? [first, end] : undefined;
}

/** Whether two letters and two digits are at `index`. */
function isStart(text: string, index: number): boolean {
  if (!isDigit(text, index + 2) || !isDigit(text, index + 3) || !is(text, index, LETTER)) return false;
  const isUpper = is(text, index, UPPER);
  return is(text, index + 1, isUpper ? UPPER : LOWER);
}

/** Behind `count` letters and digits, of which groups may be separated. */
function endOfCharacters(text: string, start: number, count: number): number | undefined {
  let index = start;
  for (let seen = 0; ;) {
    const end = runEnd(text, index, ALNUM, index + count - seen);
    seen += end - index;
    if (seen === count) return end;
    if (end === index || !isSeparator(text, end)) return undefined;
    index = end + 1;
  }
}

function isSeparator(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === 32 || code === 45 || code === 0xa0 || code === 0x202f;
}

/** Of the number that the letters and digits from `start` to `end` stand for, behind one with the remainder `before`. */
function remainder(text: string, start: number, end: number, before: number): number {
  let rest = before;
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    if (isDigit(text, index)) rest = (rest * 10 + code - 48) % 97;
    // A is 10.
    else if (is(text, index, LETTER)) rest = (rest * 100 + (code & 31) + 9) % 97;
  }
  return rest;
}
