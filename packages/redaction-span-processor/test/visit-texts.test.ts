import * as fc from 'fast-check';
import { secrecyOf } from '../src/secret-names.js';
import { visitTexts } from '../src/visit-texts.js';
import type { RedactText } from '../src/visit-texts.js';

/** Makes `kiwi` and numbers of thirteen digits and more into `X`. */
const redact: RedactText = (text) => text.replace(/kiwi|\d{13,}/g, 'X');

const visit = (value: unknown): unknown => visitTexts(value, undefined, redact);

test.each<[string, unknown, unknown]>([
  ['a text', 'a kiwi', 'a X'],
  ['texts in a list', ['kiwi', 1, 'b'], ['X', 1, 'b']],
  ['texts in an object', { a: { b: 'kiwi' }, c: true }, { a: { b: 'X' }, c: true }],
  ['a key', { 'a kiwi': 1, b: 2 }, { 'a X': 1, b: 2 }],
  ['a number with the digits of a card', [4111111111111111, 12], ['X', 12]],
  ['a long integer', { n: 4111111111111111n }, { n: 'X' }],
  ['a Map', new Map([['a', 'kiwi']]), { a: 'X' }],
  ['a Set', new Set(['kiwi', 'b']), ['X', 'b']],
  ['what toJSON says', { toJSON: () => ({ a: 'kiwi' }) }, { a: 'X' }],
  ['what toJSON does not say', [{ a: 'kiwi', toJSON: () => ({ b: 1 }) }], [{ b: 1 }]],
  [
    'a Map in which keys are written alike',
    new Map<unknown, string>([
      [1, 'kiwi'],
      ['1', 'b'],
    ]),
    { 1: 'X', '1.2': 'b' },
  ],
  ['a String object', [new String('a kiwi')], ['a X']],
  ['a Number object', [new Number(4111111111111111)], ['X']],
  [
    '64-bit numbers',
    [new Float64Array([1, 4111111111111111]), new BigInt64Array([4111111111111111n])],
    [[1, 'X'], ['X']],
  ],
  ['keys that are the same then', { 'a kiwi': 1, 'a X': 2, X: 3, kiwi: 4 }, { 'a X': 1, 'a X.2': 2, X: 3, 'X.2': 4 }],
  ['a member called __proto__', JSON.parse('{"__proto__":"kiwi"}'), JSON.parse('{"__proto__":"X"}')],
  ['a part of a list with gaps', Object.assign(Array<unknown>(3), { 1: 'kiwi' }), [undefined, 'X', undefined]],
])('redacts %s', (_what, value, expected) => {
  expect(visit(value)).toEqual(expected);
});

test.each<[string, unknown]>([
  ['a text', 'plum'],
  ['undefined', undefined],
  ['null', null],
  ['a number', 12],
  ['NaN', NaN],
  ['a boolean', true],
  ['a symbol', Symbol('kiwi')],
  ['a function', () => 'kiwi'],
  ['a list', ['a', ['b', { c: null }]]],
  ['an object', { a: 'plum', n: 1 }],
  ['a Map', new Map([['a', 'plum']])],
  ['a Set', new Set(['plum'])],
  ['a date', new Date(0)],
  ['an error', new Error('plum')],
  ['64-bit numbers', new Float64Array([1, 2])],
  ['a String object', new String('plum')],
  ['what toJSON says', { a: 'plum', toJSON: () => ({ b: 'plum' }) }],
  ['bytes', new Uint8Array([0, 255, 107, 105])],
  [
    'parts of a message',
    [
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ],
  ],
])('hands back the very value when nothing is in it: %s', (_what, value) => {
  expect(visit(value)).toBe(value);
});

test('leaves no toJSON that brings back what was redacted', () => {
  const own: object = { a: 'kiwi', toJSON: () => own };
  expect(JSON.stringify(visit({ own }))).toBe('{"own":{"a":"X"}}');
});

test('redacts errors, which become objects', () => {
  const error = Object.assign(new AggregateError([new Error('kiwi')], 'a kiwi', { cause: 'kiwi' }), { code: 'kiwi' });
  error.stack = 'at kiwi';
  expect(visit({ error })).toEqual({
    error: {
      name: 'AggregateError',
      message: 'a X',
      stack: 'at X',
      cause: 'X',
      errors: [expect.objectContaining({ message: 'X' })],
      code: 'X',
    },
  });
});

test.each(['Name', 'KEY', 'field'])('takes %s beside a value for its name', (label) => {
  const names: (string | undefined)[] = [];
  visitTexts([{ [label]: 'password', Value: 'a' }], undefined, (text, name) => {
    if (text === 'a') names.push(name);
    return text;
  });
  expect(names).toEqual(['password']);
});

test('tells many keys apart in linear time', () => {
  const members = Array.from({ length: 50_000 }, (_, index) => [`kiwi ${index}`, 1]);
  const toOne = (text: string): string => (text.startsWith('kiwi') ? 'X' : text);
  const redacted = visitTexts(Object.fromEntries(members), undefined, toOne);
  expect(Object.keys(redacted as object)).toHaveLength(50_000);
});

test('changes neither what it was given nor what did not change in it', () => {
  const kept = { list: ['plum'] };
  const given = { kept, changed: ['kiwi', kept] };
  const before = structuredClone(given);
  const redacted = visit(given) as typeof given;
  expect(given).toEqual(before);
  expect(redacted).toEqual({ kept, changed: ['X', kept] });
  expect([redacted.kept, redacted.changed[1]]).toEqual([kept, kept]);
  expect(redacted.kept).toBe(kept);
});

describe('bytes', () => {
  test.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from('密 kiwi é')],
    ['Latin-1', Buffer.from('é kiwi', 'latin1')],
  ])('that are text in %s are redacted, and stay bytes', (_what, bytes) => {
    const redacted = visit({ bytes }) as { bytes: Uint8Array };
    expect(redacted.bytes).toBeInstanceOf(Uint8Array);
    const marked = Buffer.from(bytes).toString('latin1').replace('kiwi', 'X');
    expect(Buffer.from(redacted.bytes).toString('latin1')).toBe(marked);
  });

  test('are those of the view, not of all its buffer', () => {
    const view = new DataView(new TextEncoder().encode('kiwi kiwi').buffer, 5);
    expect(visit(view)).toEqual(new TextEncoder().encode('X'));
  });
});

describe('names', () => {
  const named = (value: unknown, name?: string): [string, string | undefined][] => {
    const seen: [string, string | undefined][] = [];
    visitTexts(value, name, (text, secretName) => {
      seen.push([text, secretName]);
      return text;
    });
    return seen.filter(([, secretName]) => secretName !== undefined);
  };

  test('of members that say that they are secret come with the text', () => {
    expect(named({ password: 'a', user: 'b', auth: { api_key: 'c' } })).toEqual([
      ['a', 'password'],
      ['c', 'api_key'],
    ]);
  });

  test('go for all items of a list, and for numbers', () => {
    expect(named({ passwordLength: 1, password: ['a', 12, [true, 'b']] })).toEqual([
      ['a', 'password'],
      ['12', 'password'],
      ['b', 'password'],
    ]);
  });

  test('of the value itself go for it, and not for members with names of their own', () => {
    expect(named('a', 'token')).toEqual([['a', 'token']]);
    expect(named(['a', { b: 'c' }], 'token')).toEqual([['a', 'token']]);
    expect(named(new Set(['a']), 'token')).toEqual([['a', 'token']]);
  });
});

describe('parts of a message', () => {
  const acrossParts: RedactText = (text) =>
    text.replace(/ki("\},\{"type":"text","text":")?wi/g, 'X$1Y').replaceAll('XY', 'X');
  const part = (text: string, more: object = {}): object => ({ type: 'text', text, ...more });

  test('are redacted as one where they follow each other', () => {
    const image = { type: 'image', url: 'a' };
    const value = [part('a ki'), part('wi b', { n: 1 }), image, part('ki'), { type: 'text', content: 'wi' }, 'wi'];
    expect(visitTexts(value, undefined, acrossParts)).toEqual([
      part('a X'),
      part('Y b', { n: 1 }),
      image,
      part('X'),
      { type: 'text', content: 'Y' },
      'wi',
    ]);
  });

  test('are not joined over something else', () => {
    const value = [part('ki'), { type: 'image' }, part('wi')];
    expect(visitTexts(value, undefined, acrossParts)).toBe(value);
  });

  test('are masked one by one when they are too long to be searched together', () => {
    const tooLong: RedactText = (text) => (text.length > 20 ? '[REDACTED]' : text);
    const image = { type: 'image' };
    expect(visitTexts([part('a'), part('b'), image], undefined, tooLong)).toEqual([
      part('[REDACTED]'),
      part('[REDACTED]'),
      image,
    ]);
  });

  test('are searched in all their other members', () => {
    expect(
      visit([part('a', { note: 'kiwi' }), part('b', { content: 'kiwi' }), { type: 'kiwi text', content: 'c' }]),
    ).toEqual([part('a', { note: 'X' }), part('b', { content: 'X' }), { type: 'X text', content: 'c' }]);
  });
});

describe('what cannot be read', () => {
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  const deep = (levels: number): unknown => (levels === 0 ? 'kiwi' : [deep(levels - 1)]);
  const fail = (): never => {
    throw new Error('kiwi');
  };

  test.each<[string, unknown]>([
    ['refers to itself', circular],
    ['is more than 100 levels deep', deep(102)],
    ['has a getter that throws', Object.defineProperty({}, 'a', { enumerable: true, get: fail })],
    ['is a proxy that throws', new Proxy([], { get: fail })],
    ['has a toJSON that throws', { toJSON: fail }],
    ['is a part whose type throws', [Object.defineProperty({}, 'type', { enumerable: true, get: fail })]],
    ['is a part whose text throws', [Object.defineProperty({ type: 'text' }, 'text', { enumerable: true, get: fail })]],
  ])('is told if it %s', (_what, value) => {
    expect(() => visit(value)).toThrow(expect.objectContaining({ name: 'StructureError' }) as Error);
  });

  test('is not what is 100 levels deep', () => {
    expect(JSON.stringify(visit(deep(100)))).toContain('"X"');
  });

  test('is what has more than a million parts, however few objects they are', () => {
    let value: unknown = 'plum';
    for (let level = 0; level < 20; level++) value = [value, value];
    expect(() => visit(value)).toThrow(expect.objectContaining({ name: 'StructureError' }) as Error);
    expect(() => visit(Array(1_000_001).fill(1))).toThrow(expect.objectContaining({ name: 'StructureError' }) as Error);
  });
});

test('finds the texts of any JSON that there is', () => {
  const value = fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' });
  fc.assert(
    fc.property(value, (json) => {
      const marked = visitTexts(json, undefined, (text) => `<${text}>`);
      const expected: unknown = mark(json);
      expect(marked).toEqual(expected);
    }),
  );
});

/** What {@link visitTexts} does to plain values with `<…>` for each text. */
function mark(value: unknown, isSecret = false): unknown {
  if (typeof value === 'string') return `<${value}>`;
  if (typeof value === 'number') return value < 1e12 && !isSecret ? value : `<${value}>`;
  if (Array.isArray(value)) return value.map((item) => mark(item, isSecret));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      `<${key}>`,
      mark(member, secrecyOf(key.toLowerCase()) !== undefined),
    ]),
  );
}
