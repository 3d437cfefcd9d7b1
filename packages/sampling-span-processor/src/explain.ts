import type { SamplingReason } from './outcome.js';
import type { ConditionResult } from './rule-set.js';
import type { SampledTrace } from './sampled-trace.js';
import type { SamplingPolicy } from './sampling-policy.js';
import { rateOf } from './threshold.js';

/** What is known about one trace and the decision about it. */
export interface SamplingExplanation {
  readonly traceId: string;
  /** `waiting`: nothing is decided, and the rest says what would decide now. */
  readonly decision: 'kept' | 'dropped' | 'waiting';
  readonly reason: SamplingReason;
  /** The rule that decided, if one did. */
  readonly rule?: string;
  /** Share of such traces that is kept, 0 to 1. Unset when a limit on traces per second made it one that no threshold stands for. */
  readonly rate?: number;
  /** 14 hex digits; the trace is kept if it is not above `randomness`. `g` keeps none. Unset with `rate`. */
  readonly threshold?: string;
  /** 14 hex digits: the trace's own. */
  readonly randomness: string;
  /** Whether a limit on traces per second dropped it or raised its threshold. */
  readonly limited: boolean;
  /** What all that ended of the trace in this process adds up to. */
  readonly totals: {
    readonly spans: number;
    readonly errors: number;
    readonly durationMillis: number;
    /** Unset when none was reported. */
    readonly inputTokens?: number;
    /** Unset when none was reported. */
    readonly outputTokens?: number;
    /** Unset when it is not known. */
    readonly costUsd?: number;
  };
  /** Every rule in order, with each of its conditions. */
  readonly rules: readonly {
    readonly rule: string;
    readonly held: boolean;
    readonly conditions: readonly ConditionResult[];
  }[];
}

/** Explains a trace by what is known of it now. */
export function explain(trace: SampledTrace, policy: SamplingPolicy): SamplingExplanation {
  const { summary } = trace;
  const { inputTokens, outputTokens, costUsd } = summary;
  const outcome = trace.outcome ?? policy.outcomeOf(trace);
  const threshold = trace.outcome === undefined ? outcome.currentThreshold(trace) : trace.threshold;
  return {
    traceId: trace.traceId,
    decision: trace.fate === 'kept' || trace.fate === 'dropped' ? trace.fate : 'waiting',
    reason: outcome.reason,
    ...(outcome.rule === undefined ? undefined : { rule: outcome.rule.name }),
    ...(threshold === undefined ? undefined : { rate: rateOf(threshold), threshold }),
    randomness: trace.randomness,
    limited: trace.cutByLimit,
    totals: {
      spans: summary.spanCount,
      errors: summary.errorCount,
      durationMillis: summary.durationMillis,
      ...(inputTokens === undefined ? undefined : { inputTokens }),
      ...(outputTokens === undefined ? undefined : { outputTokens }),
      ...(costUsd === undefined ? undefined : { costUsd }),
    },
    rules: policy.ruleSet.rules.map((rule) => ({
      rule: rule.name,
      held: rule.holds(summary),
      conditions: rule.explain(summary),
    })),
  };
}
