import fc from 'fast-check';
import type { PlantedSecret } from './secret-values.js';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const random = (alphabet: string, minLength: number, maxLength = minLength): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...alphabet), { minLength, maxLength }).map((letters) => letters.join(''));
const digits = (count: number) => random(DIGITS, count);
const itself = (text: string): PlantedSecret => ({ text, secrets: [text] });
const texts = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((all) => all.join(''));

/** Addresses of e-mail, also as they stand in the query of a URL. */
export const ADDRESSES: fc.Arbitrary<PlantedSecret> = fc
  .record({
    local: fc.array(random(`${LOWER}${LOWER.toUpperCase()}${DIGITS}`, 2, 8), { minLength: 1, maxLength: 3 }),
    joint: fc.constantFrom('.', '_', '+', '-', ''),
    domain: fc.array(random(LOWER, 3, 9), { minLength: 1, maxLength: 3 }),
    top: fc.constantFrom('com', 'org', 'de', 'io', 'co.uk', 'museum'),
    at: fc.constantFrom('@', '@', '@', '%40'),
  })
  .map(({ local, joint, domain, top, at }) => itself(`${local.join(joint)}${at}${domain.join('.')}.${top}`));

const AREAS = ['212', '310', '415', '503', '617', '702', '808', '916'];
const exchange = random('23456789', 1).chain((first) => random('02345678', 2).map((rest) => first + rest));
const separator = fc.constantFrom('-', '.', ' ');

/** Numbers of North America and of other countries, written as people there do. */
export const PHONES: fc.Arbitrary<PlantedSecret> = fc
  .oneof(
    fc
      .tuple(fc.constantFrom(...AREAS), exchange, digits(4), separator)
      .map(([area, middle, line, sign]) => [area, middle, line].join(sign)),
    texts('(', fc.constantFrom(...AREAS), ') ', exchange, '-', digits(4)),
    texts('+1', fc.constantFrom(...AREAS), exchange, digits(4)),
    texts('+1 (', fc.constantFrom(...AREAS), ') ', exchange, '-', digits(4)),
    texts('+49 30 ', random('23456789', 1), digits(6)),
    texts('+44 20 7', digits(3), ' ', digits(4)),
    texts('+33 6 ', digits(2), ' ', digits(2), ' ', digits(2), ' ', digits(2)),
    texts('+81 3-', digits(4), '-', digits(4)),
    texts('+86 138 ', digits(4), ' ', digits(4)),
    texts('+9198', digits(8)),
    texts('+55 11 9', digits(4), '-', digits(4)),
  )
  .map(itself);

/** With the check digit behind it. */
function luhn(body: string): string {
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return body + String((10 - (sum % 10)) % 10);
}

/** Numbers of cards without separators. */
export const CARD_NUMBERS: fc.Arbitrary<string> = fc
  .oneof(
    texts('4', digits(14)),
    texts('5', random('12345', 1), digits(13)),
    texts(fc.constantFrom('34', '37'), digits(12)),
    texts('6011', digits(11)),
  )
  .map(luhn);

/** The same, also in the groups in which they are printed. */
export const CARDS: fc.Arbitrary<PlantedSecret> = fc
  .tuple(CARD_NUMBERS, fc.constantFrom('', '', ' ', '-'))
  .map(([number, sign]) => {
    const groups = number.length === 15 ? /(\d{4})(\d{6})(\d{5})/ : /(\d{4})(\d{4})(\d{4})(\d{4})/;
    return itself(sign === '' ? number : (groups.exec(number)?.slice(1) ?? []).join(sign));
  });

/** Country, and what follows the check digits: `A` a letter, `9` a digit. */
const IBANS = {
  DE: '999999999999999999',
  GB: 'AAAA99999999999999',
  FR: '99999999999999999999999',
  NL: 'AAAA9999999999',
  ES: '99999999999999999999',
  CH: '99999999999999999',
  AT: '9999999999999999',
  PL: '999999999999999999999999',
};

const iban = fc.constantFrom(...Object.entries(IBANS)).chain(([country, shape]) =>
  texts(...[...shape].map((kind) => (kind === '9' ? digits(1) : random(LOWER.toUpperCase(), 1)))).map((account) => {
    const number = [...`${account}${country}00`].map((character) => parseInt(character, 36)).join('');
    const check = 98n - (BigInt(number) % 97n);
    return `${country}${String(check).padStart(2, '0')}${account}`;
  }),
);

const byte = fc.integer({ min: 1, max: 254 });
const group = random('0123456789abcdef', 4).filter((text) => /[1-9a-f]/.test(text[0] ?? '') && /\d/.test(text));

/** Numbers of accounts, people and hosts. */
export const NUMBERS = {
  us_ssn: fc
    .tuple(fc.integer({ min: 1, max: 899 }), fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 9999 }))
    .filter(([area]) => area !== 666)
    .map(([area, middle, serial]) =>
      itself(
        [String(area).padStart(3, '0'), String(middle).padStart(2, '0'), String(serial).padStart(4, '0')].join('-'),
      ),
    ),
  iban: fc
    .tuple(iban, fc.boolean())
    .map(([number, grouped]) => itself(grouped ? number.replace(/.{4}(?=.)/g, '$& ') : number)),
  ipv4: fc.tuple(byte, byte, byte, byte).map((bytes) => itself(bytes.join('.'))),
  ipv6: fc.oneof(
    fc.tuple(group, group, group, group, group, group, group).map((groups) => itself(['2001', ...groups].join(':'))),
    fc
      .tuple(group, group, group)
      .map((groups) => itself(`2001:${groups.slice(0, 2).join(':')}::${groups.slice(2).join(':')}`)),
  ),
} as const;
