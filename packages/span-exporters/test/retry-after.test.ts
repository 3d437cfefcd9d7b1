import { parseRetryAfter } from '../src/retry-after.js';

const NOW = Date.UTC(2026, 0, 15, 12, 0, 0);

test.each([
  ['5', 5000],
  [' 5 ', 5000],
  ['0', 0],
  ['-5', 0],
  ['Thu, 15 Jan 2026 12:00:30 GMT', 30_000],
  ['Thu, 15 Jan 2026 11:00:00 GMT', 0],
  ['Thursday, 15-Jan-26 12:00:30 GMT', 30_000],
  ['999999999', 3_600_000],
  ['9'.repeat(400), 3_600_000],
  ['Fri, 15 Jan 2027 12:00:00 GMT', 3_600_000],
  ['soon', undefined],
  ['foo 1', undefined],
  ['1.5', undefined],
  ['', undefined],
  ['Thu, 99 Jan 2026 12:00:30 GMT', undefined],
  [undefined, undefined],
])('reads %p as %p ms', (value, expected) => {
  expect(parseRetryAfter(value, NOW)).toBe(expected);
});
