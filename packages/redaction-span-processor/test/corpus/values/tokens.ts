import { ALNUM, BASE64, BASE64URL, HEX, LETTERS, LOWER, type Random } from '../random.js';
import type { Values } from './values.js';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function jwt(random: Random, header: Record<string, string>, signature: number): string {
  const payload = {
    sub: random.fill('##########'),
    name: random.pick(['Alice Smith', 'Bob Jones', 'svc-orders']),
    iss: 'https://login.example.com/',
    iat: 1_700_000_000 + random.int(0, 80_000_000),
  };
  return [part(header), part(payload), random.chars(BASE64URL, signature)].join('.');
}

/** JSON web tokens, signed, unsigned and encrypted. */
export const JWTS: Values = {
  any: (r) => jwt(r, { alg: 'HS256', typ: 'JWT' }, 43),
  rsa: (r) => jwt(r, { alg: 'RS256', typ: 'JWT', kid: r.chars(HEX, 16) }, 342),
  elliptic: (r) => jwt(r, { alg: 'ES256', kid: r.chars(ALNUM, 8) }, 86),
  reversed: (r) => jwt(r, { typ: 'JWT', alg: 'HS512' }, 86),
  unsigned: (r) => jwt(r, { alg: 'none' }, 0),
  encrypted: (r) =>
    [
      part({ alg: 'RSA-OAEP', enc: 'A256GCM' }),
      r.chars(BASE64URL, 342),
      r.chars(BASE64URL, 16),
      r.chars(BASE64URL, 120),
      r.chars(BASE64URL, 22),
    ].join('.'),
};

const WORDS = 'summer Winter tiger Orange falcon Berlin dragon coffee Planet monkey rocket Violet marble cactus'.split(
  ' ',
);

/** What people and machines use as passwords. The variants differ in the characters a place allows. */
export const PASSWORDS: Values = {
  any: (r) => r.pick([PASSWORDS['mixed'], PASSWORDS['symbols'], PASSWORDS['plain']])?.(r) ?? '',
  /** Letters and digits. */
  plain: (r) => `${r.pick(WORDS)}${r.chars(LETTERS, 3)}${r.int(10, 9999)}`,
  /** As people make them up. */
  mixed: (r) =>
    `${r.pick(WORDS)}${r.pick(['!', '#', '$', '_', '-', '*', '%'])}${r.int(10, 9999)}${r.chars(LETTERS, 2)}`,
  /** As password managers make them up. */
  symbols: (r) => `${r.chars(LETTERS, 2)}${r.chars(`${ALNUM}!$%*+-_^~.`, 14)}${r.chars(ALNUM, 2)}`,
  /** With all that is hard to tell from the text around it, in a place that says where it ends. */
  hard: (r) =>
    `${r.chars(ALNUM, 4)}@${r.chars(ALNUM, 2)}:${r.chars(ALNUM, 2)}/${r.chars(ALNUM, 2)}?#${r.chars(ALNUM, 2)}&;,${r.chars(ALNUM, 3)}`,
  short: (r) => `${r.chars(LOWER, 5)}${r.int(10, 99)}`,
  letters: (r) => r.chars(LOWER, 11),
  phrase: (r) => `${r.pick(WORDS)} ${r.pick(WORDS)} ${r.pick(WORDS)} ${r.int(1, 99)}`,
  dashes: (r) => `${r.pick(WORDS)}-${r.pick(WORDS)}-${r.pick(WORDS)}-${r.int(1, 99)}`,
  percent: (r) => `${r.chars(ALNUM, 5)}%40${r.chars(ALNUM, 3)}%23${r.chars(ALNUM, 3)}`,
  /** What stands in tests, tutorials and far too many databases. */
  weak: (r) =>
    r.pick(
      'hunter2 hunter22 P@ssw0rd! Passw0rd S3cr3t! admin123 qwerty123 Tr0ub4dor&3 swordfish abc123 iloveyou password123 secret123 s3cr3t p4ssw0rd welcome1 letmein1 supersecret hunter2! mysecretpassword correct-horse-battery-staple Sup3rS3cret! MyP@ss123 test1234'.split(
        ' ',
      ),
    ),
  weakplain: (r) =>
    r.pick(
      'hunter2 hunter22 Passw0rd admin123 qwerty123 swordfish abc123 iloveyou password123 secret123 s3cr3t p4ssw0rd welcome1 letmein1 supersecret mysecretpassword test1234'.split(
        ' ',
      ),
    ),
  umlaut: (r) => `${r.pick(['Größe', 'señor', 'été', 'пароль', '東京'])}${r.chars(ALNUM, 5)}${r.int(10, 99)}`,
  pin: (r) => r.fill('P#####'),
};

/** Opaque tokens and keys without a form of their own: only the name they are given says what they are. */
export const SECRETS: Values = {
  any: (r) => r.chars(ALNUM, r.pick([24, 32, 40])),
  hex: (r) => r.chars(HEX, r.pick([32, 40, 64])),
  base64: (r) => `${r.chars(BASE64, 43)}=`,
  url: (r) => r.chars(BASE64URL, 43),
  uuid: (r) => r.fill('hhhhhhhh-hhhh-4hhh-ahhh-hhhhhhhhhhhh'),
  short: (r) => r.chars(ALNUM, 12),
  groq: (r) => `gs${'k_'}${r.chars(ALNUM, 52)}`,
  openrouter: (r) => ['sk', 'or', 'v1', r.chars(HEX, 64)].join('-'),
  langfuse: (r) => ['sk', 'lf', r.fill('hhhhhhhh-hhhh-4hhh-ahhh-hhhhhhhhhhhh')].join('-'),
  pypi: (r) => ['py', 'pi-', 'AgEIcHlwaS5vcmc', r.chars(BASE64URL, 150)].join(''),
  vault: (r) => ['hv', 's.', r.chars(ALNUM, 24)].join(''),
  databricks: (r) => `da${'pi'}${r.chars(HEX, 32)}`,
  telegram: (r) => `${r.fill('P#########')}:${'AA'}${r.chars(BASE64URL, 33)}`,
  pinecone: (r) => ['pc', 'sk', r.chars(ALNUM, 6), r.chars(ALNUM, 60)].join('_'),
};

/** What follows the scheme in an `Authorization` header. */
export const CREDENTIALS: Values = {
  any: (r) => r.chars(BASE64URL, r.pick([32, 43, 64])),
  basic: (r) =>
    Buffer.from(`${r.pick(['admin', 'alice', 'svc-build'])}:${r.chars(ALNUM, r.int(8, 16))}`).toString('base64'),
  short: (r) => r.chars(ALNUM, r.int(12, 20)),
  basicshort: (r) =>
    Buffer.from(r.pick(['user:pass', 'admin:admin', 'user:password', 'alice:secret'])).toString('base64'),
  hex: (r) => r.chars(HEX, r.pick([32, 40])),
  digest: (r) => r.chars(HEX, 32),
  base64: (r) => `${r.chars(BASE64, 86)}==`,
  dotted: (r) => `${r.chars(ALNUM, 12)}.${r.chars(BASE64URL, 40)}~${r.chars(ALNUM, 6)}`,
};

function pem(random: Random, label: string, start: string, lines: number, width = 64): string {
  const body = [start + random.chars(BASE64, width - start.length)];
  for (let i = 1; i < lines; i++) body.push(random.chars(BASE64, width));
  body.push(`${random.chars(BASE64, 27)}=`);
  return [`-----BEGIN ${label}-----`, ...body, `-----END ${label}-----`].join('\n');
}

const key = (kind: string): string => `${kind}PRIVATE KEY`;

/** Private keys in PEM, with header lines and body. */
export const PRIVATE_KEYS: Values = {
  any: (r) => pem(r, key(''), 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', 24),
  rsa: (r) => pem(r, key('RSA '), 'MIIEowIBAAKCAQEA', 24),
  elliptic: (r) => pem(r, key('EC '), 'MHcCAQEEI', 2),
  dsa: (r) => pem(r, key('DSA '), 'MIIBuwIBAAKBgQD', 8),
  openssh: (r) => pem(r, key('OPENSSH '), 'b3BlbnNzaC1rZXktdjEAAAAA', 6, 70),
  ed25519: (r) =>
    [`-----BEGIN ${key('')}-----`, `MC4CAQAwBQYDK2VwBCIEI${r.chars(BASE64, 43)}`, `-----END ${key('')}-----`].join(
      '\n',
    ),
  encrypted: (r) => pem(r, key('ENCRYPTED '), 'MIIFHDBOBgkqhkiG9w0BBQ0wQTApBgkqhkiG', 26),
  headers: (r) =>
    pem(r, key('RSA '), '', 24).replace(
      '-----\n',
      `-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,${r.chars(HEX, 32).toUpperCase()}\n\n`,
    ),
  pgp: (r) => pem(r, `PGP ${key('')} BLOCK`, 'lQOYBGF', 20).replace('-----\n', '-----\nVersion: GnuPG v2\n\n'),
  crlf: (r) => pem(r, key('RSA '), 'MIIEowIBAAKCAQEA', 12).replace(/\n/g, '\r\n'),
  line: (r) => pem(r, key(''), 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', 12).replace(/\n/g, ' '),
  indented: (r) => pem(r, key('RSA '), 'MIIEowIBAAKCAQEA', 8).replace(/\n/g, '\n    '),
  endless: (r) => pem(r, key('RSA '), 'MIIEowIBAAKCAQEA', 14).replace(/\n-----END.*/, ''),
};
