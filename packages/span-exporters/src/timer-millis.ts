import { OptionError, expectInteger } from '@genspan/span-processor-base';

/** What setTimeout() takes at most, about 24 days; with more it fires at once. */
export const MAX_TIMER_MILLIS = 2_147_483_647;

/**
 * A time that a timer waits for.
 *
 * @throws OptionError unless `value` is a whole number of milliseconds from 1 to 2,147,483,647.
 */
export function expectTimerMillis(option: string, value: unknown): number {
  const millis = expectInteger(option, value);
  if (millis <= MAX_TIMER_MILLIS) return millis;
  throw new OptionError(option, `to be at most ${MAX_TIMER_MILLIS}`, value);
}
