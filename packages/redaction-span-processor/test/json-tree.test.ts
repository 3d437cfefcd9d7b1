import * as fc from 'fast-check';
import { MAX_JSON_DEPTH, MAX_JSON_VALUES, decodeJsonString, parseJsonTree } from '../src/json-tree.js';
import type { JsonNode } from '../src/json-node.js';
import { jsonTexts } from './json-texts.js';

/** What the tree says the text means; with members as pairs, so that none is lost to another of the same key. */
function meaningOf(text: string, node: JsonNode): unknown {
  const raw = text.slice(node.start, node.end);
  switch (node.kind) {
    case 'array':
      return node.items.map((item) => meaningOf(text, item));
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, meaningOf(text, value)]));
    case 'string':
      return decodeJsonString(raw);
    case 'number':
    case 'boolean':
    case 'null':
      return JSON.parse(raw);
  }
}

function parseNatively(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Checks the tree of a text against `JSON.parse`. */
function expectAgreement(text: string): void {
  const expected = parseNatively(text);
  const tree = parseJsonTree(text);
  expect(tree && { value: meaningOf(text, tree) }).toEqual(expected);
}

describe('parseJsonTree', () => {
  it('accepts what JSON.parse accepts, and means the same', () => {
    fc.assert(fc.property(jsonTexts(), expectAgreement), { numRuns: 500 });
  });

  it('accepts a damaged text exactly when JSON.parse does', () => {
    const damage = fc.record({
      at: fc.nat(200),
      removed: fc.nat(3),
      inserted: fc.string({
        unit: fc.constantFrom(...'{}[]",:\\/u019.eE+-truefalsn \n\t\r\0\u001f\u2028\ufeffx'),
        maxLength: 3,
      }),
    });
    fc.assert(
      fc.property(jsonTexts(), damage, (text, { at, removed, inserted }) => {
        const place = at % (text.length + 1);
        expectAgreement(text.slice(0, place) + inserted + text.slice(place + removed));
      }),
      { numRuns: 3_000 },
    );
  });

  it('accepts noise exactly when JSON.parse does', () => {
    const noise = fc.string({
      unit: fc.constantFrom(...'{}[]",:\\u01.eE+-n \n', 'null', 'true', '"a"', '\u0001'),
      maxLength: 12,
    });
    fc.assert(fc.property(noise, expectAgreement), { numRuns: 5_000 });
  });

  it.each([
    '',
    ' ',
    '1',
    '-0',
    '01',
    '-',
    '+1',
    '.5',
    '1.',
    '1e',
    '1e+',
    '1E-7',
    '1e400',
    '12345678901234567890',
    'NaN',
    'nul',
    'nullx',
    'true false',
    '"',
    '"\\"',
    '"\\x"',
    '"\\u12g4"',
    '"\\u12',
    '"\\u1234"',
    '"\\ud800"',
    '"\ud800"',
    '"\t"',
    '"\\t"',
    '"\x7f"',
    '"\u2028"',
    '\ufeff{}',
    '\u00a01',
    '{',
    '}',
    '{,}',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{a:1}',
    "{'a':1}",
    '[1,]',
    '[,1]',
    '[1 2]',
    '[]]',
    '{}{}',
    '/**/1',
    '{"a":1,"a":2}',
    '{"__proto__":1}',
    '{"\\u0061":1}',
    '\n[ 1 , 2 ]\r\t',
    '[1]\0',
    '[1]\v',
    '["\\\\"]',
    '["\\\\\\""]',
    '{"\\"":"\\\\"}',
  ])('agrees with JSON.parse about %j', (text) => {
    expectAgreement(text);
  });

  it('keeps members of the same key, in their order', () => {
    const text = '{"a":1,"b":2,"a":3}';
    const tree = parseJsonTree(text);
    if (tree?.kind !== 'object') throw new Error('Expected an object');
    expect(
      tree.members.map(({ key, start, keyEnd, value }) => [key, text.slice(start, keyEnd), text[value.start]]),
    ).toEqual([
      ['a', '"a"', '1'],
      ['b', '"b"', '2'],
      ['a', '"a"', '3'],
    ]);
  });

  it('reads up to the depth that it promises, and nothing deeper', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseJsonTree(nested(MAX_JSON_DEPTH))).toBeDefined();
    expect(parseJsonTree(nested(MAX_JSON_DEPTH + 1))).toBeUndefined();
    expect(parseJsonTree(`[${nested(MAX_JSON_DEPTH - 1)},${nested(MAX_JSON_DEPTH - 1)}]`)).toBeDefined();
  });

  it('reads up to as many values as it promises', () => {
    const array = (count: number): string => `[${'1,'.repeat(count - 2)}1]`;
    expect(parseJsonTree(array(MAX_JSON_VALUES))).toBeDefined();
    expect(parseJsonTree(array(MAX_JSON_VALUES + 1))).toBeUndefined();
  });

  it.each([
    ['brackets', '['.repeat(1 << 20)],
    ['open objects', '{"a":'.repeat(1 << 18)],
    ['escapes', `"${'\\"'.repeat(1 << 19)}"`],
    ['an escape before each of many strings', `[${'"\\n",'.repeat(1 << 17)}1]`],
    ['a line break after each of many strings', `[${'"",\n'.repeat(1 << 18)}1]`],
    ['white space', ' '.repeat(1 << 20)],
    ['digits', '1'.repeat(1 << 20)],
    ['quotes', '"'.repeat(1 << 20)],
    ['backslashes', `"${'\\'.repeat(1 << 20)}`],
    ['members', `{${Array.from({ length: 100_000 }, (_, index) => `"${index}":${index}`).join()}}`],
    ['members of the same key', `{${'"__proto__":{},'.repeat(50_000)}"a":1}`],
  ])('takes 1 MB of %s in little time', (_, text) => {
    const start = performance.now();
    parseJsonTree(text);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('decodeJsonString', () => {
  it('undoes what JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeJsonString(JSON.stringify(text))).toBe(text);
      }),
    );
  });
});
