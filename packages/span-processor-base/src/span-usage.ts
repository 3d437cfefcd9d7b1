import { SpanKind } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import {
  GEN_AI_OPERATION_NAME_VALUE_CREATE_AGENT,
  GEN_AI_OPERATION_NAME_VALUE_CREATE_MEMORY,
  GEN_AI_OPERATION_NAME_VALUE_CREATE_MEMORY_STORE,
  GEN_AI_OPERATION_NAME_VALUE_DELETE_MEMORY,
  GEN_AI_OPERATION_NAME_VALUE_DELETE_MEMORY_STORE,
  GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL,
  GEN_AI_OPERATION_NAME_VALUE_FETCH_RESPONSE,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_WORKFLOW,
  GEN_AI_OPERATION_NAME_VALUE_PLAN,
  GEN_AI_OPERATION_NAME_VALUE_RETRIEVAL,
  GEN_AI_OPERATION_NAME_VALUE_SEARCH_MEMORY,
  GEN_AI_OPERATION_NAME_VALUE_UPDATE_MEMORY,
  GEN_AI_OPERATION_NAME_VALUE_UPSERT_MEMORY,
} from '@genspan/semconv';
import type {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_USAGE_COMPLETION_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_PROMPT_TOKENS,
  ATTR_GENSPAN_USAGE_COST_USD,
} from '@genspan/semconv';
import { NOT_REPORTED, TraceUsage } from './trace-usage.js';

/** Gives the cost in US dollars of the call that a span with these attributes describes; `undefined` when it is not known. */
export type CostOf = (attributes: Attributes) => number | undefined;

/** What is read, by literal keys: a key in a variable takes the engine twice as long. The type holds them to the conventions. */
interface UsageAttributes {
  readonly [ATTR_GEN_AI_OPERATION_NAME]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_INPUT_TOKENS]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_PROMPT_TOKENS]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_COMPLETION_TOKENS]?: unknown;
  readonly [ATTR_GENSPAN_USAGE_COST_USD]?: unknown;
}

/** Operations around model calls: what they report is what the model calls below them reported already. */
const AROUND_MODEL_CALLS: ReadonlySet<unknown> = new Set([
  GEN_AI_OPERATION_NAME_VALUE_CREATE_AGENT,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
  GEN_AI_OPERATION_NAME_VALUE_INVOKE_WORKFLOW,
  GEN_AI_OPERATION_NAME_VALUE_PLAN,
  GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL,
  GEN_AI_OPERATION_NAME_VALUE_RETRIEVAL,
  GEN_AI_OPERATION_NAME_VALUE_CREATE_MEMORY,
  GEN_AI_OPERATION_NAME_VALUE_UPDATE_MEMORY,
  GEN_AI_OPERATION_NAME_VALUE_UPSERT_MEMORY,
  GEN_AI_OPERATION_NAME_VALUE_DELETE_MEMORY,
  GEN_AI_OPERATION_NAME_VALUE_SEARCH_MEMORY,
  GEN_AI_OPERATION_NAME_VALUE_CREATE_MEMORY_STORE,
  GEN_AI_OPERATION_NAME_VALUE_DELETE_MEMORY_STORE,
  // Not of the conventions: one round of an agent of the Vercel AI SDK.
  'agent_step',
]);

/** Imports are looked up anew at each use. */
const FETCH_RESPONSE = GEN_AI_OPERATION_NAME_VALUE_FETCH_RESPONSE;
const NONE = NOT_REPORTED;
const CLIENT = SpanKind.CLIENT;

/** What is read of a span. */
interface UsageSpan {
  readonly kind: SpanKind;
  readonly attributes: Attributes;
}

/** What holds the totals of a trace; `undefined` until something is reported. */
interface UsageTotals {
  usage: TraceUsage | undefined;
}

/** Reads tokens and cost of spans into the totals of their traces. */
export class SpanUsageReader {
  readonly #costOf: CostOf | undefined;
  readonly #onFailure: ((operation: string, error: unknown) => void) | undefined;

  /**
   * @param costOf - the attribute `genspan.usage.cost_usd` when left out
   * @param onFailure - told when `costOf` throws or gives what is no amount; the cost is then not known
   */
  constructor(costOf: CostOf | undefined, onFailure: ((operation: string, error: unknown) => void) | undefined) {
    this.#costOf = costOf;
    this.#onFailure = onFailure;
  }

  /** Adds what one span reports, so that nothing counts twice: see {@link TraceUsage.setAside}. */
  read(span: UsageSpan, totals: UsageTotals): void {
    const attributes: UsageAttributes = span.attributes;
    let inputTokens = tokensOf(attributes['gen_ai.usage.input_tokens']);
    if (inputTokens === NONE) inputTokens = tokensOf(attributes['gen_ai.usage.prompt_tokens']);
    let outputTokens = tokensOf(attributes['gen_ai.usage.output_tokens']);
    if (outputTokens === NONE) outputTokens = tokensOf(attributes['gen_ai.usage.completion_tokens']);
    const operation = attributes['gen_ai.operation.name'];
    const reported = inputTokens !== NONE || outputTokens !== NONE;
    const costUsd =
      this.#costOf === undefined
        ? usdOf(attributes['genspan.usage.cost_usd'])
        : reported || operation !== undefined
          ? this.#askForCost(this.#costOf, span)
          : NONE;
    if (!reported && costUsd === NONE) return;
    const usage = (totals.usage ??= new TraceUsage());
    if (isModelCall(operation, span.kind)) usage.add(inputTokens, outputTokens, costUsd);
    else usage.setAside(inputTokens, outputTokens, costUsd);
  }

  #askForCost(costOf: CostOf, span: UsageSpan): number {
    try {
      const cost: unknown = costOf(span.attributes);
      if (cost === undefined) return NONE;
      const costUsd = usdOf(cost);
      if (costUsd !== NONE) return costUsd;
      // An `async` function would be a promise here, whose rejection nobody else handles.
      if (cost instanceof Promise) cost.catch(() => undefined);
      this.#onFailure?.('costOf', new RangeError('Expected `costOf()` to return a finite number of at least 0'));
    } catch (error) {
      this.#onFailure?.('costOf', error);
    }
    return NONE;
  }
}

/**
 * Whether a span stands for usage of its own: a call of a model, or of an agent elsewhere (kind CLIENT) whose model calls
 * are not seen here. Without an operation's name it counts as a call.
 */
export function isModelCall(operation: unknown, kind: SpanKind): boolean {
  // Reads an answer again whose generation was counted where it was asked for.
  if (operation === FETCH_RESPONSE) return false;
  return kind === CLIENT || operation === undefined || !AROUND_MODEL_CALLS.has(operation);
}

/** `+ 0` makes 0 of -0. */
function tokensOf(value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0) || value === Infinity) return NONE;
  return Math.min(Math.round(value), Number.MAX_SAFE_INTEGER) + 0;
}

function usdOf(value: unknown): number {
  return typeof value === 'number' && value >= 0 && value !== Infinity ? value + 0 : NONE;
}
