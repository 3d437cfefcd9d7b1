import { buildSpan } from '@genspan/test-utils';
import { timeAxis, timeBar, timeRangeOf } from '../../src/html/time-bar.js';

const START = 1_750_000_000_000;
const between = (from: number, to: number) => buildSpan({ startMillis: START + from, durationMillis: to - from });
const barOf = (from: number, to: number) =>
  /x="([^"]*)" width="([^"]*)"/.exec(
    timeBar(between(from, to), { startMillis: START, endMillis: START + 1_000 }).toString(),
  );

test.each([
  [0, 1_000, '0', '1000'],
  [250, 750, '250', '500'],
  [999, 1_000, '997', '3'],
  [-5_000, 9_000, '0', '1000'],
  [700, 100, '700', '3'],
])('from %d to %d of 1000 ms the bar is at %s, %s wide', (from, to, x, width) => {
  expect(barOf(from, to)?.slice(1)).toEqual([x, width]);
});

test('spans of no duration and broken times still have a bar', () => {
  const at = { startMillis: START, endMillis: START };
  expect(timeBar(between(0, 0), at).toString()).toContain('x="0" width="1000"');
  expect(
    timeBar({ ...between(0, 0), startTime: [Number.NaN, 0] }, { startMillis: 0, endMillis: 9 }).toString(),
  ).not.toContain('NaN');
});

test('the axis has six times', () => {
  const range = timeRangeOf([between(100, 300), between(0, 1_000), between(500, 200)]);
  expect(range).toEqual({ startMillis: START, endMillis: START + 1_000 });
  expect(
    timeAxis(range)
      .toString()
      .replace(/<[^>]*>/g, ' ')
      .trim()
      .split(/\s+/),
  ).toEqual(['0µs', '200ms', '400ms', '600ms', '800ms', '1.00s']);
});
