// Texts made to keep a searcher busy: the beginnings of everything that is searched for, over and over, and never the end. Plain
// JavaScript, since the benchmarks read it too.

/** Beginnings and separators; mixtures are made of them. */
const FRAGMENTS = [
  '@',
  'a@',
  'a.',
  '.com',
  'a@a',
  '%40',
  '\\u0040',
  '://',
  'https://',
  '//user:',
  'http://a:a',
  'postgres://',
  ':p',
  '?key=',
  '&token=',
  '-----BEGIN ',
  '-----BEGIN PRIVATE KEY-----',
  '-----END ',
  '-----',
  'RSA PRIVATE KEY',
  '\\n',
  'sk-',
  'sk-proj-',
  'sk-ant-',
  'sk-ant-api03-',
  'AKIA',
  'ASIA',
  'AIza',
  'AccountKey=',
  'SharedAccessKey',
  '8Q~',
  'ghp_',
  'github_pat_',
  'glpat-',
  'xox',
  'xoxb-',
  'sk_live_',
  'whsec_',
  'npm_',
  'hf_',
  'SK',
  'AC',
  'SG.',
  'eyJ',
  'eyJ.',
  'eyJhbGciOi',
  'Bearer ',
  'Basic ',
  'Authorization: ',
  'Password=',
  'password=',
  '"password":',
  'secret: ',
  'api_key',
  'token',
  '=',
  ':',
  '"',
  '\\"',
  '\\',
  '\\\\',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  ' ',
  '\n',
  '\t',
  '(',
  ')',
  '+',
  '+1',
  '-',
  '_',
  '/',
  '1',
  '12',
  '1-',
  '1 ',
  '555-',
  '4111',
  '0x',
  'GB29',
  'DE',
  'a:',
  '1.',
  '::',
  'ffff:',
  'é',
  '中',
  '\u{1f600}',
  '\u0000',
];

/**
 * By name: `unit` is repeated until the text is long enough, between `head` and `tail`; with `closing` as many of that
 * follow, after `middle`.
 * `encoded`: how often the whole is put into a JSON string.
 *
 * @type {Record<string, { unit: string; head?: string; tail?: string; middle?: string; closing?: string; encoded?: number }>}
 */
const SHAPES = {
  'at signs': { unit: '@' },
  'a@': { unit: 'a@' },
  'a@a.': { unit: 'a@a.' },
  '@a.': { unit: '@a.' },
  'a long local part': { unit: 'ab.' },
  'a long local part and its @': { unit: 'ab.', tail: '@' },
  letters: { unit: 'a' },
  'letters, then @': { unit: 'a', tail: '@' },
  'a long domain': { unit: 'a.', head: 'a@' },
  'a long domain with hyphens': { unit: 'a-', head: 'a@' },
  'words with @': { unit: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@' },
  '%40': { unit: '%40' },
  'a%40': { unit: 'a%40' },
  '\\u0040': { unit: '\\u0040' },
  'a\\u0040 in JSON': { unit: 'a\\u0040', head: '{"a":"', tail: '"}' },
  '\\u in JSON': { unit: '\\u0061', head: '["', tail: '"]' },
  '\\n in JSON': { unit: '\\n', head: '["', tail: '"]' },
  '\\u, unfinished': { unit: '\\u' },
  '\\u00, unfinished': { unit: '\\u00' },
  backslashes: { unit: '\\' },
  'backslashes in JSON': { unit: '\\\\', head: '["', tail: '"]' },
  quotes: { unit: '"' },
  'escaped quotes': { unit: '\\"' },
  'equals signs': { unit: '=' },
  colons: { unit: ':' },
  'colons and quotes': { unit: '":"' },
  'a=': { unit: 'a=' },
  'a:a': { unit: 'a:' },
  blanks: { unit: ' ' },
  'line ends': { unit: '\n' },
  hyphens: { unit: '-' },
  slashes: { unit: '/' },
  'plus signs': { unit: '+' },
  'full stops': { unit: '.' },
  underscores: { unit: '_' },
  'opening braces': { unit: '{' },
  'opening brackets': { unit: '[' },
  'nested arrays': { unit: '[', closing: ']' },
  'nested objects': { unit: '{"a":', middle: '1', closing: '}' },
  'nested objects with a secret name': { unit: '{"password":', middle: '1', closing: '}' },
  'an array of small strings': { unit: '"a",', head: '[', tail: '"a"]' },
  'an array of empty strings': { unit: '"",', head: '[', tail: '""]' },
  'an array of small objects': { unit: '{"a":"b"},', head: '[', tail: '{}]' },
  'an array of numbers': { unit: '1,', head: '[', tail: '1]' },
  'an array of long numbers': { unit: '4000000000000,', head: '[', tail: '1]' },
  'an object of many members': { unit: '"token":"",', head: '{', tail: '"a":1}' },
  'many text parts': { unit: '{"type":"text","content":"a"},', head: '[{"role":"user","parts":[', tail: '{}]}]' },
  'text parts with an address each': { unit: '{"type":"text","text":"a@b.de"},', head: '[', tail: '{}]' },
  'a text part of many addresses, and many parts': {
    unit: '{"type":"text","text":"a@b.de a@b.de a@b.de a@b.de"},{"type":"text","text":""},',
    head: '[',
    tail: '{}]',
  },
  'many messages': { unit: '{"role":"user","content":"a"},', head: '[', tail: '{}]' },
  'strings of JSON': { unit: '"{\\"a\\":\\"b\\"}",', head: '[', tail: '"{}"]' },
  'JSON in JSON': { unit: '{"a":"b"},', head: '[', tail: '{}]', encoded: 1 },
  'JSON in JSON in JSON': { unit: '{"a":"b"},', head: '[', tail: '{}]', encoded: 2 },
  'addresses begun in JSON in JSON': { unit: 'a@', encoded: 3 },
  'JSON that never ends': { unit: '{"a":"b",', head: '[' },
  'JSON with a fault at its end': { unit: '{"a":"\\u0041"},', head: '[', tail: '}' },
  '://': { unit: '://' },
  'https://': { unit: 'https://' },
  '//user:': { unit: '//user:' },
  'https://a:': { unit: 'https://a:' },
  'URLs with users, and addresses': { unit: 'https://a:b1c2@d e@f.de ' },
  'a URL with a long user': { unit: 'a', head: 'https://' },
  'a URL with a long password': { unit: 'a', head: 'https://a:' },
  'a long query': { unit: '&a=b', head: 'https://a.org/?' },
  'a query of keys': { unit: '&key=', head: 'https://a.org/?' },
  'postgres://': { unit: 'postgres://' },
  'postgres://a:': { unit: 'postgres://a:' },
  'Password=;': { unit: 'Password=;' },
  'Server=a;': { unit: 'Server=a;' },
  '-----BEGIN ': { unit: '-----BEGIN ' },
  '-----BEGIN PRIVATE KEY-----': { unit: '-----BEGIN PRIVATE KEY-----' },
  '-----BEGIN A ': { unit: 'A ', head: '-----BEGIN ' },
  'a key without an end': {
    unit: 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n',
    head: '-----BEGIN PRIVATE KEY-----\n',
  },
  'PEM headers and lines': { unit: '-----BEGIN PRIVATE KEY-----\nAAAA\n' },
  'PEM ends': { unit: '-----END PRIVATE KEY-----' },
  'sk-': { unit: 'sk-' },
  'sk-a': { unit: 'sk-aaaaaaaaaaaaaaaaaaa ' },
  'sk-proj-': { unit: 'sk-proj-' },
  'sk-ant-': { unit: 'sk-ant-' },
  'a long sk-': { unit: 'a', head: 'sk-' },
  AKIA: { unit: 'AKIA' },
  'AKIA, almost': { unit: 'AKIAAAAAAAAAAAAAAAA ' },
  AIza: { unit: 'AIza' },
  'AccountKey=': { unit: 'AccountKey=' },
  'aws_secret_access_key=': { unit: 'aws_secret_access_key=' },
  ghp_: { unit: 'ghp_' },
  github_pat_: { unit: 'github_pat_' },
  'glpat-': { unit: 'glpat-' },
  xox: { unit: 'xox' },
  'xoxb-': { unit: 'xoxb-' },
  'xoxb-1-': { unit: '1-', head: 'xoxb-' },
  sk_live_: { unit: 'sk_live_' },
  npm_: { unit: 'npm_' },
  hf_: { unit: 'hf_' },
  SK: { unit: 'SK' },
  'AC and hex': { unit: 'AC0123456789abcdef0123456789abcde ' },
  'SG.': { unit: 'SG.' },
  'SG.a.': { unit: 'SG.aaaaaaaaaaaaaaaaaaaaaa.' },
  eyJ: { unit: 'eyJ' },
  'eyJ.': { unit: 'eyJ.' },
  'eyJ.eyJ.a.': { unit: 'eyJhbGciOi.eyJzdWIi.' },
  'a long token': { unit: 'a', head: 'eyJ' },
  'Bearer ': { unit: 'Bearer ' },
  'Authorization: ': { unit: 'Authorization: ' },
  'Authorization: Basic ': { unit: 'Authorization: Basic ' },
  'Authorization and blanks': { unit: ' ', head: 'Authorization:' },
  'password=': { unit: 'password=' },
  'password: ': { unit: 'password: ' },
  'password and blanks': { unit: ' ', head: 'password' },
  'password = and blanks': { unit: ' ', head: 'password =' },
  '"value":"': { unit: '"value":"' },
  '"value":"a",': { unit: '"value":"a",' },
  'values and words': { unit: '"value":"a","type":"b","type":"b",' },
  'names and words': { unit: 'password","type":"b","type":"b",' },
  '//user:password': { unit: '//user:password' },
  '"password":"': { unit: '"password":"' },
  'password="': { unit: 'password="' },
  'a password without an end': { unit: 'a', head: 'password="' },
  token: { unit: 'token' },
  api_key_: { unit: 'api_key_' },
  secret_: { unit: 'secret_', tail: '=' },
  a_secret_token: { unit: 'a', tail: '_secret=abc' },
  digits: { unit: '1' },
  'long numbers': { unit: '1234567890123456 ' },
  'card numbers, almost': { unit: '4111 1111 1111 1112 ' },
  'groups of four': { unit: '4111 ' },
  'groups of four with hyphens': { unit: '4111-' },
  '1-': { unit: '1-' },
  '1 ': { unit: '1 ' },
  '1.': { unit: '1.' },
  '+1': { unit: '+1' },
  '+1 ': { unit: '+1 ' },
  '(1': { unit: '(1' },
  '(555) ': { unit: '(555) ' },
  '555-': { unit: '555-' },
  '555-555-': { unit: '555-555-55555 ' },
  '000-00-0000': { unit: '000-00-0000 ' },
  '123-45-': { unit: '123-45-' },
  GB29: { unit: 'GB29' },
  'GB29 ': { unit: 'GB29 ' },
  'account numbers, almost': { unit: 'GB29NWBK60161331926818 ' },
  'capitals and digits': { unit: 'A1' },
  'groups of capitals and digits': { unit: 'DE44 5001 0517 5407 3249 32 ' },
  hex: { unit: '0123456789abcdef' },
  UUIDs: { unit: '01234567-89ab-4cde-8f01-23456789abcd ' },
  base64: { unit: 'aGVsbG8gd29ybGQ+Lw/' },
  'base64 with signs': { unit: 'a+b/' },
  'forty of base64': { unit: 'abcdefghijklmnopqrstuvwxyz0123456789ABC/ ' },
  IPv6: { unit: 'a:a:' },
  'IPv6 with ::': { unit: 'a::' },
  '1.1.': { unit: '1.1.' },
  '256.256.256.256': { unit: '256.256.256.256 ' },
  'two-byte letters': { unit: '中' },
  'two-byte letters and @': { unit: '中@' },
  'letters with accents and @': { unit: 'é@é.' },
  'unpaired surrogates': { unit: '\ud83d' },
  zeros: { unit: '\u0000' },
};

const MIXTURES = Array.from({ length: 16 }, (_, i) => `mixture ${i + 1}`);

/** The names of all texts. */
const HOSTILE_TEXTS = [...Object.keys(SHAPES), ...MIXTURES];

/**
 * The text of this name, of about that many characters, flat and the same in every run.
 *
 * @param {string} name
 * @param {number} length
 * @returns {string}
 */
function hostileText(name, length) {
  const shape = SHAPES[name];
  return flat(shape === undefined ? mixture(name, length) : text(shape, length));
}

/** @param {{ unit: string; head?: string; tail?: string; middle?: string; closing?: string; encoded?: number }} shape @param {number} length */
function text({ unit, head = '', tail = '', middle = '', closing = '', encoded = 0 }, length) {
  const one = encode(unit, encoded).length - encode('', encoded).length;
  const count = Math.ceil((length - head.length - tail.length) / (one + closing.length));
  return encode(head + unit.repeat(count) + middle + closing.repeat(count) + tail, encoded);
}

/** @param {string} value @param {number} times @returns {string} */
const encode = (value, times) => (times === 0 ? value : encode(JSON.stringify(value), times - 1));

/** @param {string} name @param {number} length */
function mixture(name, length) {
  // Multiplies and adds, 32 bits; the upper bits are the random ones.
  let state = Math.imul(MIXTURES.indexOf(name) + 1, 2654435761);
  const below = (/** @type {number} */ limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  // Few fragments each time: all of them together would hardly ever make a pattern.
  const few = Array.from({ length: 3 + below(10) }, () => FRAGMENTS[below(FRAGMENTS.length)]);
  const parts = [];
  for (let size = 0; size < length; size += parts.at(-1).length)
    parts.push(few[below(few.length)].repeat(1 + below(4)));
  return parts.join('').slice(0, length);
}

/**
 * One string instead of a tree of parts, of one byte a character where they allow that.
 *
 * @param {string} value
 * @returns {string}
 */
function flat(value) {
  const isNarrow = /^[\0-\xff]*$/.test(value);
  return Buffer.from(value, isNarrow ? 'latin1' : 'utf16le').toString(isNarrow ? 'latin1' : 'utf16le');
}

module.exports = { HOSTILE_TEXTS, hostileText };
