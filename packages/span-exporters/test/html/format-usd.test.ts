import { formatUsd } from '../../src/html/format-usd.js';

test.each([
  [0, '$0.00'],
  [1.204, '$1.20'],
  [1234.5, '$1234.50'],
  [0.0042, '$0.0042'],
  [0.5, '$0.50'],
  [0.00042, '$0.00042'],
  [1e-9, '<$0.000001'],
])('%d is %s', (usd, text) => {
  expect(formatUsd(usd)).toBe(text);
});
