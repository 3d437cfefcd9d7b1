import type { PriceSheet } from './price-sheet.js';

const SECONDS_OF_DAY = 86_400;

/** Prices with the time from which, or the hours of the day in which, they hold. */
export type TimedPriceSheet = { readonly sheet: PriceSheet | undefined } & (
  | { readonly holds: 'always' }
  | { readonly holds: 'since'; readonly fromUnixMillis: number }
  /** Hours in UTC; they pass midnight where the end is before the start. */
  | { readonly holds: 'daily'; readonly fromSecond: number; readonly toSecond: number }
);

/** The prices of one model over time: of those that hold, the last ones count. */
export type PriceSchedule = readonly TimedPriceSheet[];

/**
 * The prices that hold at a time; the first ones when none do.
 *
 * @returns `undefined` when a call at that time cannot be priced
 */
export function sheetAt(schedule: PriceSchedule, unixMillis: number): PriceSheet | undefined {
  for (let index = schedule.length - 1; index > 0; index--) {
    const timed = schedule[index];
    if (timed !== undefined && holdsAt(timed, unixMillis)) return timed.sheet;
  }
  return schedule[0]?.sheet;
}

function holdsAt(timed: TimedPriceSheet, unixMillis: number): boolean {
  switch (timed.holds) {
    case 'always':
      return true;
    case 'since':
      return unixMillis >= timed.fromUnixMillis;
    case 'daily': {
      const second = (unixMillis / 1000) % SECONDS_OF_DAY;
      const { fromSecond, toSecond } = timed;
      return fromSecond <= toSecond
        ? second >= fromSecond && second < toSecond
        : second >= fromSecond || second < toSecond;
    }
  }
}

/**
 * The second of the UTC day that a time with its offset names: `00:30:00Z`, `09:30:00+09:00`.
 *
 * @returns `undefined` when it names none
 */
export function secondOfDay(time: string): number | undefined {
  const match = /^(\d\d):(\d\d):(\d\d(?:\.\d+)?)(?:Z|([+-]\d\d):(\d\d))$/.exec(time);
  if (match === null) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0', offsetHours, offsetMinutes = '0'] = match;
  let second = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (offsetHours !== undefined) {
    const sign = offsetHours.startsWith('-') ? -1 : 1;
    second -= Number(offsetHours) * 3600 + sign * Number(offsetMinutes) * 60;
  }
  return (second + SECONDS_OF_DAY) % SECONDS_OF_DAY;
}
