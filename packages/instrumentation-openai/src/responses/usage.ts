import type { TokenUsage } from '@genspan/genai-operation';
import { byModality } from '../chat/usage.js';
import { count, fields } from '../untyped.js';

/** Usage of responses. Cached tokens are part of the input, reasoning tokens part of the output, as in the conventions. */
export function responseUsage(value: unknown): TokenUsage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const usage = fields(value);
  const input = fields(usage['input_tokens_details']);
  const output = fields(usage['output_tokens_details']);
  return {
    input: count(usage['input_tokens']),
    output: count(usage['output_tokens']),
    cacheRead: count(input['cached_tokens']),
    cacheWrite: count(input['cache_write_tokens']),
    reasoning: count(output['reasoning_tokens']),
    inputByModality: byModality(input),
    outputByModality: byModality(output),
  };
}
