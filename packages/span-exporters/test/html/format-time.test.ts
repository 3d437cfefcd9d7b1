import { formatTime } from '../../src/html/format-time.js';

test('a moment is shown in UTC, what is none as a number', () => {
  expect(formatTime(1_750_000_000_123.4)).toBe('2025-06-15 15:06:40.123 UTC');
  expect(formatTime(Number.NaN)).toBe('NaN ms');
  expect(formatTime(1e20)).toBe('100000000000000000000 ms');
});
