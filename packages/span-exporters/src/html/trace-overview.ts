import { GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL } from '@genspan/semconv';
import { SpanUsageReader } from '@genspan/span-processor-base';
import type { ReadableSpanLike, TraceUsage } from '@genspan/span-processor-base';
import { formatCounted } from '../format-quantity.js';
import { summarizeGenAI } from '../genai-summary.js';
import { formatUsage } from '../span-details.js';
import type { SpanNode } from '../span-forest.js';
import { totalsOf } from '../trace-totals.js';
import type { TraceTotals } from '../trace-totals.js';
import { formatUsd } from './format-usd.js';

/** Models named of one trace, the first ones. */
const MAX_MODELS = 20;

/** What the spans of some trees add up to. */
export interface TraceOverview extends TraceTotals {
  readonly toolCalls: number;
  /** In US dollars, where enrichment wrote it. */
  readonly costUsd: number | undefined;
  readonly models: ReadonlySet<string>;
  readonly operations: ReadonlySet<string>;
}

/** Adds up trees; what an agent and the calls below it both report counts once. */
export function overviewOf(roots: readonly SpanNode[], spans: readonly ReadableSpanLike[]): TraceOverview {
  const reader = new SpanUsageReader(undefined, undefined);
  const total: { usage: TraceUsage | undefined } = { usage: undefined };
  const models = new Set<string>();
  const operations = new Set<string>();
  let toolCalls = 0;
  for (const span of spans) {
    reader.read(span, total);
    const { operation, requestModel, responseModel } = summarizeGenAI(span);
    const model = responseModel ?? requestModel;
    if (model !== undefined) models.add(model);
    if (operation !== undefined) operations.add(operation);
    if (operation === GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL) toolCalls += 1;
  }
  return { ...totalsOf(roots), toolCalls, costUsd: total.usage?.costUsd, models, operations };
}

/** The sums in words: `6 spans · 2 LLM calls · 1,204 → 256 tokens · $0.0042 · 1 error · gpt-4o`. */
export function overviewText({ spans, llmCalls, toolCalls, usage, costUsd, errors, models }: TraceOverview): string {
  const parts = [formatCounted(spans, 'span')];
  if (llmCalls > 0) parts.push(formatCounted(llmCalls, 'LLM call'));
  if (toolCalls > 0) parts.push(formatCounted(toolCalls, 'tool call'));
  if (usage.input + usage.output > 0) parts.push(formatUsage(usage));
  if (costUsd !== undefined) parts.push(formatUsd(costUsd));
  if (errors > 0) parts.push(formatCounted(errors, 'error'));
  if (models.size > 0) parts.push([...models].slice(0, MAX_MODELS).join(', '));
  return parts.join(' · ');
}
