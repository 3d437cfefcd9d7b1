import * as fc from 'fast-check';
import { JsonScanner } from '../src/json-scanner.js';

function isJson(text: string): boolean {
  const scanner = new JsonScanner(text);
  for (;;) {
    const token = scanner.next();
    if (token === 'end') return true;
    if (token === 'error') return false;
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const WRONG = [
  '',
  ' ',
  '[',
  ']',
  '{',
  '}',
  '[1,]',
  '{"a":1,}',
  '{,}',
  '[,1]',
  '{"a"}',
  '{"a":}',
  '{a:1}',
  '[1 2]',
  '"',
  '"\\',
  '"\\x"',
  '"\\u12g4"',
  '"\t"',
  '01',
  '-',
  '1.',
  '.5',
  '1e',
  '+1',
  'tru',
  'nulll',
  '[}',
  '{]',
  '[1]]',
  '{"a":1 "b":2}',
  '{"a" 1}',
  '[1],',
  'NaN',
  "['a']",
  '\ufeff1',
  '["a\u0000"]',
  '{"a":1}x',
  '\u00a01',
];
const RIGHT = [
  '1',
  '-0',
  '-0.5e-7',
  '1E+9',
  'true',
  ' null ',
  '""',
  '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9"',
  '[]',
  ' [ ] ',
  '{ }',
  '[[],{}]',
  '{"":[1,"",{"a":null}]}',
  '"\u2028\u007f"',
  '["\\\\","\\\\\\""]',
  '[1,\n2\r,\t3]',
  '{"a":1,"a":2}',
];

describe('JsonScanner', () => {
  it.each(RIGHT)('reads %j', (text) => {
    expect([isJson(text), parses(text)]).toEqual([true, true]);
  });

  it.each(WRONG)('finds the mistake in %j', (text) => {
    expect([isJson(text), parses(text)]).toEqual([false, false]);
  });

  it('accepts what JSON.parse accepts, and nothing else', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '\\', '[', '}', ':', '0', ' ', '\n', 'e'))
      .map(([json, at, text]) => {
        const index = at % (json.length + 1);
        return json.slice(0, index) + text + json.slice(index + 1);
      });
    const noise = fc.string({ unit: fc.constantFrom(...'[]{},:"\\ 01-.eEtrufalsn\n') });
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken, noise), (text) => {
        expect(isJson(text)).toBe(parses(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('says where each token is and how deep', () => {
    const text = ' {"a" : [1, "x\\"y"], "b":true} ';
    const scanner = new JsonScanner(text);
    const tokens: unknown[] = [];
    for (let token = scanner.next(); token !== 'end' && token !== 'error'; token = scanner.next()) {
      tokens.push([token, text.slice(scanner.start, scanner.end), scanner.depth]);
    }
    expect(tokens).toEqual([
      ['object', '{', 1],
      ['key', '"a"', 1],
      ['array', '[', 2],
      ['number', '1', 2],
      ['string', '"x\\"y"', 2],
      ['close', ']', 1],
      ['key', '"b"', 1],
      ['literal', 'true', 1],
      ['close', '}', 0],
    ]);
  });
});
