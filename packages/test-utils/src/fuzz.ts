/** What {@link fuzz} gives to `fc.assert`. */
export interface FuzzRuns {
  readonly numRuns: number;
  readonly seed?: number;
}

/**
 * How often a law is tried, and from which seed. `npm test` tries the same cases each time, so that a rare one is found when
 * somebody looks for it and not when somebody else's change is checked; `npm run test:fuzz` tries others, and many more.
 *
 * @param numRuns - under `npm test`
 */
export function fuzz(numRuns: number): FuzzRuns {
  const times = Number(process.env['GENSPAN_FUZZ_TIMES'] ?? 0);
  return times > 0 ? { numRuns: numRuns * times } : { numRuns, seed: 20_261_122 };
}
