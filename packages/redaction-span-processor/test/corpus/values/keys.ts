import { ALNUM, BASE32, BASE64, BASE64URL, DIGITS, HEX, LETTERS, LOWER, UPPER, type Random } from '../random.js';
import type { Values } from './values.js';

/** A body as people type it who write a test. */
const typed = (length: number, alphabet = LOWER + DIGITS): string => {
  const row = alphabet === HEX ? HEX : `1234567890${alphabet.includes('A') ? UPPER : LOWER}${LOWER}`;
  return row.repeat(Math.ceil(length / row.length)).slice(0, length);
};

// Prefixes are written in pieces: nothing in the repository may look like a key, whatever scanner reads it.
const T3 = ['T3Bl', 'bkFJ'].join('');
const dashed = (...parts: readonly string[]): string => parts.join('-');
const scored = (...parts: readonly string[]): string => parts.join('_');
const dotted = (...parts: readonly string[]): string => parts.join('.');

/** API keys of OpenAI: the first kind, of projects, of service accounts and of administrators. */
export const OPENAI_KEYS: Values = {
  any: (r) => r.pick([OPENAI_KEYS['project'], OPENAI_KEYS['legacy'], OPENAI_KEYS['service']])?.(r) ?? '',
  legacy: (r) => dashed('sk', r.chars(ALNUM, 20) + T3 + r.chars(ALNUM, 20)),
  plain: (r) => dashed('sk', r.chars(ALNUM, 48)),
  project: (r) => dashed('sk', 'proj', r.chars(BASE64URL, 74) + T3 + r.chars(BASE64URL, 74)),
  projectShort: (r) => dashed('sk', 'proj', r.chars(ALNUM, 20) + T3 + r.chars(ALNUM, 20)),
  projectPlain: (r) => dashed('sk', 'proj', r.chars(BASE64URL, 124)),
  service: (r) => dashed('sk', 'svcacct', r.chars(BASE64URL, 58) + T3 + r.chars(BASE64URL, 58)),
  admin: (r) => dashed('sk', 'admin', r.chars(BASE64URL, 58) + T3 + r.chars(BASE64URL, 58)),
  none: (r) => dashed('sk', 'None', r.chars(ALNUM, 20) + T3 + r.chars(ALNUM, 20)),
  typed: (r) =>
    dashed(
      'sk',
      ...r.pick([
        [typed(48)],
        ['proj', typed(48)],
        [`${typed(32, HEX)}`],
        [typed(26)],
        ['proj', 'abc123def456ghi789jkl012'],
      ]),
    ),
};

export const ANTHROPIC_KEYS: Values = {
  any: (r) => dashed('sk', 'ant', 'api03', `${r.chars(BASE64URL, 93)}AA`),
  admin: (r) => dashed('sk', 'ant', 'admin01', `${r.chars(BASE64URL, 93)}AA`),
  oauth: (r) => dashed('sk', 'ant', 'oat01', `${r.chars(BASE64URL, 93)}AA`),
  session: (r) => dashed('sk', 'ant', 'sid01', `${r.chars(BASE64URL, 86)}-${r.chars(BASE64URL, 8)}`),
  typed: () => dashed('sk', 'ant', 'api03', typed(40)),
};

export const AWS_KEYS: Values = {
  any: (r) => ['AK', 'IA'].join('') + r.chars(BASE32, 16),
  session: (r) => ['AS', 'IA'].join('') + r.chars(BASE32, 16),
  bedrock: (r) => ['AB', 'SK'].join('') + r.chars(BASE64, 104) + '=',
  typed: (r) => ['AK', 'IA', r.pick(['1234567890ABCDEF', 'ABCDEFGHIJKLMNOP', 'Z7XQ2W9R4T6Y8U1P'])].join(''),
  example: () => ['AK', 'IA', 'IOSFODNN7EXAMPLE'].join(''),
};

export const AWS_SECRETS: Values = {
  any: (r) => r.chars(BASE64, 40),
  plain: (r) => r.chars(ALNUM, 40),
  session: (r) => ['IQoJb3', 'JpZ2luX2Vj'].join('') + r.chars(BASE64, 320) + '==',
  example: () => ['wJalrXUtnFEMI', 'K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/'),
};

export const GOOGLE_KEYS: Values = {
  any: (r) => ['AI', 'za', 'Sy'].join('') + r.chars(BASE64URL, 33),
  client: (r) => dashed('GOC' + 'SPX', r.chars(BASE64URL, 28)),
  access: (r) => dotted('ya' + '29', `a0A${r.chars(BASE64URL, 160)}`),
  refresh: (r) => ['1/', `/0${r.pick(['3', '4', '9', 'g', 'h'])}`, r.chars(BASE64URL, 60)].join(''),
  gemini: (r) => dotted('A' + 'Q', `Ab8RN6${r.chars(BASE64URL, 44)}`),
  typed: () => ['AI', 'za', 'Sy', typed(33)].join(''),
};

export const AZURE_KEYS: Values = {
  any: (r) => r.chars(HEX, 32),
  storage: (r) => `${r.chars(BASE64, 86)}==`,
  shared: (r) => `${r.chars(BASE64, 43)}=`,
  ai: (r) => `${r.chars(ALNUM, 52)}JQQJ99${r.chars(UPPER, 4)}ACYeBjFXJ3w3AAAAACOG${r.chars(ALNUM, 4)}`,
  client: (r) => `${r.chars(ALNUM, 3)}${r.int(7, 8)}Q~${r.chars(`${BASE64URL}~.`, 33)}${r.chars(ALNUM, 1)}`,
  functions: (r) => `${r.chars(BASE64URL, 44)}AzFu${r.chars(BASE64URL, 6)}==`,
  devops: (r) => r.chars(LOWER + '234567', 52),
};

export const GITHUB_TOKENS: Values = {
  any: (r) => scored('gh' + r.pick(['p', 'o', 'u', 's']), r.chars(ALNUM, 36)),
  classic: (r) => scored('gh' + 'p', r.chars(ALNUM, 36)),
  oauth: (r) => scored('gh' + 'o', r.chars(ALNUM, 36)),
  user: (r) => scored('gh' + 'u', r.chars(ALNUM, 36)),
  server: (r) => scored('gh' + 's', r.chars(ALNUM, 36)),
  refresh: (r) => scored('gh' + 'r', r.chars(ALNUM, 76)),
  finegrained: (r) =>
    scored('github', 'pat', `11${r.chars(UPPER + DIGITS, 7)}0${r.chars(ALNUM, 12)}`, r.chars(ALNUM, 59)),
  typed: (r) =>
    scored(
      ...r.pick([
        ['gh' + 'p', typed(36)],
        ['gh' + 'o', typed(36)],
        ['github', 'pat', typed(22), typed(59)],
      ]),
    ),
};

export const GITLAB_TOKENS: Values = {
  any: (r) => dashed('gl' + 'pat', r.chars(BASE64URL, 20)),
  routable: (r) => dashed('gl' + 'pat', dotted(r.chars(BASE64URL, 27), '01', r.chars(LOWER + DIGITS, 9))),
  deploy: (r) => dashed('gl' + 'dt', r.chars(BASE64URL, 20)),
  runner: (r) => dashed('gl' + 'rt', r.chars(BASE64URL, 20)),
  job: (r) => dashed('gl' + 'cbt', scored(r.chars(HEX, 2), r.chars(BASE64URL, 20))),
  trigger: (r) => dashed('gl' + 'ptt', r.chars(HEX, 40)),
  feed: (r) => dashed('gl' + 'ft', r.chars(BASE64URL, 20)),
  agent: (r) => dashed('gl' + 'agent', r.chars(BASE64URL, 50)),
  oauth: (r) => dashed('gl' + 'oas', r.chars(HEX, 64)),
  registration: (r) => ['GR13', '48941', r.chars(BASE64URL, 20)].join(''),
  typed: () => dashed('gl' + 'pat', typed(20)),
};

const slackIds = (r: Random): string => dashed(r.chars(DIGITS, 12), r.chars(DIGITS, 13));

export const SLACK_TOKENS: Values = {
  any: (r) => dashed('xox' + 'b', slackIds(r), r.chars(ALNUM, 24)),
  user: (r) => dashed('xox' + 'p', slackIds(r), r.chars(DIGITS, 13), r.chars(HEX, 32)),
  app: (r) => dashed('xa' + 'pp', '1', `A0${r.chars(UPPER + DIGITS, 9)}`, r.chars(DIGITS, 13), r.chars(HEX, 64)),
  legacy: (r) => dashed('xox' + r.pick(['a-2', 's', 'r']), slackIds(r), r.chars(DIGITS, 12), r.chars(HEX, 32)),
  config: (r) => dashed(dotted('xo' + 'xe', 'xoxp'), '1', `Mi0y${r.chars(ALNUM, 162)}`),
  refresh: (r) => dashed('xo' + 'xe', '1', `My0x${r.chars(ALNUM, 142)}`),
  webhook: (r) =>
    [
      'https://hooks.',
      'slack.com/services/',
      `T${r.chars(UPPER + DIGITS, 10)}`,
      `/B${r.chars(UPPER + DIGITS, 10)}/`,
      r.chars(ALNUM, 24),
    ].join(''),
  typed: () => dashed('xox' + 'b', '123456789012', '1234567890123', typed(24)),
  typedShort: () => dashed('xox' + 'b', '1234567890', typed(16)),
};

export const STRIPE_KEYS: Values = {
  any: (r) => scored('sk', 'live', r.chars(ALNUM, r.pick([24, 99]))),
  test: (r) => scored('sk', 'test', `51${r.chars(ALNUM, 97)}`),
  restricted: (r) => scored('rk', r.pick(['live', 'test']), r.chars(ALNUM, r.pick([24, 99]))),
  webhook: (r) => scored('wh' + 'sec', r.chars(ALNUM, 32)),
  intent: (r) => scored(`p${'i'}`, `3${r.chars(ALNUM, 23)}`, 'secret', r.chars(ALNUM, 25)),
  typed: (r) => scored('sk', r.pick(['live', 'test']), typed(24)),
};

export const NPM_TOKENS: Values = {
  any: (r) => scored('n' + 'pm', r.chars(ALNUM, 36)),
  typed: () => scored('n' + 'pm', typed(36)),
};

export const HUGGINGFACE_TOKENS: Values = {
  any: (r) => scored('h' + 'f', r.chars(LETTERS, 34)),
  organization: (r) => scored('api', 'org', r.chars(LETTERS, 34)),
  typed: () => scored('h' + 'f', `${LOWER}${UPPER}`.slice(0, 34)),
  mixed: (r) => scored('h' + 'f', r.chars(ALNUM, 34)),
};

export const TWILIO_KEYS: Values = {
  any: (r) => 'S' + 'K' + r.chars(HEX, 32),
  auth: (r) => r.chars(HEX, 32),
  account: (r) => 'A' + 'C' + r.chars(HEX, 32),
  typed: () => ['S', 'K', typed(32, HEX)].join(''),
};

export const SENDGRID_KEYS: Values = {
  any: (r) => dotted('S' + 'G', r.chars(BASE64URL, 22), r.chars(BASE64URL, 43)),
  typed: () => dotted('S' + 'G', typed(22), typed(43)),
};

/** Stripe's key for browsers: everybody may read it. */
export const publishableKey = (r: Random): string => scored('pk', r.pick(['live', 'test']), `51${r.chars(ALNUM, 97)}`);
