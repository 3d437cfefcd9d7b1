import { SpanStatusCode } from '@opentelemetry/api';
import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type {
  ATTR_GENSPAN_TRACE_COST_USD,
  ATTR_GENSPAN_TRACE_ERROR_COUNT,
  ATTR_GENSPAN_TRACE_INPUT_TOKENS,
  ATTR_GENSPAN_TRACE_MODEL_CALL_COUNT,
  ATTR_GENSPAN_TRACE_MODELS,
  ATTR_GENSPAN_TRACE_OUTPUT_TOKENS,
  ATTR_GENSPAN_TRACE_TOOL_CALL_COUNT,
  ATTR_GENSPAN_TRACE_TOTAL_TOKENS,
} from '@genspan/semconv';
import { OldestFirstMap, SpanUsageReader } from '@genspan/span-processor-base';
import type { ReadableSpanLike, TraceUsage } from '@genspan/span-processor-base';
import type { EnrichmentStep } from './enrichment-step.js';
import type { SpanDraft } from './span-draft.js';

/** Operations in which a model answers. An agent elsewhere, a retrieval or a file is none, whatever tokens it reports. */
const MODEL_CALLS: ReadonlySet<unknown> = new Set([
  'chat',
  'text_completion',
  'generate_content',
  'embeddings',
  'image_generation',
  'image_edit',
  'image_variation',
  'speech',
  'transcription',
  'translation',
  'moderation',
]);

/** Models told apart in one trace. */
const MAX_MODELS = 16;

/** What is written. The literals below are held to the names by this type. */
interface TotalsAttributes {
  [ATTR_GENSPAN_TRACE_MODEL_CALL_COUNT]?: AttributeValue | undefined;
  [ATTR_GENSPAN_TRACE_TOOL_CALL_COUNT]?: AttributeValue | undefined;
  [ATTR_GENSPAN_TRACE_ERROR_COUNT]?: AttributeValue | undefined;
  [ATTR_GENSPAN_TRACE_INPUT_TOKENS]?: AttributeValue | undefined;
  [ATTR_GENSPAN_TRACE_OUTPUT_TOKENS]?: AttributeValue | undefined;
  [ATTR_GENSPAN_TRACE_TOTAL_TOKENS]?: AttributeValue | undefined;
  [ATTR_GENSPAN_TRACE_COST_USD]?: AttributeValue | undefined;
  [ATTR_GENSPAN_TRACE_MODELS]?: AttributeValue | undefined;
}

class TraceTotals {
  usage: TraceUsage | undefined = undefined;
  modelCalls = 0;
  toolCalls = 0;
  errors = 0;
  readonly models = new Set<string>();

  constructor(readonly rootId: string) {}
}

/**
 * Sums up the spans below each local root (no parent, or one in another process) as they end, and writes the sums on it. Only
 * what has an operation of GenAI in it is written on.
 *
 * A trace may have several local roots at the same time, as two requests of one caller have; each has its own sums. A span
 * that ends after its local root comes too late and is in none. So many roots are followed; then the oldest one is given up
 * and counted.
 */
export class TraceTotalsStep implements EnrichmentStep {
  readonly name = 'traceTotals';
  readonly #traces = new OldestFirstMap<string, TraceTotals>();
  readonly #reader = new SpanUsageReader(undefined, undefined);
  readonly #maxTraces: number;
  readonly #localRootIdOf: (span: ReadableSpanLike) => string | undefined;
  #written = 0;
  #evicted = 0;

  /**
   * @param maxTraces - local roots followed at the same time
   * @param localRootIdOf - tells the local root of a span; `undefined` where there is none that ends here
   */
  constructor(maxTraces: number, localRootIdOf: (span: ReadableSpanLike) => string | undefined) {
    this.#maxTraces = maxTraces;
    this.#localRootIdOf = localRootIdOf;
  }

  stats(): Readonly<Record<'written' | 'evicted', number>> {
    return { written: this.#written, evicted: this.#evicted };
  }

  /** Local roots below which something has ended. */
  get followed(): number {
    return this.#traces.size;
  }

  apply(draft: SpanDraft): void {
    const { span } = draft;
    const attributes = draft.attributes as Attributes;
    const operation = attributes['gen_ai.operation.name'];
    const failed = span.status.code === SpanStatusCode.ERROR;
    const isRoot = span.parentSpanContext === undefined || span.parentSpanContext.isRemote === true;
    const rootId = this.#localRootIdOf(span);
    if (rootId === undefined) return;
    let totals = this.#traces.get(rootId);
    if (operation !== undefined || failed) {
      totals ??= this.#follow(rootId, isRoot);
      this.#add(totals, span, attributes, operation, failed);
    }
    if (!isRoot || totals === undefined) return;
    this.#traces.delete(rootId);
    if (totals.modelCalls === 0 && totals.toolCalls === 0 && totals.usage === undefined) return;
    this.#written += 1;
    write(draft, totals);
  }

  #follow(rootId: string, isRoot: boolean): TraceTotals {
    const totals = new TraceTotals(rootId);
    // A root is over as soon as it is counted.
    if (isRoot) return totals;
    if (this.#traces.size >= this.#maxTraces) {
      const oldest = this.#traces.oldest();
      if (oldest !== undefined) this.#traces.delete(oldest.rootId);
      this.#evicted += 1;
    }
    this.#traces.add(rootId, totals);
    return totals;
  }

  #add(totals: TraceTotals, span: ReadableSpanLike, attributes: Attributes, operation: unknown, failed: boolean): void {
    if (failed) totals.errors += 1;
    if (operation === undefined) return;
    this.#reader.read({ kind: span.kind, attributes }, totals);
    if (operation === 'execute_tool') totals.toolCalls += 1;
    else if (MODEL_CALLS.has(operation)) {
      totals.modelCalls += 1;
      const model = attributes['gen_ai.response.model'] ?? attributes['gen_ai.request.model'];
      if (typeof model === 'string' && totals.models.size < MAX_MODELS) totals.models.add(model);
    }
  }
}

function write(draft: SpanDraft, { usage, models, modelCalls, toolCalls, errors }: TraceTotals): void {
  const { inputTokens, outputTokens, costUsd } = usage ?? {};
  const own: TotalsAttributes = draft.own();
  own['genspan.trace.model_call_count'] = modelCalls;
  own['genspan.trace.tool_call_count'] = toolCalls;
  own['genspan.trace.error_count'] = errors;
  if (inputTokens !== undefined) own['genspan.trace.input_tokens'] = inputTokens;
  if (outputTokens !== undefined) own['genspan.trace.output_tokens'] = outputTokens;
  if (inputTokens !== undefined || outputTokens !== undefined) {
    own['genspan.trace.total_tokens'] = (inputTokens ?? 0) + (outputTokens ?? 0);
  }
  if (costUsd !== undefined) own['genspan.trace.cost_usd'] = costUsd;
  if (models.size > 0) own['genspan.trace.models'] = [...models];
}
