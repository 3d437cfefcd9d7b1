/** What is counted or paid for. */
export type Usage =
  'input' | 'output' | 'cacheRead' | 'cacheWrite' | 'reasoning' | 'inputAudio' | 'outputAudio' | 'inputImage';

/**
 * What writers call the parts of a usage, or of a cost. The parts exclude each other: what is cached is not in `input`.
 * Sources: Langfuse's integrations, and the usage of OpenAI and Anthropic as they are handed on.
 */
export const BUCKETS: ReadonlyMap<string, Usage> = new Map<string, Usage>([
  ['input_cached_tokens', 'cacheRead'],
  ['input_cache_read', 'cacheRead'],
  ['cache_read_input_tokens', 'cacheRead'],
  ['input_cache_read_tokens', 'cacheRead'],
  ['cache_read.input_tokens', 'cacheRead'],
  ['input_cache_creation', 'cacheWrite'],
  ['input_cache_creation_5m', 'cacheWrite'],
  ['input_cache_creation_1h', 'cacheWrite'],
  ['input_cache_write', 'cacheWrite'],
  ['cache_creation_input_tokens', 'cacheWrite'],
  ['cache_creation.input_tokens', 'cacheWrite'],
  ['cache_write.input_tokens', 'cacheWrite'],
  ['output_reasoning_tokens', 'reasoning'],
  ['output_reasoning', 'reasoning'],
  ['input_audio_tokens', 'inputAudio'],
  ['input_audio', 'inputAudio'],
  ['input_image_tokens', 'inputImage'],
  ['output_audio_tokens', 'outputAudio'],
  ['output_audio', 'outputAudio'],
]);
