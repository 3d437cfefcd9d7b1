import fc from 'fast-check';
import { count, fields, filled, identifier, list, parsedJson, text, word } from '../src/untyped.js';

describe('fields', () => {
  it('is the object itself, or none', () => {
    const object = { a: 1 };
    expect(fields(object)).toBe(object);
    for (const value of [null, undefined, 'abc', 7, true]) expect(Object.keys(fields(value))).toEqual([]);
  });
});

describe('list, text, filled and count', () => {
  it('let one type through each', () => {
    expect(list([1])).toEqual([1]);
    expect(list('ab')).toEqual([]);
    expect(text('')).toBe('');
    expect(text(7)).toBeUndefined();
    expect(filled('')).toBeUndefined();
    expect(filled('a')).toBe('a');
    expect([count(0), count(NaN), count(Infinity), count('1'), count(true)]).toEqual([
      0,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('word', () => {
  it.each(['auto', 'rate_limit_exceeded', 'APIConnectionError'])('lets %s through', (value) => {
    expect(word(value)).toBe(value);
  });

  it.each(['', 'two words', 'a@b', 'sk-123', 'x'.repeat(41), 'naïve', 7, null])('stops %p', (value) => {
    expect(word(value)).toBeUndefined();
  });
});

describe('identifier', () => {
  it.each(['resp_abc123', 'conv_1', 'gen-17_b=', 'pmpt_A-b7', '123e4567-e89b-12d3-a456-426614174000'])(
    'lets %s through',
    (value) => {
      expect(identifier(value)).toBe(value);
    },
  );

  it.each([
    '',
    'hello',
    'resp_',
    'resp_a b',
    'my name_is x',
    'resp_of_Mrs_Smith',
    'sk_live_1',
    `resp_${'x'.repeat(513)}`,
    7,
  ])('stops %p', (value) => {
    expect(identifier(value)).toBeUndefined();
  });
});

describe('parsedJson', () => {
  it('parses what parses and keeps the rest', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const written = JSON.stringify(value);
        expect(JSON.stringify(parsedJson(written))).toBe(JSON.stringify(JSON.parse(written)));
      }),
    );
    expect(parsedJson('{"a":')).toBe('{"a":');
    expect(parsedJson(undefined)).toBeUndefined();
  });
});
