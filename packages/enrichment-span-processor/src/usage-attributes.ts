import type {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_OPENAI_REQUEST_SERVICE_TIER,
  ATTR_GEN_AI_OPENAI_RESPONSE_SERVICE_TIER,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_SYSTEM,
  ATTR_GEN_AI_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_COMPLETION_TOKENS,
  ATTR_GEN_AI_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_IMAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_PROMPT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  ATTR_GENSPAN_USAGE_COST_USD,
  ATTR_GENSPAN_USAGE_SOURCE,
  ATTR_OPENAI_REQUEST_SERVICE_TIER,
  ATTR_OPENAI_RESPONSE_SERVICE_TIER,
  ATTR_SERVER_ADDRESS,
} from '@genspan/semconv';

/**
 * What cost and usage are read from, whatever its values.
 *
 * Read it by a literal key, `attributes['gen_ai.system']`: a key in a variable takes the engine twice as long, an imported
 * one three times (Node 20). This type sees to it that the literals are those of the conventions.
 */
export interface UsageAttributes {
  readonly [ATTR_GEN_AI_OPERATION_NAME]?: unknown;
  readonly [ATTR_GEN_AI_PROVIDER_NAME]?: unknown;
  readonly [ATTR_GEN_AI_SYSTEM]?: unknown;
  readonly [ATTR_GEN_AI_REQUEST_MODEL]?: unknown;
  readonly [ATTR_GEN_AI_RESPONSE_MODEL]?: unknown;
  readonly [ATTR_SERVER_ADDRESS]?: unknown;
  readonly [ATTR_ERROR_TYPE]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_INPUT_TOKENS]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_PROMPT_TOKENS]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_COMPLETION_TOKENS]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_IMAGE_INPUT_TOKENS]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS]?: unknown;
  readonly [ATTR_GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS]?: unknown;
  readonly [ATTR_OPENAI_RESPONSE_SERVICE_TIER]?: unknown;
  readonly [ATTR_OPENAI_REQUEST_SERVICE_TIER]?: unknown;
  readonly [ATTR_GEN_AI_OPENAI_RESPONSE_SERVICE_TIER]?: unknown;
  readonly [ATTR_GEN_AI_OPENAI_REQUEST_SERVICE_TIER]?: unknown;
  readonly [ATTR_GENSPAN_USAGE_COST_USD]?: unknown;
  readonly [ATTR_GENSPAN_USAGE_SOURCE]?: unknown;
}

/** A number of tokens; `undefined` for what is none. */
export function tokenCount(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value !== Infinity ? value : undefined;
}

/** The input tokens of the call, cached ones included, under their current or their first name. */
export function inputTokensOf(attributes: UsageAttributes): number | undefined {
  return tokenCount(attributes['gen_ai.usage.input_tokens']) ?? tokenCount(attributes['gen_ai.usage.prompt_tokens']);
}

/** The output tokens of the call, reasoning included, under their current or their first name. */
export function outputTokensOf(attributes: UsageAttributes): number | undefined {
  return (
    tokenCount(attributes['gen_ai.usage.output_tokens']) ?? tokenCount(attributes['gen_ai.usage.completion_tokens'])
  );
}
