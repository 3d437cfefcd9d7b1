import { fuzz } from '@genspan/test-utils';
import type { AttributeValue } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { entriesOf, flattenAttributes, nestAttributes } from '../../src/shapes/indexed-attributes.js';

function nest(attributes: Record<string, unknown>, prefix: string): { value: unknown; consumed: string[] } {
  const consumed: string[] = [];
  return { value: nestAttributes(attributes, prefix, (key) => consumed.push(key)), consumed };
}

function flatten(value: unknown, prefix: string): { attributes: Record<string, AttributeValue>; complete: boolean } {
  const attributes = Object.create(null) as Record<string, AttributeValue>;
  const complete = flattenAttributes(value, prefix, (key, item) => (attributes[key] = item));
  return { attributes, complete };
}

/** With ordinary prototypes, as `toEqual` compares. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('nestAttributes', () => {
  it('makes objects of names and arrays of indices', () => {
    const { value, consumed } = nest(
      {
        'm.0.message.role': 'user',
        'm.0.message.tool_calls.0.name': 'a',
        'm.0.message.tool_calls.1.name': 'b',
        'm.1.message.role': 'assistant',
        'other.0.role': 'no',
        m: 'not below the prefix',
      },
      'm.',
    );
    expect(plain(value)).toEqual([
      { message: { role: 'user', tool_calls: [{ name: 'a' }, { name: 'b' }] } },
      { message: { role: 'assistant' } },
    ]);
    expect(consumed).toHaveLength(4);
  });

  it('returns undefined and consumes nothing when no key begins with the prefix', () => {
    expect(nest({ 'n.0': 1, m: 1, 'm.': 2, 'm.0': undefined, 'm.1': null }, 'm.')).toEqual({
      value: undefined,
      consumed: [],
    });
  });

  it('closes gaps of any size and sorts by number', () => {
    const { value } = nest({ 'm.1000000000.x': 'c', 'm.10.x': 'b', 'm.9.x': 'a' }, 'm.');
    expect(plain(value)).toEqual([{ x: 'a' }, { x: 'b' }, { x: 'c' }]);
  });

  it('keeps names that look like members of every object as names', () => {
    const { value } = nest({ 'm.__proto__.polluted': true, 'm.constructor': 'x' }, 'm.');
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(Object.keys(value as object).sort()).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('takes a mix of names and indices for an object', () => {
    expect(plain(nest({ 'm.0': 'a', 'm.name': 'b' }, 'm.').value)).toEqual({ 0: 'a', name: 'b' });
  });

  it('passes over a value that has others below it, in whichever order they come', () => {
    for (const attributes of [
      { 'm.0': 'x', 'm.0.role': 'user' },
      { 'm.0.role': 'user', 'm.0': 'x' },
    ]) {
      const { value, consumed } = nest(attributes, 'm.');
      expect(plain(value)).toEqual([{ role: 'user' }]);
      expect(consumed).toEqual(['m.0.role']);
    }
  });

  it('keeps the rest of a very deep key as one name', () => {
    const { value } = nest({ [`m.${'a.'.repeat(100_000)}b`]: 1 }, 'm.');
    expect(JSON.stringify(value).length).toBeLessThan(300_000);
  });
});

describe('flattenAttributes', () => {
  it('spreads arrays by index and objects by name, and leaves absent values out', () => {
    const value = [
      { message: { role: 'user', content: null, contents: [{ text: 'hi' }, { text: undefined }] } },
      { n: 0 },
    ];
    expect(flatten(value, 'm.')).toEqual({
      attributes: { 'm.0.message.role': 'user', 'm.0.message.contents.0.text': 'hi', 'm.1.n': 0 },
      complete: true,
    });
  });

  it('writes a list of values of one type as one attribute', () => {
    expect(flatten({ vector: [0.5, 0.25], tags: ['a', 'b'], mixed: ['a', 1] }, 'e.').attributes).toEqual({
      'e.vector': [0.5, 0.25],
      'e.tags': ['a', 'b'],
      'e.mixed.0': 'a',
      'e.mixed.1': 1,
    });
  });

  it('says when a value is too deep, too large or circular to be written whole', () => {
    const circular: unknown[] = [{ text: 'a' }];
    circular.push(circular, circular, circular);
    expect(flatten(circular, 'm.').complete).toBe(false);
    expect(Object.keys(flatten(circular, 'm.').attributes).length).toBeLessThanOrEqual(10_000);
    const wide = Array.from({ length: 20_000 }, (_, i) => ({ i }));
    const { attributes, complete } = flatten(wide, 'm.');
    expect(complete).toBe(false);
    expect(Object.keys(attributes)).toHaveLength(10_000);
    expect(flatten('no object', 'm.')).toEqual({ attributes: {}, complete: false });
  });
});

describe('entriesOf', () => {
  it('finds the entries of a list that has a name among its indices', () => {
    expect(entriesOf(nest({ 'm.1': 'b', 'm.name': 'c', 'm.0': 'a' }, 'm.').value)).toEqual(['a', 'b', 'c']);
    expect(entriesOf(['a'])).toEqual(['a']);
    expect(entriesOf('text')).toEqual([]);
    expect(entriesOf(null)).toEqual([]);
  });
});

describe('nestAttributes and flattenAttributes', () => {
  const word = fc.stringMatching(/^[a-z_]{1,8}$/);
  const leaf = fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.boolean());
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.dictionary(word, fc.oneof(leaf, tie('tree')), { minKeys: 1, maxKeys: 4 }),
      // Lists of values of one type are attributes of their own, so lists hold objects here.
      fc.array(fc.dictionary(word, leaf, { minKeys: 1, maxKeys: 3 }), { minLength: 1, maxLength: 12 }),
    ),
  }));

  it('give back what was spread', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const { attributes, complete } = flatten(value, 'p.');
        fc.pre(complete);
        const { value: back, consumed } = nest(attributes, 'p.');
        expect(back).toEqual(value);
        expect(consumed.sort()).toEqual(Object.keys(attributes).sort());
      }),
      fuzz(100),
    );
  });

  it('never throw', () => {
    const key = fc.oneof(
      fc.array(fc.oneof(fc.nat().map(String), fc.string(), fc.constantFrom('__proto__', 'length', '', '00')), {
        maxLength: 20,
      }),
    );
    const attributes = fc.array(fc.tuple(key, fc.anything())).map((pairs) => {
      const record = Object.create(null) as Record<string, unknown>;
      for (const [path, value] of pairs) record[`p.${path.join('.')}`] = value;
      return record;
    });
    fc.assert(
      fc.property(attributes, fc.anything(), (record, value) => {
        nest(record, 'p.');
        flatten(value, 'p.');
      }),
      fuzz(100),
    );
  });
});
