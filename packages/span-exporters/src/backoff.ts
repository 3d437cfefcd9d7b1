/** How long to wait between attempts. */
export interface BackoffSettings {
  /** Upper bound of the first wait, in ms. */
  readonly initialBackoffMillis: number;
  /** What each upper bound is multiplied by for the next one. */
  readonly backoffMultiplier: number;
  /** No wait is longer, in ms. */
  readonly maxBackoffMillis: number;
}

/**
 * The wait before a retry: anything from 0 to a bound that grows (full jitter), so that processes that failed together do not
 * come back together.
 *
 * @param retry - 0 for the first one
 * @param random - from 0 to 1
 * @returns whole milliseconds
 */
export function backoffMillis(settings: BackoffSettings, retry: number, random: number): number {
  const { initialBackoffMillis, backoffMultiplier, maxBackoffMillis } = settings;
  const bound = Math.min(initialBackoffMillis * backoffMultiplier ** retry, maxBackoffMillis);
  return Math.floor(bound * random);
}
