import { DIGITS, UPPER, type Random } from '../random.js';
import type { MakeValue, Values } from './values.js';
import { KNOWN_CARDS, KNOWN_IBANS } from './well-known.js';

/** The digit that makes a number pass the check of ISO/IEC 7812 (Luhn). */
export function luhnDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits.charAt(digits.length - 1 - i));
    sum += i % 2 === 0 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return String((10 - (sum % 10)) % 10);
}

const NETWORKS: Readonly<Record<string, { prefixes: readonly string[]; length: number; groups: readonly number[] }>> = {
  visa: { prefixes: ['4'], length: 16, groups: [4, 4, 4, 4] },
  visa19: { prefixes: ['4'], length: 19, groups: [4, 4, 4, 4, 3] },
  mastercard: { prefixes: ['51', '52', '53', '54', '55', '2221', '2500', '2720'], length: 16, groups: [4, 4, 4, 4] },
  amex: { prefixes: ['34', '37'], length: 15, groups: [4, 6, 5] },
  discover: { prefixes: ['6011', '644', '65'], length: 16, groups: [4, 4, 4, 4] },
  diners: { prefixes: ['36', '38', '300', '305'], length: 14, groups: [4, 6, 4] },
  jcb: { prefixes: ['3528', '3566', '3589'], length: 16, groups: [4, 4, 4, 4] },
  unionpay: { prefixes: ['62'], length: 16, groups: [4, 4, 4, 4] },
  maestro: { prefixes: ['6759', '5018', '6304'], length: 16, groups: [4, 4, 4, 4] },
};

function card(random: Random, network: string, separator: string): string {
  const shape = NETWORKS[network];
  if (shape === undefined) throw new Error(`Expected a card network, got ${network}`);
  const prefix = random.pick(shape.prefixes);
  const digits = prefix + random.chars(DIGITS, shape.length - 1 - prefix.length);
  return grouped(digits + luhnDigit(digits), shape.groups, separator);
}

function grouped(text: string, groups: readonly number[], separator: string): string {
  let at = 0;
  return groups.map((length) => text.slice(at, (at += length))).join(separator);
}

const COMMON = ['visa', 'visa', 'mastercard', 'amex', 'discover'];

/** Card numbers that pass the check; `bad`: that do not. */
export const CARDS: Values & { readonly bad: MakeValue } = {
  any: (r) => card(r, r.pick(COMMON), r.pick(['', ' ', '-'])),
  bad: (r) => failing(r, r.pick(['', ' ', '-'])),
  /** Numbers that payment services give out for tests. */
  example: (r) => r.pick(KNOWN_CARDS),
  spaced: (r) => card(r, r.pick(COMMON), ' '),
  dashed: (r) => card(r, r.pick(COMMON), '-'),
  plain: (r) => card(r, r.pick(COMMON), ''),
  ...Object.fromEntries(
    Object.keys(NETWORKS).map((name): [string, MakeValue] => [name, (r) => card(r, name, r.pick(['', ' ', '-']))]),
  ),
};

function failing(random: Random, separator: string): string {
  const digits = random.pick(['4', '51', '6011']) + random.chars(DIGITS, 14);
  const body = digits.slice(0, 15);
  return grouped(body + String((Number(luhnDigit(body)) + random.int(1, 9)) % 10), [4, 4, 4, 4], separator);
}

/** Where letters are allowed, banks use few. */
const MOSTLY_DIGITS = DIGITS.repeat(8) + UPPER;

/** `n`: digits, `a`: capitals, `c`: either. */
const BBANS: Readonly<Record<string, string>> = {
  DE: 'n18', FR: 'n10c11n2', GB: 'a4n14', ES: 'n20', IT: 'a1n10c12', NL: 'a4n10', BE: 'n12', CH: 'n5c12', AT: 'n16', PL: 'n24',
  PT: 'n21', SE: 'n20', NO: 'n11', DK: 'n14', FI: 'n14', IE: 'a4n14', LU: 'n3c13', CZ: 'n20', SK: 'n20', HU: 'n24', RO: 'a4c16',
  BG: 'a4n6c8', GR: 'n7c16', HR: 'n17', SI: 'n15', LT: 'n16', LV: 'a4c13', EE: 'n16', CY: 'n8c16', MT: 'a4n5c18', SA: 'n2c18',
  AE: 'n19', TR: 'n6c16', IL: 'n19', BR: 'n23a1c1', MC: 'n10c11n2', UA: 'n6c19', QA: 'a4c21',
}; // prettier-ignore

function ibanOf(random: Random, country: string): string {
  const bban = (BBANS[country] ?? 'n18').replace(/([nac])(\d+)/g, (_all, kind: string, length: string) =>
    random.chars(kind === 'n' ? DIGITS : kind === 'a' ? UPPER : MOSTLY_DIGITS, Number(length)),
  );
  return country + ibanCheck(country, bban) + bban;
}

/** The two check digits of ISO 13616. */
export function ibanCheck(country: string, bban: string): string {
  const digits = `${bban}${country}00`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return String(98 - rest).padStart(2, '0');
}

const spaced = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ');
const anyCountry = (random: Random): string => random.pick(Object.keys(BBANS));

/** IBANs with right check digits; `bad`: with wrong ones. */
export const IBANS: Values & { readonly bad: MakeValue } = {
  any: (r) => (r.next() < 0.5 ? spaced(ibanOf(r, anyCountry(r))) : ibanOf(r, anyCountry(r))),
  plain: (r) => ibanOf(r, anyCountry(r)),
  /** Examples of the banks' own documentation. */
  example: (r) => r.pick(KNOWN_IBANS),
  spaced: (r) => spaced(ibanOf(r, anyCountry(r))),
  lower: (r) => ibanOf(r, anyCountry(r)).toLowerCase(),
  dashed: (r) => spaced(ibanOf(r, anyCountry(r))).replace(/ /g, '-'),
  bad: (r) => {
    const iban = ibanOf(r, anyCountry(r));
    return iban.slice(0, 2) + String(((Number(iban.slice(2, 4)) + 13) % 95) + 2).padStart(2, '0') + iban.slice(4);
  },
  ...Object.fromEntries(
    Object.keys(BBANS).map((name): [string, MakeValue] => [
      name,
      (r) => (r.next() < 0.5 ? spaced(ibanOf(r, name)) : ibanOf(r, name)),
    ]),
  ),
};

function ssn(random: Random, separator: string): string {
  let area = random.int(1, 899);
  if (area === 666) area = 667;
  const parts = [
    String(area).padStart(3, '0'),
    String(random.int(1, 99)).padStart(2, '0'),
    String(random.int(1, 9999)).padStart(4, '0'),
  ];
  return parts.join(separator);
}

/** US social security numbers of ranges that are given out; `bad`: of those that are not. */
export const SSNS: Values & { readonly bad: MakeValue } = {
  any: (r) => ssn(r, '-'),
  /** The ones that people make up. */
  example: (r) => r.pick(['123-45-6789', '536-22-1234', '555-12-3456', '111-22-3333', '234-56-7890']),
  spaced: (r) => ssn(r, ' '),
  bare: (r) => ssn(r, ''),
  dotted: (r) => ssn(r, '.'),
  bad: (r) =>
    r
      .pick(['000-##-P###', '666-P#-P###', '9##-1#-P###', '12P-00-P###', '45P-1#-0000'])
      .replace(/[#P]+/g, (form) => r.fill(form)),
};

/** IPv4 and IPv6 addresses. */
export const IPV4: Values = {
  any: (r) => `${r.pick([10, 172, 192, 203, 198, 8, 34, 52, 91])}.${r.int(0, 255)}.${r.int(0, 255)}.${r.int(1, 254)}`,
  private: (r) => `192.168.${r.int(0, 255)}.${r.int(1, 254)}`,
};

export const IPV6: Values = {
  any: (r) => r.pick([full, middle, short])(r),
  full,
  short,
  middle,
  mapped: (r) => `::ffff:${r.int(1, 223)}.${r.int(0, 255)}.${r.int(0, 255)}.${r.int(1, 254)}`,
};

function full(r: Random): string {
  return `2001:0db8:${r.fill('hhhh:hhhh:hhhh:hhhh:hhhh:hhhh')}`;
}
function middle(r: Random): string {
  return `2001:db8:${r.fill('Phh:Phh')}::${r.fill('Phhh')}`;
}
function short(r: Random): string {
  return `fe80::${r.fill('Phh:Phhh:Phh:Phhh')}`;
}
