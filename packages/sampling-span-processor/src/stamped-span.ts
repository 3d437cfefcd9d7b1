import {
  ATTR_GENSPAN_SAMPLING_RATE,
  ATTR_GENSPAN_SAMPLING_REASON,
  ATTR_GENSPAN_SAMPLING_RULE,
  ATTR_GENSPAN_TRACE_COST_USD,
  ATTR_GENSPAN_TRACE_ERROR_COUNT,
  ATTR_GENSPAN_TRACE_SPAN_COUNT,
  ATTR_GENSPAN_TRACE_TOTAL_TOKENS,
} from '@genspan/semconv';
import { SpanView } from '@genspan/span-processor-base';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import type { SampledTrace } from './sampled-trace.js';
import type { SamplingPolicy } from './sampling-policy.js';
import { rateOf } from './threshold.js';

/**
 * A span of a kept trace as it goes on: sampled, with the threshold in its `tracestate`. A local root also tells what
 * decided, and the totals of what has ended of the trace by now.
 */
export function stampedSpan(
  trace: SampledTrace,
  span: ReadableSpanLike,
  isLocalRoot: boolean,
  policy: SamplingPolicy,
): SpanView {
  const view = new SpanView(span);
  view.setSpanContext(trace.stampedContext(span.spanContext()));
  if (isLocalRoot) describeTrace(view, trace, policy);
  return view;
}

function describeTrace(view: SpanView, trace: SampledTrace, policy: SamplingPolicy): void {
  const { summary } = trace;
  const outcome = trace.outcome ?? policy.outcomeOf(trace);
  const attributes = view.ownAttributes();
  attributes[ATTR_GENSPAN_SAMPLING_REASON] = outcome.reason;
  if (outcome.rule !== undefined) attributes[ATTR_GENSPAN_SAMPLING_RULE] = outcome.rule.name;
  const threshold = trace.knownThreshold;
  if (threshold !== undefined) attributes[ATTR_GENSPAN_SAMPLING_RATE] = rateOf(threshold);
  attributes[ATTR_GENSPAN_TRACE_SPAN_COUNT] = summary.spanCount;
  attributes[ATTR_GENSPAN_TRACE_ERROR_COUNT] = summary.errorCount;
  const { totalTokens, costUsd } = summary;
  if (totalTokens !== undefined) attributes[ATTR_GENSPAN_TRACE_TOTAL_TOKENS] = totalTokens;
  if (costUsd !== undefined) attributes[ATTR_GENSPAN_TRACE_COST_USD] = costUsd;
}
