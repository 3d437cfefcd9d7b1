import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { DetectorName } from '../src/index.js';
import { ADDRESSES, CARDS, NUMBERS, PHONES } from './personal-values.js';

/** What is put into a text, and what of it must not be found afterwards. */
export interface PlantedSecret {
  readonly text: string;
  readonly secrets: readonly string[];
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
const ALNUM = LOWER + UPPER + DIGITS;

/** Not `fc.string`, which likes to make names of properties of them. */
const random = (alphabet: string, minLength: number, maxLength = minLength): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...alphabet), { minLength, maxLength }).map((letters) => letters.join(''));
const word = random(LOWER, 4, 9);
/** Looks random to anybody: letters of both cases and digits, and no letter three times in a row. */
const key = (minLength: number, maxLength = minLength, alphabet = ALNUM): fc.Arbitrary<string> =>
  random(alphabet, minLength, maxLength).filter(
    (text) =>
      /[a-z]/i.test(text) &&
      /\d/.test(text) &&
      new Set(text).size >= Math.min(8, minLength / 4) &&
      !/(.)\1\1/.test(text),
  );
/** A key as people choose them. */
const password = key(10, 20).filter((text) => /[a-z]/.test(text) && /[A-Z]/.test(text));
/** Bytes as keys have them: fast-check's own are small numbers too often. */
const bytes = (length: number): fc.Arbitrary<Buffer> =>
  fc.nat().map((seed) => {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
      createHash('sha256').update(`${seed} ${index}`).digest(),
    );
    return Buffer.concat(blocks).subarray(0, length);
  });
const base64 = (length: number) => bytes(length).map((buffer) => buffer.toString('base64'));
const base64url = (length: number) => bytes(length).map((buffer) => buffer.toString('base64url'));

/** Parts joined, all of it secret. Literals are cut in two, so that no file holds the beginning of a key. */
const whole = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<PlantedSecret> =>
  join(parts).map((text) => ({ text, secrets: [text] }));
/** A secret that is told by what is before it (and behind it). */
const within = (
  before: string | fc.Arbitrary<string>,
  secret: fc.Arbitrary<string>,
  after: string | fc.Arbitrary<string> = '',
): fc.Arbitrary<PlantedSecret> =>
  fc
    .tuple(join([before]), secret, join([after]))
    .map(([head, text, tail]) => ({ text: head + text + tail, secrets: [text] }));

const join = (parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((all) => all.join(''));

const jwt = fc
  .record({ sub: key(8, 20), name: word, iat: fc.integer({ min: 1_600_000_000, max: 1_900_000_000 }) })
  .chain((payload) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return base64url(32).map((signature) => [part({ alg: 'HS256', typ: 'JWT' }), part(payload), signature].join('.'));
  });

const host = fc.tuple(word, fc.constantFrom('org', 'net', 'com', 'io')).map((parts) => parts.join('.'));

const privateKey = fc
  .record({ kind: fc.constantFrom('', 'RSA ', 'EC ', 'OPENSSH ', 'ENCRYPTED '), bytes: base64(300) })
  .map(({ kind, bytes }) => {
    const lines = bytes.match(/.{1,64}/g) ?? [];
    const fence = (edge: string) => `-----${edge} ${kind}PRIVATE KEY-----`;
    return { text: [fence('BEGIN'), ...lines, fence('END')].join('\n'), secrets: lines };
  });

/** Valid values of each detector. */
export const SECRETS: Readonly<Record<DetectorName, fc.Arbitrary<PlantedSecret>>> = {
  email: ADDRESSES,
  phone: PHONES,
  payment_card: CARDS,
  ...NUMBERS,
  openai_key: fc.oneof(
    whole('sk', '-proj-', key(48, 156, `${ALNUM}_-`).filter(endsInWord)),
    whole('sk', '-', fc.constantFrom('svcacct', 'admin'), '-', key(48, 120)),
    whole('sk', '-', key(20), 'T3Blbk', 'FJ', key(20)),
  ),
  anthropic_key: whole('sk', '-ant-', fc.constantFrom('api03', 'admin01'), '-', key(93, 93, `${ALNUM}_-`), 'AA'),
  aws_key: whole(fc.constantFrom('AK', 'AS'), 'IA', key(16, 16, `${UPPER}234567`)),
  aws_secret: within(
    fc.constantFrom(
      'aws_secret_access_key=',
      'AWS_SECRET_ACCESS_KEY=',
      'secretAccessKey: ',
      'aws_secret_access_key = ',
    ),
    base64(30).filter((text) => /\d/.test(text)),
  ),
  google_key: fc.oneof(
    whole('AI', 'za', key(35, 35, `${ALNUM}_-`).filter(endsInWord)),
    whole('GOC', 'SPX-', key(28)),
    whole('ya', '29.', key(60, 120)),
  ),
  azure_key: fc.oneof(
    within(
      'DefaultEndpointsProtocol=https;AccountName=store;AccountKey=',
      base64(64),
      ';EndpointSuffix=core.windows.net',
    ),
    within('Endpoint=sb://bus.servicebus.windows.net/;SharedAccessKeyName=root;SharedAccessKey=', base64(32)),
    whole(key(3), '8', 'Q~', key(34)),
  ),
  github_token: fc.oneof(
    whole('gh', fc.constantFrom('p', 'o', 'u', 's', 'r'), '_', key(36)),
    whole('github', '_pat_', key(22), '_', key(59)),
  ),
  gitlab_token: whole(
    'gl',
    fc.constantFrom('pat', 'dt', 'rt', 'ptt'),
    '-',
    key(20, 40, `${ALNUM}_-`).filter(endsInWord),
  ),
  slack_token: fc.oneof(
    whole(
      'xo',
      'x',
      fc.constantFrom('b', 'p', 'a', 's'),
      '-',
      random(DIGITS, 10, 13),
      '-',
      random(DIGITS, 10, 13),
      '-',
      key(24),
    ),
    whole('xa', 'pp-1-A', key(10, 10, UPPER + DIGITS), '-', random(DIGITS, 12), '-', key(64, 64, 'abcdef0123456789')),
    within(
      'https://hooks.slack.com/services/',
      join(['T', key(8, 10, UPPER + DIGITS), '/B', key(8, 10, UPPER + DIGITS), '/', key(24)]),
    ),
  ),
  stripe_key: fc.oneof(
    whole(fc.constantFrom('s', 'r'), 'k_', fc.constantFrom('live', 'test'), '_', key(24, 99)),
    whole('wh', 'sec_', key(32)),
  ),
  npm_token: whole('np', 'm_', key(36)),
  huggingface_token: whole(
    'h',
    'f_',
    random(LOWER + UPPER, 34).filter((text) => /[a-z]/.test(text) && /[A-Z]/.test(text)),
  ),
  twilio_key: whole('S', 'K', key(32, 32, 'abcdef0123456789')),
  sendgrid_key: whole('S', 'G.', key(22, 22), '.', key(43)),
  jwt: jwt.map((text) => ({ text, secrets: [text] })),
  authorization: fc.oneof(
    within(fc.constantFrom('Authorization: Bearer ', 'authorization: bearer ', 'Bearer '), key(24, 64)),
    within(
      fc.constantFrom('Authorization: Basic ', 'Basic '),
      fc.tuple(word, password).map(([user, secret]) => Buffer.from(`${user}:${secret}`).toString('base64')),
    ),
  ),
  private_key: privateKey,
  connection_string: fc.oneof(
    within(
      join([fc.constantFrom('postgres', 'postgresql', 'mysql', 'mongodb+srv', 'amqp', 'redis'), '://', word, ':']),
      password,
      join(['@', host, '/', word]),
    ),
    within(join(['Server=', host, ';Database=main;User Id=', word, ';Password=']), password, ';'),
  ),
  url_credentials: fc.oneof(
    within(join(['https://', word, ':']), password, join(['@', host, '/', word])),
    within(
      join(['https://', host, '/', word, '?', fc.constantFrom('api_key', 'access_token', 'key', 'sig'), '=']),
      key(20, 40),
    ),
    within(join(['https://', host, '/?page=2&token=']), key(20, 40), '&lang=en'),
  ),
  secret_field: fc.oneof(
    within(fc.constantFrom('password=', 'password: ', 'DB_PASSWORD=', 'passwd=', 'pwd='), password),
    within(fc.constantFrom('client_secret=', 'api_key: ', 'access_token=', 'API_KEY=', 'secret='), key(20, 40)),
    within(
      fc.constantFrom('"password": "', '"password":"', '"secret":"'),
      password.filter((text) => text.length > 12),
      '"',
    ),
    within("'api_key': '", key(20, 40), "'"),
  ),
};

/** A hyphen or an underscore at its end might belong to the text behind it. */
function endsInWord(text: string): boolean {
  return /\w$/.test(text) && !text.endsWith('_');
}
