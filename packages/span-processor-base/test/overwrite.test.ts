import { overwrite } from '../src/overwrite.js';

test('assigns', () => {
  const target = { a: [1] };
  const next = [2];
  expect(overwrite(target, 'a', next)).toBe(true);
  expect(target.a).toBe(next);
});

test('replaces the content of what cannot be assigned', () => {
  const target = Object.freeze({ a: { old: 1, same: 2 } });
  expect(overwrite(target, 'a', { same: 2, next: 3 })).toBe(true);
  expect(target.a).toEqual({ same: 2, next: 3 });
});

test('replaces as deep as it must', () => {
  const target = Object.freeze({ list: Object.freeze([{ text: 'old' }, { text: 'same' }]) });
  expect(overwrite(target, 'list', [{ text: 'new' }, { text: 'same' }])).toBe(true);
  expect(target.list).toEqual([{ text: 'new' }, { text: 'same' }]);
});

test('tells when something stays', () => {
  expect(overwrite(Object.freeze({ a: 1 }), 'a', 2)).toBe(false);
  expect(overwrite(Object.freeze({ a: Object.freeze({ b: 1 }) }), 'a', { b: 2 })).toBe(false);
  expect(overwrite(Object.freeze({ a: Object.freeze({ b: 1, c: 1 }) }), 'a', { b: 1 })).toBe(false);
});

test('is not fooled by a setter that does nothing', () => {
  const target = Object.defineProperty({}, 'a', { get: () => 'old', set: () => undefined });
  expect(overwrite(target, 'a', 'new')).toBe(false);
});

test('does not throw when the target does', () => {
  const broken = (): never => {
    throw new Error('broken');
  };
  expect(overwrite(Object.defineProperty({}, 'a', { get: broken, set: broken }), 'a', {})).toBe(false);
  expect(overwrite(new Proxy({}, { get: broken, set: broken }), 'a', {})).toBe(false);
});
