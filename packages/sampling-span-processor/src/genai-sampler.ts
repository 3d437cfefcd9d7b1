import { isSpanContextValid, trace, TraceFlags } from '@opentelemetry/api';
import type { Attributes, Context, Link, SpanContext, SpanKind } from '@opentelemetry/api';
import { getGenAIContext } from '@genspan/genai-context';
import { FailureCounter } from '@genspan/span-processor-base';
import { conversationIdOf, randomnessOfConversation } from './conversation-randomness.js';
import { describeGenAISampler, parseGenAISamplerOptions } from './genai-sampler-options.js';
import type { GenAISamplerOptions } from './genai-sampler-options.js';
import { withOtSampling } from './ot-trace-state.js';
import { RootOutcome } from './root-outcome.js';
import { RuleSet } from './rule-set.js';
import { NOT_RECORD, RECORD, RECORD_AND_SAMPLED } from './sampler-like.js';
import type { SamplerLike, SamplingResultLike } from './sampler-like.js';
import type { KeptAndDropped } from './sampling-stats.js';
import { KEEP_ALL, keeps, randomnessOfTraceId } from './threshold.js';

/** What a {@link GenAISampler} has decided since it was made. */
export interface GenAISamplerStats {
  /** Traces that started here. */
  readonly traces: KeptAndDropped;
  /** Those of them about which a rule decided, by its name. */
  readonly byRule: Readonly<Record<string, KeptAndDropped>>;
  /** Spans that followed their parent. */
  readonly children: KeptAndDropped;
  /** What went wrong, by operation; each such span was kept. */
  readonly failures: Readonly<Record<string, number>>;
}

/**
 * Decides when a trace starts, by what is known then: name, kind, attributes at creation, tags of the context.
 *
 * What it drops costs next to nothing, and downstream services drop it, too; but it cannot know that a trace will fail,
 * be slow or be expensive. For that there is `SamplingSpanProcessor`, alone or after this one. A span with a parent, in
 * this process or another, is kept iff its parent is. A kept trace carries its threshold as `ot=th` in `tracestate`.
 *
 * When something fails inside, the span is kept, without a threshold because its probability is unknown.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/
 */
export class GenAISampler implements SamplerLike {
  readonly #description: string;
  readonly #ruleSet: RuleSet;
  readonly #rules: readonly RootOutcome[];
  readonly #rate: RootOutcome;
  readonly #byConversation: boolean;
  readonly #decisionOfUnsampled: typeof NOT_RECORD | typeof RECORD;
  readonly #failures = new FailureCounter('GenAISampler', 'the span is kept');
  #keptChildren = 0;
  #droppedChildren = 0;

  /** @throws OptionError when an option is wrong. */
  constructor(options?: GenAISamplerOptions) {
    const parsed = parseGenAISamplerOptions(options);
    this.#description = describeGenAISampler(parsed);
    this.#ruleSet = new RuleSet({ rules: parsed.rules });
    this.#rules = this.#ruleSet.rules.map((rule) => new RootOutcome(rule, rule.rate, rule.adaptive));
    this.#rate = new RootOutcome(undefined, parsed.rate, parsed.adaptive);
    this.#byConversation = parsed.randomness === 'conversation';
    this.#decisionOfUnsampled = parsed.recordUnsampled ? RECORD : NOT_RECORD;
  }

  /** Called by the SDK as a span starts. Never throws. */
  shouldSample(
    context: Context,
    traceId: string,
    spanName: string,
    spanKind: SpanKind,
    attributes: Attributes,
    _links?: Link[],
  ): SamplingResultLike {
    try {
      const parent = trace.getSpanContext(context);
      if (parent !== undefined && isParent(parent, traceId)) return this.#follow(parent);
      return this.#start(context, traceId, spanName, spanKind, attributes);
    } catch (error) {
      this.#failures.record('shouldSample', error);
      return { decision: RECORD_AND_SAMPLED };
    }
  }

  /** What was decided since construction. */
  stats(): GenAISamplerStats {
    const traces = { kept: this.#rate.kept, dropped: this.#rate.dropped };
    const byRule: [string, KeptAndDropped][] = [];
    for (const { rule, kept, dropped } of this.#rules) {
      traces.kept += kept;
      traces.dropped += dropped;
      if (rule !== undefined) byRule.push([rule.name, { kept, dropped }]);
    }
    return {
      traces,
      byRule: Object.fromEntries(byRule),
      children: { kept: this.#keptChildren, dropped: this.#droppedChildren },
      failures: this.#failures.byOperation(),
    };
  }

  /** Rate, names of rules and what is not default: `GenAISampler{rate=0.1,rules=[health,vip]}`. */
  toString(): string {
    return this.#description;
  }

  #follow(parent: SpanContext): SamplingResultLike {
    const sampled = (parent.traceFlags & TraceFlags.SAMPLED) !== 0;
    if (sampled) this.#keptChildren++;
    else this.#droppedChildren++;
    const decision = sampled ? RECORD_AND_SAMPLED : this.#decisionOfUnsampled;
    const { traceState } = parent;
    return traceState === undefined ? { decision } : { decision, traceState };
  }

  #start(context: Context, traceId: string, name: string, kind: SpanKind, attributes: Attributes): SamplingResultLike {
    const id = this.#byConversation ? conversationIdOf(context, attributes) : undefined;
    const ownRandomness = id === undefined ? undefined : randomnessOfConversation(id);
    const outcome = this.#outcomeOf(context, name, kind, attributes);
    const threshold = outcome.thresholdForNext();
    // Rate 1 keeps a trace whose id is none of 32 hex digits, too.
    if (threshold === KEEP_ALL || keeps(threshold, ownRandomness ?? randomnessOfTraceId(traceId))) {
      outcome.kept++;
      if (outcome !== this.#rate) this.#rate.countOther();
      return { decision: RECORD_AND_SAMPLED, traceState: outcome.traceStateOfKept(threshold, ownRandomness) };
    }
    outcome.dropped++;
    const decision = this.#decisionOfUnsampled;
    // Whoever decides about the trace after us, is to measure it by the same.
    if (ownRandomness === undefined) return { decision };
    return { decision, traceState: withOtSampling(undefined, undefined, ownRandomness) };
  }

  #outcomeOf(context: Context, name: string, kind: SpanKind, attributes: Attributes): RootOutcome {
    if (this.#rules.length === 0) return this.#rate;
    const summary = this.#ruleSet.newSummary();
    this.#ruleSet.observe(summary, { name, kind, attributes }, true);
    if (this.#ruleSet.wantsTags) {
      const tags = getGenAIContext(context)?.tags;
      if (tags !== undefined) this.#ruleSet.observeTags(summary, tags);
    }
    return this.#rules.find(({ rule }) => rule?.holds(summary)) ?? this.#rate;
  }
}

/** A tracer gives a span the trace id of its parent if it found that valid, which takes 0.2 µs to find out again. */
function isParent(parent: SpanContext, traceId: string): boolean {
  return parent.traceId === traceId || isSpanContextValid(parent);
}
