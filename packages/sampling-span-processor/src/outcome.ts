import type { AdaptiveRate } from './adaptive-rate.js';
import type { CompiledRule } from './rule-set.js';
import type { SampledTrace } from './sampled-trace.js';
import type { ThroughputWindow } from './throughput-window.js';
import { KEEP_NONE } from './threshold.js';

/** What can decide about a trace, in the order in which it is asked. `failure`: the trace could not be judged. */
export type SamplingReason = 'failure' | 'error' | 'slow' | 'rule' | 'rate';

/** One of the things that can decide about a trace, with what it does then and how often it did. */
export class Outcome {
  /** Traces that it kept, and that it dropped. */
  kept = 0;
  dropped = 0;

  constructor(
    readonly reason: SamplingReason,
    /** The rule, if it is one. */
    readonly rule: CompiledRule | undefined,
    /** The threshold when it does not move. */
    readonly fixedThreshold: string,
    readonly adaptive?: AdaptiveRate,
    /** A limit of its own, besides the one for all traces. */
    readonly window?: ThroughputWindow<SampledTrace>,
  ) {}

  /** Whether it is chosen first when there are more traces than may be kept. */
  get important(): boolean {
    return this.reason === 'failure' || this.reason === 'error' || this.reason === 'slow';
  }

  /** The threshold for one more trace that it decides about. */
  thresholdFor(trace: SampledTrace): string {
    // The caller decided against the trace; a share of everything is no reason to overrule it.
    if (this.reason === 'rate' && !trace.sampled) return KEEP_NONE;
    return this.adaptive === undefined ? this.fixedThreshold : this.adaptive.thresholdFor();
  }

  /** The threshold that {@link Outcome.thresholdFor} would give, without counting the trace. */
  currentThreshold(trace: SampledTrace): string {
    if (this.reason === 'rate' && !trace.sampled) return KEEP_NONE;
    return this.adaptive === undefined ? this.fixedThreshold : this.adaptive.threshold;
  }
}
