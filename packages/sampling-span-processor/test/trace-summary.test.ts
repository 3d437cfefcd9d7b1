import { TraceSummary } from '../src/trace-summary.js';
import { NOT_REPORTED, TraceUsage } from '@genspan/span-processor-base';

test('lasts from the earliest start to the latest end', () => {
  const summary = new TraceSummary();
  summary.addTimes([1_750_000_001, 500_000_000], [1_750_000_002, 0]);
  summary.addTimes([1_750_000_000, 999_999_999], [1_750_000_001, 0]);
  summary.addTimes([1_750_000_001, 0], [1_750_000_002, 250_000_000]);
  expect(summary.durationMillis).toBeCloseTo(1250.000001, 9);
});

test('tells a millisecond exactly at any time of day', () => {
  const summary = new TraceSummary();
  summary.addTimes([1_750_000_000, 123_456_789], [1_750_000_000, 223_456_789]);
  expect(summary.durationMillis).toBe(100);
});

test.each([
  ['no span', [], 0],
  ['no end', [[[1, 0], undefined]], 0],
  [
    'an invalid start',
    [
      [
        [NaN, NaN],
        [5, 0],
      ],
    ],
    0,
  ],
  [
    'an end before its start',
    [
      [
        [5, 0],
        [4, 0],
      ],
    ],
    0,
  ],
  [
    'an invalid span among others',
    [
      [
        [NaN, NaN],
        [NaN, NaN],
      ],
      [
        [1, 0],
        [2, 0],
      ],
      [
        [Infinity, 0],
        [Infinity, 0],
      ],
      [
        [-5, 0],
        [2, NaN],
      ],
    ],
    1000,
  ],
  [
    'the beginning of time',
    [
      [
        [0, 0],
        [0, 5e6],
      ],
    ],
    5,
  ],
] as [string, [[number, number] | undefined, [number, number] | undefined][], number][])(
  'has a duration with %s, in any order',
  (_what, times, expected) => {
    for (const order of [times, times.toReversed()]) {
      const summary = new TraceSummary();
      for (const [start, end] of order) summary.addTimes(start, end);
      expect(summary.durationMillis).toBe(expected);
    }
  },
);

test('lasts at least as long as it has run when it is decided early', () => {
  const summary = new TraceSummary();
  summary.addTimes([10, 0], [11, 0]);
  summary.elapsedMillis = 5000;
  expect(summary.durationMillis).toBe(5000);
  summary.elapsedMillis = 10;
  expect(summary.durationMillis).toBe(1000);
});

test('measures a later part of a trace by itself', () => {
  const summary = new TraceSummary();
  summary.addTimes([10, 0], [11, 0]);
  summary.elapsedMillis = 5000;
  summary.startExtent();
  expect(summary.durationMillis).toBe(0);
  summary.addTimes([100, 0], [102, 0]);
  expect(summary.durationMillis).toBe(2000);
});

test('adds input and output tokens, of which either may be unknown', () => {
  const summary = new TraceSummary();
  expect(summary.totalTokens).toBeUndefined();
  summary.usage = new TraceUsage();
  expect(summary.totalTokens).toBeUndefined();
  summary.usage.add(NOT_REPORTED, 3, NOT_REPORTED);
  expect(summary.totalTokens).toBe(3);
  summary.usage.add(4, NOT_REPORTED, 0.5);
  expect([summary.inputTokens, summary.outputTokens, summary.totalTokens, summary.costUsd]).toEqual([4, 3, 7, 0.5]);
});

test('remembers each mark by itself', () => {
  const summary = new TraceSummary();
  expect(summary.isMarked(1, 1 << 30)).toBe(false);
  summary.mark(1, 1 << 30, 2);
  summary.mark(0, 1, 2);
  expect([
    summary.isMarked(0, 1),
    summary.isMarked(0, 2),
    summary.isMarked(1, 1),
    summary.isMarked(1, 1 << 30),
  ]).toEqual([true, false, false, true]);
});
