/**
 * What others call the reasons that the GenAI conventions name: lower case, `-` as `_`.
 * Sources: API references of OpenAI, Anthropic, Google Gemini, Cohere, Mistral and Amazon Bedrock; Vercel AI SDK.
 */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['stop', 'stop'],
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['eos', 'stop'],
  ['eos_token', 'stop'],
  ['complete', 'stop'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['max_output_tokens', 'length'],
  ['model_length', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['content_filter', 'content_filter'],
  ['content_filtered', 'content_filter'],
  ['guardrail_intervened', 'content_filter'],
  ['refusal', 'content_filter'],
  ['safety', 'content_filter'],
  ['recitation', 'content_filter'],
  ['blocklist', 'content_filter'],
  ['prohibited_content', 'content_filter'],
  ['spii', 'content_filter'],
  ['error_toxic', 'content_filter'],
  ['tool_call', 'tool_call'],
  ['tool_calls', 'tool_call'],
  ['tool_use', 'tool_call'],
  ['function_call', 'tool_call'],
  ['compaction', 'compaction'],
  ['error', 'error'],
  ['malformed_function_call', 'error'],
]);

/** The word of the GenAI conventions for a provider's or dialect's reason to stop; an unknown one as it came. */
export function toFinishReason(word: string): string {
  return REASONS.get(word) ?? REASONS.get(word.toLowerCase().replaceAll('-', '_')) ?? word;
}

/** The word of OpenAI's chat completions for a reason of the GenAI conventions; others as they are. */
export function toOpenAIFinishReason(reason: string): string {
  return reason === 'tool_call' ? 'tool_calls' : reason;
}

/** The word of the Vercel AI SDK for a reason of the GenAI conventions; others as they are. */
export function toVercelFinishReason(reason: string): string {
  if (reason === 'tool_call') return 'tool-calls';
  return reason === 'content_filter' ? 'content-filter' : reason;
}
