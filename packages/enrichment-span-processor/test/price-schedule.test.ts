import { secondOfDay, sheetAt, type PriceSchedule } from '../src/price-schedule.js';

test.each([
  ['00:30:00Z', 1800],
  ['00:30:00+01:00', 84_600],
  ['23:00:00-02:30', 5400],
  ['01:00:00.5Z', 3600.5],
  ['1:00', undefined],
])('%s is second %s of the day', (time, expected) => {
  expect(secondOfDay(time)).toBe(expected);
});

test('hours may pass midnight', () => {
  const schedule: PriceSchedule = [
    { holds: 'always', sheet: { input: 1 } },
    { holds: 'daily', fromSecond: 82_800, toSecond: 3600, sheet: { input: 2 } },
  ];
  const at = (hour: number) => sheetAt(schedule, Date.UTC(2026, 0, 2, hour))?.input;
  expect([at(22), at(23), at(0), at(1)]).toEqual([1, 2, 2, 1]);
});

test('of prices that hold the last ones count, and the first ones where none do', () => {
  const schedule: PriceSchedule = [
    { holds: 'since', fromUnixMillis: 100, sheet: { input: 1 } },
    { holds: 'since', fromUnixMillis: 200, sheet: undefined },
  ];
  expect(sheetAt(schedule, 0)).toEqual({ input: 1 });
  expect(sheetAt(schedule, 199)).toEqual({ input: 1 });
  expect(sheetAt(schedule, 200)).toBeUndefined();
});
