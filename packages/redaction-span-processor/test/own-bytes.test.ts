import { ownBytes } from '../src/own-bytes.js';

test('returns what has no bytes in it as it is', () => {
  for (const value of [['a', 1], { a: { b: [null, 'x'] } }, [], {}]) expect(ownBytes(value)).toBe(value);
});

test.each([Uint8Array.of(1, 2), Buffer.from([1, 2])])('copies bytes', (bytes) => {
  const copy = ownBytes(bytes);
  bytes.fill(0);
  expect(copy).toEqual(Uint8Array.of(1, 2));
});

test('copies what leads to bytes, and nothing else', () => {
  const bytes = Uint8Array.of(1);
  const value = { other: { a: 1 }, list: ['x', { bytes }] };
  const copy = ownBytes(value) as typeof value;
  bytes.fill(0);
  expect(copy).toEqual({ other: { a: 1 }, list: ['x', { bytes: Uint8Array.of(1) }] });
  expect(copy.other).toBe(value.other);
  expect(value.list[1]).toEqual({ bytes });
});

test('refuses what is in itself or too long', () => {
  const withGap: unknown[] = [];
  withGap[2 ** 32 - 2] = 1;
  expect(() => ownBytes({ withGap })).toThrow(RangeError);
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  expect(() => ownBytes(cyclic)).toThrow(RangeError);
});
