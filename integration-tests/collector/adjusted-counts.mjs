// The number of traces there were, estimated from the `th` of those that were kept: each stands for 1/p.
import { probabilityOf } from './trace-state.mjs';

/** A greater distance between estimate and truth, in standard errors, is no chance: once in 15,000. */
const MAX_STANDARD_ERRORS = 4;

/**
 * Compares estimates with the truth, for each kind and for all together.
 *
 * The standard error is that of independent choices with the probabilities that apply: the variance is the sum of (1 − p)/p over all
 * traces, kept or not.
 *
 * @param {Map<string, { kind: string }>} traces all there were
 * @param {(trace: { kind: string }) => string} thOf the `th` that applies to a trace, kept or not
 * @param {Map<string, { ths: Set<string> }>} kept
 * @returns {{ kind: string, truth: number, ratio: number, standardError: number, isOff: boolean }[]} `ratio` is estimate/truth,
 *   `standardError` is that of the ratio
 */
export function compareCounts(traces, thOf, kept) {
  const totals = new Map();
  for (const [traceId, one] of traces) {
    const p = probabilityOf(thOf(one));
    const [th] = kept.get(traceId)?.ths ?? [];
    const stands = !kept.has(traceId) || th === undefined ? 0 : 1 / probabilityOf(th);
    for (const kind of ['all', one.kind]) {
      const total = totals.get(kind) ?? { truth: 0, estimate: 0, variance: 0 };
      totals.set(kind, total);
      total.truth++;
      total.estimate += stands;
      total.variance += (1 - p) / p;
    }
  }
  return [...totals].map(([kind, { truth, estimate, variance }]) => {
    const error = Math.sqrt(variance);
    const isOff = Math.abs(estimate - truth) > MAX_STANDARD_ERRORS * error + 1e-6 * truth;
    return { kind, truth, ratio: estimate / truth, standardError: error / truth, isOff };
  });
}

/** Such as `rest 0.982 ± 0.064`. */
export function inWords({ kind, ratio, standardError }) {
  return `${kind} ${ratio.toFixed(3)} ± ${standardError.toFixed(3)}`;
}
