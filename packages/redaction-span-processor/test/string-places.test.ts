import { StringPlaces } from '../src/string-places.js';

test('tells which characters of JSON are in strings', () => {
  const text = String.raw`{"a":1,"b\"c":["","d"]}`;
  const places = new StringPlaces(text);
  const inside = Array.from(text, (char, index) => (places.includes(index) ? char : ' ')).join('');
  expect(inside).toBe(String.raw`  a     b\"c       d   `);
});

test('tells where the string is that was asked for', () => {
  const places = new StringPlaces('["ab","cd"]');
  expect(places.includes(8)).toBe(true);
  expect([places.start, places.end]).toEqual([7, 9]);
});

test('takes what follows the last quote for a string, which is cut off', () => {
  const places = new StringPlaces('["a');
  expect([places.includes(2), places.end]).toEqual([true, 3]);
});

test.each([
  ['no strings', '1,'.repeat(500_000)],
  ['one behind all that is asked for', `${'1,'.repeat(500_000)}"a"`],
])('takes linear time where there are %s', (_what, text) => {
  const places = new StringPlaces(text);
  const start = performance.now();
  let inside = 0;
  for (let index = 0; index < 900_000; index += 2) inside += places.includes(index) ? 1 : 0;
  expect(inside).toBe(0);
  expect(performance.now() - start).toBeLessThan(10_000);
});
