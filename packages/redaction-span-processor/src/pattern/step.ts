/** Where a way through the pattern can lead without a character in between: a position, or one of these. */
export const ACCEPT = -1;
/** Nowhere: the way is tried and given up. */
export const DEAD = -2;

/** How to get on: under all conditions of the mask, in so many ways. */
export interface Step {
  readonly to: number;
  /** A bit for each of `conditions`. */
  readonly conditions: number;
  readonly ways: number;
}
