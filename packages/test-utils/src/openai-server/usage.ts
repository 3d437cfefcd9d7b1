/** Token counts of every answer. All differ, so that a test sees which one it got. */
export const INPUT_TOKENS = 24;
export const CACHED_TOKENS = 8;
export const OUTPUT_TOKENS = 9;
export const REASONING_TOKENS = 4;
export const INPUT_AUDIO_TOKENS = 3;
export const OUTPUT_AUDIO_TOKENS = 6;

/** What changes the usage of an answer. */
export interface UsageOptions {
  readonly choices?: number;
  readonly reasoning?: boolean;
  readonly audio?: boolean;
}

/** Usage as chat completions report it. */
export function chatUsage({ choices = 1, reasoning = false, audio = false }: UsageOptions = {}) {
  const completion = OUTPUT_TOKENS * choices;
  return {
    prompt_tokens: INPUT_TOKENS,
    completion_tokens: completion,
    total_tokens: INPUT_TOKENS + completion,
    prompt_tokens_details: { cached_tokens: CACHED_TOKENS, audio_tokens: audio ? INPUT_AUDIO_TOKENS : 0 },
    completion_tokens_details: {
      reasoning_tokens: reasoning ? REASONING_TOKENS : 0,
      audio_tokens: audio ? OUTPUT_AUDIO_TOKENS : 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

/** Usage as responses report it. */
export function responsesUsage({ reasoning = false }: UsageOptions = {}) {
  return {
    input_tokens: INPUT_TOKENS,
    input_tokens_details: { cached_tokens: CACHED_TOKENS },
    output_tokens: OUTPUT_TOKENS,
    output_tokens_details: { reasoning_tokens: reasoning ? REASONING_TOKENS : 0 },
    total_tokens: INPUT_TOKENS + OUTPUT_TOKENS,
  };
}
