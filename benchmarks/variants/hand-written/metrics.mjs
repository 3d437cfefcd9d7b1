// The metrics of an inference call, as the OpenTelemetry GenAI conventions name and bucket them.

const SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const TOKENS = Array.from({ length: 14 }, (_, i) => 4 ** i);

/** @returns `record` for a finished call and `chunk` for the time between two chunks of a stream */
export function createMetrics(meter) {
  const histogram = (name, unit, explicitBucketBoundaries) =>
    meter.createHistogram(name, { unit, advice: { explicitBucketBoundaries } });
  const counter = (name) => meter.createCounter(name, { unit: '{token}' });
  const prefix = 'gen_ai.client.inference';
  const duration = histogram(`${prefix}.duration`, 's', SECONDS);
  const firstChunk = histogram(`${prefix}.time_to_first_chunk`, 's', SECONDS);
  const perChunk = histogram(`${prefix}.time_per_output_chunk`, 's', SECONDS);
  const inputPerCall = histogram(`${prefix}.operation.input_tokens`, '{token}', TOKENS);
  const outputPerCall = histogram(`${prefix}.operation.output_tokens`, '{token}', TOKENS);
  const input = counter(`${prefix}.usage.input_tokens`);
  const output = counter(`${prefix}.usage.output_tokens`);
  const cacheRead = counter(`${prefix}.usage.cache_read.input_tokens`);
  const reasoning = counter(`${prefix}.usage.reasoning.output_tokens`);

  return {
    chunk: (seconds, attributes) => perChunk.record(seconds, attributes),
    record(completion, attributes, seconds, secondsToFirstChunk) {
      duration.record(seconds, attributes);
      if (secondsToFirstChunk !== undefined) firstChunk.record(secondsToFirstChunk, attributes);
      const { usage } = completion;
      if (!usage) return;
      inputPerCall.record(usage.prompt_tokens, attributes);
      outputPerCall.record(usage.completion_tokens, attributes);
      const text = { ...attributes, 'gen_ai.token.modality': 'text' };
      input.add(usage.prompt_tokens, text);
      output.add(usage.completion_tokens, text);
      cacheRead.add(usage.prompt_tokens_details.cached_tokens, text);
      reasoning.add(usage.completion_tokens_details.reasoning_tokens, text);
    },
  };
}

/** What every point of one call carries. `completion` needs only what the first chunk of a stream tells too. */
export const metricAttributes = (params, server, completion) => ({
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': params.model,
  'gen_ai.response.model': completion.model,
  'server.address': server.address,
  'server.port': server.port,
  'openai.response.service_tier': completion.service_tier,
  'openai.response.system_fingerprint': completion.system_fingerprint,
});
