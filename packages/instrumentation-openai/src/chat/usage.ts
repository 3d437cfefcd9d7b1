import type { ModalityTokens, TokenUsage } from '@genspan/genai-operation';
import { count, fields, type Fields } from '../untyped.js';

/** Usage of chat completions and completions. Some servers of the same API send it in part, or with other types. */
export function chatUsage(value: unknown): TokenUsage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const usage = fields(value);
  const input = fields(usage['prompt_tokens_details']);
  const output = fields(usage['completion_tokens_details']);
  return {
    input: count(usage['prompt_tokens']),
    output: count(usage['completion_tokens']),
    // DeepSeek and Moonshot report cache hits by names of their own.
    cacheRead:
      count(input['cached_tokens']) ?? count(usage['prompt_cache_hit_tokens']) ?? count(usage['cached_tokens']),
    cacheWrite: count(input['cache_write_tokens']) ?? count(input['cache_creation_tokens']),
    reasoning: count(output['reasoning_tokens']),
    inputByModality: byModality(input),
    cacheReadByModality: byModality(fields(input['cached_tokens_details'])),
    outputByModality: byModality(output),
  };
}

/** The split of a count by modality, as far as it was sent. Zero says nothing that absence does not. */
export function byModality(details: Fields): ModalityTokens | undefined {
  const text = positive(details['text_tokens']);
  const image = positive(details['image_tokens']);
  const audio = positive(details['audio_tokens']);
  return text === undefined && image === undefined && audio === undefined ? undefined : { text, image, audio };
}

function positive(value: unknown): number | undefined {
  const tokens = count(value);
  return tokens === 0 ? undefined : tokens;
}
