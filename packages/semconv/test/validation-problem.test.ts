import { describeKind } from '../src/validation-problem';

it.each<[unknown, string]>([
  [undefined, 'nothing'],
  [null, 'null'],
  ['', 'empty string'],
  ['content', 'string'],
  [Number.NaN, 'number'],
  [1n, 'bigint'],
  [[], 'array'],
  [{}, 'object'],
  [() => 1, 'function'],
])('calls %p %s', (value, kind) => {
  expect(describeKind(value)).toBe(kind);
});
