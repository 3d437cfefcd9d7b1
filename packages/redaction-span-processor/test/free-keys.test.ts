import { FreeKeys } from '../src/free-keys.js';

test('gives each key once, with a number from the second time on', () => {
  const keys = new FreeKeys(['a', 'a.3']);
  expect(['b', 'a', 'a', 'b', 'a.2'].map((key) => keys.take(key))).toEqual(['b', 'a.2', 'a.4', 'b.2', 'a.2.2']);
});
