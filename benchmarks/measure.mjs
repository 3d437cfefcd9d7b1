// Interleaved rounds: every variant is measured in every round, in an order that moves on by one each time, so that a
// machine that slows down for a while slows all of them.

/**
 * Runs `sample(subject)` for every subject in each of `rounds` rounds.
 *
 * @param subjects - what is compared
 * @param rounds - how many samples each subject gets
 * @param sample - async; one sample of one subject, any value
 * @returns a Map from the subject to its samples, in the order of the rounds
 */
export async function interleave(subjects, rounds, sample) {
  const samples = new Map(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < subjects.length; i++) {
      const subject = subjects[(round + i) % subjects.length];
      samples.get(subject).push(await sample(subject));
    }
  }
  return samples;
}

/** @param sorted - numbers, smallest first @param q - 0 to 1 */
export const quantile = (sorted, q) => {
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  const high = Math.ceil(at);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
};

/** Median, and how far it would move if the rounds were drawn again (about one standard error, from the quartiles). */
export function summarize(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  return { median: quantile(sorted, 0.5), error: (0.93 * spread) / Math.sqrt(sorted.length) };
}

/** Summary of the differences, round by round: what both sides suffered in a round cancels out. */
export const summarizeDifference = (values, base) => summarize(values.map((value, round) => value - base[round]));

/** Ratio of two summaries, with the errors of both. */
export function ratioOf(a, b) {
  const median = a.median / b.median;
  return { median, error: Math.abs(median) * Math.hypot(a.error / a.median, b.error / b.median) };
}

/** Whether a summary stays within a limit; what is closer than two errors can be told by more rounds only. */
export function judge({ median, error }, limit) {
  if (Math.abs(median - limit) < 2 * error) return 'too close to tell';
  return median <= limit ? 'holds' : 'does not hold';
}
