import { copyValue } from '../src/copy-value.js';

const nested = (levels: number): unknown => {
  let value: unknown = 'leaf';
  for (let level = 0; level < levels; level++) value = { value };
  return value;
};

test('returns what is no structure as it is', () => {
  for (const value of ['text', 1, true, null, undefined]) expect(copyValue(value)).toBe(value);
});

test('copies lists, maps and bytes', () => {
  const value = { list: [1, null, { deep: ['x'] }], bytes: Buffer.from([1, 2]) };
  const copy = copyValue(value) as typeof value;
  value.bytes.fill(0);
  value.list.push(2);
  expect(copy).toEqual({ list: [1, null, { deep: ['x'] }], bytes: new Uint8Array([1, 2]) });
});

test('keeps a member named __proto__ as a member', () => {
  const copy = copyValue(JSON.parse('{"__proto__":{"a":1}}'));
  expect(Object.keys(copy as object)).toEqual(['__proto__']);
});

test('keeps of other objects what an exporter would see', () => {
  class User {
    readonly #hidden = 1;
    name = 'ann';
    hidden(): number {
      return this.#hidden;
    }
  }
  expect(copyValue([new User(), new Date(0), new Error('e')])).toEqual([{ name: 'ann' }, {}, {}]);
});

test('reads a getter once', () => {
  let reads = 0;
  const value = {
    get count() {
      return ++reads;
    },
  };
  expect(copyValue(value)).toEqual({ count: 1 });
  expect(reads).toBe(1);
});

test('refuses what is too deep, in itself or too large', () => {
  expect(copyValue(nested(100))).toEqual(nested(100));
  expect(() => copyValue(nested(102))).toThrow(RangeError);
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  expect(() => copyValue(cyclic)).toThrow(RangeError);
  // Each level holds the one below twice: 2^60 values in 60 objects.
  let shared: unknown = 'leaf';
  for (let level = 0; level < 60; level++) shared = [shared, shared];
  expect(() => copyValue(shared)).toThrow(RangeError);
});
