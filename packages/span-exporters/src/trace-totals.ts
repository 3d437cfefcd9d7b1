import { SpanStatusCode } from '@opentelemetry/api';
import {
  GEN_AI_OPERATION_NAME_VALUE_CHAT,
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
} from '@genspan/semconv';
import { summarizeGenAI } from './genai-summary.js';
import type { TokenUsage } from './genai-summary.js';
import type { SpanNode } from './span-forest.js';

/** The operations of one call to a language model. */
const INFERENCE: readonly string[] = [
  GEN_AI_OPERATION_NAME_VALUE_CHAT,
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
];

/** What the spans of some trees add up to. */
export interface TraceTotals {
  spans: number;
  llmCalls: number;
  errors: number;
  usage: TokenUsage;
}

/** Adds up trees. Where a span and one below it both report usage, as an agent and its calls do, the lower one counts. */
export function totalsOf(roots: readonly SpanNode[]): TraceTotals {
  const totals: TraceTotals = {
    spans: 0,
    llmCalls: 0,
    errors: 0,
    usage: { input: 0, output: 0, cached: 0, reasoning: 0 },
  };
  // Parents come before their children in this list, so backwards every child is seen before its parent.
  const nodes = [...roots];
  for (let index = 0; index < nodes.length; index++) nodes.push(...(nodes[index]?.children ?? []));
  const reporting = new Set<SpanNode>();
  for (const node of nodes.reverse()) {
    const { operation, usage } = summarizeGenAI(node.span);
    totals.spans += 1;
    if (operation !== undefined && INFERENCE.includes(operation)) totals.llmCalls += 1;
    if (node.span.status.code === SpanStatusCode.ERROR) totals.errors += 1;
    const reportedBelow = node.children.some((child) => reporting.has(child));
    if (usage !== undefined && !reportedBelow) {
      for (const key of ['input', 'output', 'cached', 'reasoning'] as const) totals.usage[key] += usage[key];
    }
    if (usage !== undefined || reportedBelow) reporting.add(node);
  }
  return totals;
}
