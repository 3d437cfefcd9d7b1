import { formatBytes, formatCount, formatCounted, formatDuration } from '../src/format-quantity.js';

test.each([
  [0, '0µs'],
  [0.42, '420µs'],
  [0.9999, '1ms'],
  [350.4, '350ms'],
  [999.6, '1.00s'],
  [4_520, '4.52s'],
  [59_996, '1m 00s'],
  [125_000, '2m 05s'],
  [3_599_600, '1h 00m'],
  [3_720_000, '1h 02m'],
])('%d ms is %s', (millis, text) => {
  expect(formatDuration(millis)).toBe(text);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1_204, '1,204'],
  [1_234_567, '1,234,567'],
])('%d is %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test('a noun follows its number', () => {
  expect([formatCounted(1, 'error'), formatCounted(2, 'error')]).toEqual(['1 error', '2 errors']);
});

test.each([
  [980, '980 B'],
  [12_000, '12 KB'],
  [3_400_000, '3.4 MB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
