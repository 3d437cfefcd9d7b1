import { ALNUM, BASE64, BASE64URL, DIGITS, HEX, LETTERS, LOWER, UPPER, type Random } from '../random.js';
import type { Values } from './values.js';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function isbn13(r: Random): string {
  const digits = `978${r.chars(DIGITS, 9)}`;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return digits + String((10 - (sum % 10)) % 10);
}

function isbn10(r: Random): string {
  const digits = r.chars(DIGITS, 9);
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
  const check = (11 - (sum % 11)) % 11;
  return digits + (check === 10 ? 'X' : String(check));
}

const iso = (r: Random): string => new Date(1_600_000_000_000 + r.int(0, 200_000_000) * 1000).toISOString();

/** Values that are no secrets, though some look like it. */
export const PLAIN: Values = {
  any: (r) => r.chars(LOWER, 8),
  uuid: (r) => r.fill('hhhhhhhh-hhhh-4hhh-ahhh-hhhhhhhhhhhh'),
  uuid7: (r) => `019${r.fill('hhhhh-hhhh-7hhh-bhhh-hhhhhhhhhhhh')}`,
  name: (r) =>
    r.pick([
      'Alice Smith',
      'Bob Jones',
      'María García',
      'Jürgen Weiß',
      'Zoë Dubois',
      '田中太郎',
      'Иван Петров',
      "Siobhán O'Neill",
    ]),
  host: (r) =>
    r.pick(['db.internal', 'localhost', 'prod-db-1.example.com', '127.0.0.1', 'cache', 'pg.eu-west-1.rds.example.com']),
  user: (r) => r.pick(['app', 'postgres', 'root', 'svc_orders', 'admin', 'readonly']),
  sha1: (r) => r.chars(HEX, 40),
  sha7: (r) => r.chars(HEX, 7),
  sha256: (r) => r.chars(HEX, 64),
  sha512: (r) => `${r.chars(BASE64, 86)}==`,
  md5: (r) => r.chars(HEX, 32),
  hex16: (r) => r.chars(HEX, 16),
  hex24: (r) => r.chars(HEX, 24),
  hex32: (r) => r.chars(HEX, 32),
  hex8: (r) => r.chars(HEX, 8),
  seconds: (r) => String(1_600_000_000 + r.int(0, 199_999_999)),
  millis: (r) => String(1_600_000_000_000 + r.int(0, 199_999_999) * 1000 + r.int(0, 999)),
  micros: (r) => `${1_600_000_000 + r.int(0, 199_999_999)}${r.chars(DIGITS, 6)}`,
  nanos: (r) => `${1_600_000_000 + r.int(0, 199_999_999)}${r.chars(DIGITS, 9)}`,
  iso,
  date: (r) => iso(r).slice(0, 10),
  isbn13,
  isbn13dashed: (r) => isbn13(r).replace(/^(...)(.)(....)(....)(.)$/, '$1-$2-$3-$4-$5'),
  isbn10,
  ean: (r) => r.fill('40#########') + r.fill('##'),
  ups: (r) => `1Z${r.chars(UPPER + DIGITS, 6)}${r.chars(DIGITS, 10)}`,
  fedex: (r) => r.fill('7###########'),
  usps: (r) => r.fill('94001#################'),
  dhl: (r) => r.fill('JD01############'),
  order: (r) => r.fill('1##-#######-#######'),
  digits6: (r) => r.fill('P#####'),
  digits7: (r) => r.fill('P######'),
  digits8: (r) => r.fill('P#######'),
  digits9: (r) => r.fill('9########'),
  digits10: (r) => r.fill('1#########'),
  digits12: (r) => r.fill('P###########'),
  digits18: (r) => r.fill('P#################'),
  objectid: (r) => r.chars(HEX, 24),
  ulid: (r) => `01${r.chars(CROCKFORD, 24)}`,
  nanoid: (r) => r.chars(BASE64URL, 21),
  ksuid: (r) => `2${r.chars(ALNUM, 26)}`,
  cuid: (r) => `c${r.chars(LOWER + DIGITS, 24)}`,
  alnum24: (r) => r.chars(ALNUM, 24),
  alnum29: (r) => r.chars(ALNUM, 29),
  upper9: (r) => r.chars(UPPER + DIGITS, 9),
  letters22: (r) => r.chars(LETTERS, 22),
  base64: (r) => `${r.chars(BASE64, 120)}==`,
  base64long: (r) => `${r.chars(BASE64, 1200)}=`,
  png: (r) => `iVBORw0KGgoAAAANSUhEUgAA${r.chars(BASE64, 600)}AAAASUVORK5CYII=`,
  jpeg: (r) => `/9j/4AAQSkZJRgABAQAAAQABAAD/${r.chars(BASE64, 600)}//Z`,
  // What documentation puts where a key would be: in pieces, too, for scanners that look at the first letters alone.
  'placeholder.openai': () => ['sk', 'x'.repeat(48)].join('-'),
  'placeholder.aws': () => ['AK', 'IA', 'X'.repeat(16)].join(''),
  'placeholder.github': () => ['gh', 'p_', 'x'.repeat(36)].join(''),
  'placeholder.stripe': () => ['sk', 'live', 'x'.repeat(24)].join('_'),
  'placeholder.npm': () => ['n', 'pm_', 'X'.repeat(36)].join(''),
  'placeholder.slack': () => ['xo', 'xb-', 'your-token'].join(''),
  'pem.begin': () => ['-----BEGIN', 'PRIVATE', 'KEY-----'].join(' '),
  'pem.end': () => ['-----END', 'PRIVATE', 'KEY-----'].join(' '),
  certificate: (r) => {
    const lines = Array.from({ length: 6 }, () => r.chars(BASE64, 64));
    return ['-----BEGIN CERTIFICATE-----', `MIID${lines.join('\n')}`, '-----END CERTIFICATE-----'].join('\n');
  },
  publickey: (r) =>
    [
      '-----BEGIN PUBLIC KEY-----',
      `MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE${r.chars(BASE64, 64)}`,
      '-----END PUBLIC KEY-----',
    ].join('\n'),
  sshrsa: (r) => `AAAAB3NzaC1yc2EAAAADAQABAAABgQ${r.chars(BASE64, 340)}`,
  ssh25519: (r) => `AAAAC3NzaC1lZDI1NTE5AAAAI${r.chars(BASE64, 43)}`,
};
