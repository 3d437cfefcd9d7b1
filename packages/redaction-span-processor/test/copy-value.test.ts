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
  expect(copyValue([new User(), /a/])).toEqual([{ name: 'ann' }, {}]);
});

test('copies dates, Maps and Sets in kind, and what wraps a value becomes it', () => {
  const inner = { a: 1 };
  const value = { date: new Date(5), map: new Map([['k', inner]]), set: new Set([inner]), text: new String('a') };
  const copy = copyValue(value);
  inner.a = 2;
  value.date.setTime(7);
  expect(copy).toEqual({ date: new Date(5), map: new Map([['k', { a: 1 }]]), set: new Set([{ a: 1 }]), text: 'a' });
});

test('copies errors with what a console prints of them, and nothing more that exporters see', () => {
  class OwnError extends RangeError {
    override readonly name = 'OwnError';
    code = 7;
  }
  const cause = { a: 1 };
  const error = new OwnError('e', { cause });
  const copy = copyValue(error) as OwnError;
  const { stack } = error;
  error.message = 'later';
  cause.a = 2;
  expect(copy).toBeInstanceOf(Error);
  expect({ message: copy.message, stack: copy.stack, cause: copy.cause }).toEqual({
    message: 'e',
    stack,
    cause: { a: 1 },
  });
  expect(Object.entries(copy)).toEqual(Object.entries(new OwnError()));
});

test('leaves out functions, so that no toJSON decides what leaves', () => {
  expect(JSON.stringify(copyValue({ a: 1, toJSON: () => ({ b: 2 }) }))).toBe('{"a":1}');
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
  const withGap: unknown[] = [];
  withGap[2 ** 32 - 2] = 1;
  expect(() => copyValue({ withGap })).toThrow(RangeError);
  let shared: unknown = 'leaf';
  for (let level = 0; level < 60; level++) shared = [shared, shared];
  expect(() => copyValue(shared)).toThrow(RangeError);
});
