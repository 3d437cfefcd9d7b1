import type { TokenUsage } from '@genspan/genai-operation';
import { byModality } from './chat/usage.js';
import { count, fields } from './untyped.js';

/**
 * Usage of images and transcriptions, where the API reports it in tokens. Models that are billed by the second report
 * seconds, older ones nothing: neither is made into tokens.
 */
export function mediaUsage(value: unknown): TokenUsage | undefined {
  const usage = fields(value);
  const input = count(usage['input_tokens']);
  const output = count(usage['output_tokens']);
  if (input === undefined && output === undefined) return undefined;
  // The audio API spells it `input_token_details`.
  const inputDetails = fields(usage['input_tokens_details'] ?? usage['input_token_details']);
  return {
    input,
    output,
    cacheRead: count(inputDetails['cached_tokens']),
    inputByModality: byModality(inputDetails),
    outputByModality: byModality(fields(usage['output_tokens_details'])),
  };
}
