import type { TraceState } from '@opentelemetry/api';
import { AdaptiveRate } from './adaptive-rate.js';
import { withOtSampling } from './ot-trace-state.js';
import type { ParsedAdaptive } from './parse-rules.js';
import type { CompiledRule } from './rule-set.js';
import { thresholdOf } from './threshold.js';

/** A rule, or the rate for what no rule matches: the threshold it gives a trace that starts, and how often it kept one. */
export class RootOutcome {
  kept = 0;
  dropped = 0;
  readonly #threshold: string;
  readonly #adaptive: AdaptiveRate | undefined;
  /** The `tracestate` of the last kept trace without a randomness of its own; with a fixed rate that of all. */
  #traceState: TraceState | undefined;
  #traceStateThreshold: string | undefined;

  constructor(
    readonly rule: CompiledRule | undefined,
    rate: number,
    adaptive: ParsedAdaptive | undefined,
  ) {
    this.#threshold = thresholdOf(rate);
    this.#adaptive = adaptive === undefined ? undefined : new AdaptiveRate({ ...adaptive, maxRate: rate });
  }

  /** The threshold for one more trace that it decides about. */
  thresholdForNext(): string {
    return this.#adaptive === undefined ? this.#threshold : this.#adaptive.thresholdFor();
  }

  /** Hears of a trace that was kept by another outcome. */
  countOther(): void {
    this.#adaptive?.countOther();
  }

  /**
   * The `tracestate` of a kept trace.
   *
   * @param randomness - 14 hex digits if the trace is to be told them, `undefined` if its id says it all
   */
  traceStateOfKept(threshold: string, randomness: string | undefined): TraceState {
    if (randomness !== undefined) return withOtSampling(undefined, threshold, randomness);
    if (this.#traceState === undefined || this.#traceStateThreshold !== threshold) {
      this.#traceState = withOtSampling(undefined, threshold);
      this.#traceStateThreshold = threshold;
    }
    return this.#traceState;
  }
}
