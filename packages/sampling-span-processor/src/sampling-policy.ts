import type { ParsedSamplingOptions } from './sampling-options.js';
import { AdaptiveRate } from './adaptive-rate.js';
import { Outcome } from './outcome.js';
import type { RuleSet } from './rule-set.js';
import type { CompiledRule } from './rule-set.js';
import type { SampledTrace, TraceFate } from './sampled-trace.js';
import { KEEP_ALL, keeps, thresholdOf } from './threshold.js';
import { ThroughputWindow } from './throughput-window.js';

/** Called with each trace that a limit on traces per second drops. */
type OnLimited = (trace: SampledTrace) => void;

/**
 * Who decides about a trace: a failure to judge it, an error, slowness, the first rule that matches, or else the rate.
 *
 * It also knows what can be said of a trace before anything has happened in it: where all that can decide comes to the
 * same, its spans need not wait.
 */
export class SamplingPolicy {
  readonly ruleSet: RuleSet;
  /** Everything that can decide, in the order in which it is asked. */
  readonly outcomes: readonly Outcome[];
  /** The limit on all kept traces, if there is one. */
  readonly window: ThroughputWindow<SampledTrace> | undefined;
  readonly #slowThresholdMillis: number;
  readonly #failure = new Outcome('failure', undefined, KEEP_ALL);
  readonly #error: Outcome | undefined;
  readonly #slow: Outcome | undefined;
  readonly #rules: readonly Outcome[];
  readonly #rate: Outcome;
  /** The least and the greatest threshold that can come out; `undefined` where they move. */
  readonly #bounds: { readonly least: string; readonly greatest: string } | undefined;

  constructor(options: ParsedSamplingOptions, ruleSet: RuleSet, onLimited: OnLimited, now: () => number) {
    this.ruleSet = ruleSet;
    this.#slowThresholdMillis = options.slowThresholdMillis;
    const windowOf = (tracesPerSecond: number | undefined): ThroughputWindow<SampledTrace> | undefined =>
      tracesPerSecond === undefined ? undefined : new ThroughputWindow({ tracesPerSecond, now, onDropped: onLimited });
    const adaptiveOf = ({ adaptive, rate }: Pick<CompiledRule, 'adaptive' | 'rate'>): AdaptiveRate | undefined =>
      adaptive === undefined ? undefined : new AdaptiveRate({ ...adaptive, maxRate: rate }, now);
    this.window = windowOf(options.maxTracesPerSecond);
    this.#error = options.keepErrors ? new Outcome('error', undefined, KEEP_ALL) : undefined;
    this.#slow = options.keepSlow ? new Outcome('slow', undefined, KEEP_ALL) : undefined;
    this.#rules = ruleSet.rules.map(
      (rule) => new Outcome('rule', rule, thresholdOf(rule.rate), adaptiveOf(rule), windowOf(rule.maxTracesPerSecond)),
    );
    this.#rate = new Outcome('rate', undefined, thresholdOf(options.rate), adaptiveOf(options));
    this.outcomes = [this.#failure, this.#error, this.#slow, ...this.#rules, this.#rate].filter(
      (outcome) => outcome !== undefined,
    );
    this.#bounds = this.#findBounds();
  }

  /** What decides about a trace, by what is known of it. */
  outcomeOf(trace: SampledTrace): Outcome {
    const { summary } = trace;
    if (trace.unjudged) return this.#failure;
    if (this.#error !== undefined && summary.errorCount > 0) return this.#error;
    if (this.#slow !== undefined && summary.durationMillis > this.#slowThresholdMillis) return this.#slow;
    for (const outcome of this.#rules) if (outcome.rule?.holds(summary) === true) return outcome;
    return this.#rate;
  }

  /** Tells the moving rate of another trace that is kept. */
  countKept(outcome: Outcome): void {
    if (outcome !== this.#rate) this.#rate.adaptive?.countOther();
  }

  /**
   * The fate of a trace whatever may still happen in it, else `waiting`. A trace that is kept for certain is so by
   * {@link SamplingPolicy.certainThreshold}.
   */
  certainFate(trace: SampledTrace): TraceFate {
    if (trace.unjudged || (this.#error !== undefined && trace.summary.errorCount > 0)) {
      // Nothing comes before an error, and every error is kept; unless only so many are.
      return this.window === undefined ? 'kept' : 'waiting';
    }
    // A span that cannot be judged would keep a trace, but that is no reason to hold all others.
    if (this.#bounds === undefined || !trace.sampled) return 'waiting';
    const { least, greatest } = this.#bounds;
    if (!keeps(least, trace.randomness)) return 'dropped';
    return least === greatest ? 'kept' : 'waiting';
  }

  /** The threshold of a trace that is kept for certain. */
  certainThreshold(trace: SampledTrace): string {
    if (trace.unjudged || (this.#error !== undefined && trace.summary.errorCount > 0)) return KEEP_ALL;
    return this.#bounds?.least ?? KEEP_ALL;
  }

  #findBounds(): { least: string; greatest: string } | undefined {
    const outcomes = [
      ...(this.#error ? [this.#error] : []),
      ...(this.#slow ? [this.#slow] : []),
      ...this.#rules,
      this.#rate,
    ];
    if (this.window !== undefined || outcomes.some(({ window, adaptive }) => window ?? adaptive)) return undefined;
    const thresholds = outcomes.map((outcome) => outcome.fixedThreshold).sort();
    const [least, greatest] = [thresholds[0], thresholds.at(-1)];
    return least === undefined || greatest === undefined ? undefined : { least, greatest };
  }
}
