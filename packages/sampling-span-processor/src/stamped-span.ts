import { TraceFlags } from '@opentelemetry/api';
import type { SpanView } from '@genspan/span-processor-base';
import type { SampledTrace } from './sampled-trace.js';
import type { SamplingPolicy } from './sampling-policy.js';
import { rateOf } from './threshold.js';

/**
 * Makes a view one of a span of a kept trace, as it goes on: sampled, with the threshold in its `tracestate`. A local root also tells what
 * decided, and the totals of what has ended of the trace by now.
 */
export function stamp(view: SpanView, trace: SampledTrace, isLocalRoot: boolean, policy: SamplingPolicy): SpanView {
  view.traceFlags |= TraceFlags.SAMPLED;
  view.traceState = trace.stampedState(view.traceState);
  if (isLocalRoot) describeTrace(view, trace, policy);
  return view;
}

function describeTrace(view: SpanView, trace: SampledTrace, policy: SamplingPolicy): void {
  const { summary, knownThreshold } = trace;
  const { totalTokens, costUsd } = summary;
  const outcome = trace.outcome ?? policy.outcomeOf(trace);
  const attributes = view.ownAttributes();
  // Literal keys: a store by a key in a variable makes V8 turn an object of some size into a hash table, which takes
  // four times as long here. A test holds them to the names in @genspan/semconv.
  attributes['genspan.sampling.reason'] = outcome.reason;
  if (outcome.rule !== undefined) attributes['genspan.sampling.rule'] = outcome.rule.name;
  if (knownThreshold !== undefined) attributes['genspan.sampling.rate'] = rateOf(knownThreshold);
  attributes['genspan.trace.span_count'] = summary.spanCount;
  attributes['genspan.trace.error_count'] = summary.errorCount;
  if (totalTokens !== undefined) attributes['genspan.trace.total_tokens'] = totalTokens;
  if (costUsd !== undefined) attributes['genspan.trace.cost_usd'] = costUsd;
}
