import fc from 'fast-check';
import { fuzz } from '@genspan/test-utils';
import { isFields, jsonOf, parseJson, structureOf } from '../../src/shapes/json';

describe('parseJson', () => {
  it('reads every JSON text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('', ' ', '\n\t '), (value, space) => {
        expect(JSON.stringify(parseJson(space + JSON.stringify(value)))).toBe(JSON.stringify(value));
      }),
      fuzz(100),
    );
  });

  it.each(['', ' ', 'hello', '{', '[1,', 'nul', undefined, 7, null, {}, []])('makes nothing of %j', (text) => {
    expect(parseJson(text)).toBeUndefined();
  });

  it('keeps a key named __proto__ a key', () => {
    const parsed = parseJson('{"__proto__": {"polluted": true}}');
    expect(Object.keys(parsed as object)).toEqual(['__proto__']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('structureOf', () => {
  it('takes objects and arrays as they are, and strings as JSON', () => {
    const list = [1];
    expect(structureOf(list)).toBe(list);
    expect(structureOf('[1]')).toEqual([1]);
    expect(structureOf('text')).toBeUndefined();
    expect(structureOf(7)).toBeUndefined();
  });
});

describe('jsonOf', () => {
  it('writes anything at all without a throw, as something that can be parsed', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withSparseArray: true, withNullPrototype: true }), (value) => {
        expect(() => JSON.parse(jsonOf(value)) as unknown).not.toThrow();
      }),
      fuzz(100),
    );
  });

  it('leaves out what JSON cannot hold', () => {
    const cycle: Record<string, unknown> = { big: 7n };
    cycle['self'] = cycle;
    Object.defineProperty(cycle, 'bad', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    const written = JSON.parse(jsonOf(cycle)) as Record<string, unknown>;
    expect(written['big']).toBe('7');
    expect(written['bad']).toBeNull();
    expect(isFields(written['self'])).toBe(true);
    expect(jsonOf(undefined)).toBe('null');
  });

  it('writes a net of objects that all refer to each other in a bounded time', () => {
    const net = Array.from({ length: 30 }, (): Record<string, unknown> => ({}));
    for (const object of net) net.forEach((other, index) => (object[`to${index}`] = other));
    expect(jsonOf(net[0]).length).toBeLessThan(10_000_000);
    expect(
      jsonOf({
        toJSON: () => {
          throw new Error('no');
        },
        rest: 1,
      }),
    ).toBe('{"rest":1}');
  });

  it('writes what is nested too deep for the stack', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 200_000; level++) deep = [deep];
    expect(jsonOf(deep).startsWith('[[[[')).toBe(true);
  });
});
