/**
 * Consistent probability sampling by OpenTelemetry's "Probability Sampling" specification: a trace has 56 bits of
 * randomness R, a rate p has the threshold T = (1 − p)·2^56, and the trace is kept iff R ≥ T.
 *
 * Both are held as 14 lower-case hex digits, as `tracestate` writes them: such strings compare like the numbers, all 56
 * bits of them, which is more than a JavaScript number holds, and the randomness of a trace is a slice of its id.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/
 */

/** 2^56, as a number and as a bigint, and its root. */
const RANGE = 2 ** 56;
const BIG_RANGE = 1n << 56n;
const HALF_RANGE = 2 ** 28;

/** Threshold of rate 1: every trace is kept. */
export const KEEP_ALL = '00000000000000';

/** Stands for rate 0: greater than every randomness, and no threshold that can be written. */
export const KEEP_NONE = 'g';

/**
 * The threshold of a rate.
 *
 * @param rate - 0 to 1; 0, and what rounds to it (below 2^-57), gives {@link KEEP_NONE}
 */
export function thresholdOf(rate: number): string {
  // From the rate and not from 1 − rate, which would lose the last digits of small rates.
  const kept = Math.round(rate * RANGE);
  return kept <= 0 ? KEEP_NONE : hex(BIG_RANGE - BigInt(kept));
}

/** The rate that a threshold stands for, 0 to 1. */
export function rateOf(threshold: string): number {
  if (threshold === KEEP_NONE) return 0;
  // In halves, because 56 bits at once do not fit.
  const upper = parseInt(threshold.slice(0, 7), 16);
  const lower = parseInt(threshold.slice(7), 16);
  return ((HALF_RANGE - upper) * HALF_RANGE - lower) / RANGE;
}

/** The lowest threshold above a randomness: it keeps what is greater, and drops this one and all below. */
export function thresholdAbove(randomness: string): string {
  const next = BigInt(`0x${randomness}`) + 1n;
  return next === BIG_RANGE ? KEEP_NONE : hex(next);
}

/** The stricter of two thresholds. */
export function stricter(a: string, b: string): string {
  return a > b ? a : b;
}

/** Whether a trace of this randomness is kept. */
export function keeps(threshold: string, randomness: string): boolean {
  // Said apart, so that rate 1 keeps whatever an id generator makes up.
  return threshold === KEEP_ALL || randomness >= threshold;
}

/** The randomness of a trace whose `tracestate` names none: the low 56 bits of its id. */
export function randomnessOfTraceId(traceId: string): string {
  return traceId.slice(18);
}

function hex(value: bigint): string {
  return value.toString(16).padStart(14, '0');
}
