import type { SpanKind } from '@opentelemetry/api';

/**
 * What one attribute must be like. At least one test must be given, and every given one must hold. An attribute that is
 * absent, or `null`, satisfies `exists: false` and nothing else.
 */
export interface AttributeTest {
  /** The value is this one; of an array of values, one of them is. */
  equals?: string | number | boolean;
  /** The value is one of these; of an array of values, one of them is. */
  in?: readonly (string | number | boolean)[];
  /**
   * The value is a string that this matches somewhere; of an array, one of its strings. A string is the source of an
   * expression without flags; the flags `g` and `y` have no effect.
   *
   * It runs inside `span.end()`, over the whole value: an expression that backtracks badly on a prompt holds up the
   * application.
   */
  regex?: string | RegExp;
  /** The value is a number within these bounds, both included; of an array, one is. One bound may be left out. */
  range?: { readonly min?: number; readonly max?: number };
  /**
   * Whether the attribute is there at all. `false` holds when a span lacks it; that none has it is
   * `not: { attributes: { … : { exists: true } } }`. Nothing can be asked beside `false`.
   */
  exists?: boolean;
}

/**
 * What a trace must be like for a rule. Every given condition must hold; lists hold when one of their items does.
 *
 * Conditions look at the spans of the trace that ended in this process. A condition about a name, an attribute or a call
 * holds when one span satisfies it, two conditions possibly by two spans. Names come from the GenAI conventions:
 * `gen_ai.request.model` and so on.
 *
 * Tokens and cost are those of model calls. What agents, workflows and tools report (`invoke_agent`, `execute_tool`, …)
 * repeats the calls below them; it counts when the span is of kind CLIENT, for an agent elsewhere, and else only in a trace
 * whose model calls report nothing, where the largest report is taken.
 *
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 */
export interface SamplingConditions {
  /** A span has status ERROR or an exception event; `false`: none has. */
  matchError?: boolean;
  /** Span names, exact or with `*` (any characters, also none) and `?` (one character). Case counts, here and in all lists. */
  matchNames?: readonly string[];
  /**
   * Whose name `matchNames` looks at: any span's, or a local root's only.
   * @defaultValue `'anySpan'`
   */
  matchNamesIn?: 'anySpan' | 'localRoot';
  /** Tags: given by `withGenAIContext({ tags })`, or the attributes `genspan.tags`, `tag.tags`, `langfuse.trace.tags`, `braintrust.tags`. */
  matchTags?: readonly string[];
  /** Kinds of spans, as in `SpanKind`. */
  kinds?: readonly (keyof typeof SpanKind)[];
  /** Milliseconds from the earliest start to the latest end in the trace, at least. Wall-clock time of the spans. */
  minDurationMillis?: number;
  /** Input and output tokens of all model calls of the trace together, at least. Never holds where none were reported. */
  minTotalTokens?: number;
  /** Input tokens of all model calls of the trace together, at least. As `minTotalTokens`. */
  minInputTokens?: number;
  /** Output tokens of all model calls of the trace together, at least. As `minTotalTokens`. */
  minOutputTokens?: number;
  /** US dollars of all model calls of the trace together, at least. A trace without any known cost does not match. */
  minCostUsd?: number;
  /** Models asked for or answering, exact or with `*` and `?`. */
  models?: readonly string[];
  /** Values of `gen_ai.provider.name` (or the older `gen_ai.system`). */
  providers?: readonly string[];
  /** Values of `gen_ai.operation.name`. */
  operations?: readonly string[];
  /** Values of `gen_ai.response.finish_reasons`, which is a list, a JSON array in a string, or one string. */
  finishReasons?: readonly string[];
  /** An `execute_tool` span has failed; `false`: none has. */
  toolErrors?: boolean;
  /** Milliseconds that a model call took to its first chunk (`gen_ai.response.time_to_first_chunk`, seconds), at least. */
  minTimeToFirstChunkMillis?: number;
  /** Spans of the trace, at least. */
  minSpans?: number;
  /** Attributes that one and the same span must have. */
  attributes?: Readonly<Record<string, AttributeTest>>;
  /** Conditions that must not all hold, at least one. May be nested 8 deep. */
  not?: SamplingConditions;
}

/** A target that is held by moving the rate. */
export interface AdaptiveOptions {
  /** Kept traces per second to aim at, over about ten seconds. More than 0. */
  targetTracesPerSecond: number;
  /**
   * The rate never goes below this, whatever the target says. At most the `rate` that it moves.
   * @defaultValue 0
   */
  minRate?: number;
}

/** A rule: which traces, and which share of them is kept. Without any condition it matches every trace. */
export interface SamplingRule extends SamplingConditions {
  /** Told in `genspan.sampling.rule`, in `stats()` and in messages. Unique. */
  name: string;
  /**
   * Share of the matching traces that is kept, 0 to 1; 0 drops them. With `adaptive` the highest share.
   * @defaultValue 1
   */
  rate?: number;
  /**
   * At most so many matching traces are kept per second, a fair choice among them. More than 0.
   * @defaultValue unlimited
   */
  maxTracesPerSecond?: number;
  /** Moves the rate to hold a target. */
  adaptive?: AdaptiveOptions;
}
