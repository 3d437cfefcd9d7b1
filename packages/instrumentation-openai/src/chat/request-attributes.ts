import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_OUTPUT_TYPE,
  ATTR_GEN_AI_REQUEST_CHOICE_COUNT,
  ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY,
  ATTR_GEN_AI_REQUEST_MAX_TOKENS,
  ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY,
  ATTR_GEN_AI_REQUEST_REASONING_LEVEL,
  ATTR_GEN_AI_REQUEST_SEED,
  ATTR_GEN_AI_REQUEST_TEMPERATURE,
  ATTR_GEN_AI_REQUEST_TOP_K,
  ATTR_GEN_AI_REQUEST_TOP_P,
  ATTR_OPENAI_API_TYPE,
  ATTR_OPENAI_REQUEST_SERVICE_TIER,
  ATTR_GENSPAN_REQUEST_LOGPROBS,
  GEN_AI_OUTPUT_TYPE_VALUE_JSON,
  GEN_AI_OUTPUT_TYPE_VALUE_SPEECH,
  GEN_AI_OUTPUT_TYPE_VALUE_TEXT,
  OPENAI_API_TYPE_VALUE_CHAT_COMPLETIONS,
  OPENAI_REQUEST_SERVICE_TIER_VALUE_AUTO,
} from '@genspan/semconv';
import { reasoningEffort, serviceTier } from '../enumerations.js';
import { count, fields, isNumber, list, type Fields } from '../untyped.js';

/** The attributes of a chat completion that are not content. */
export function chatRequestAttributes(params: Fields): Attributes {
  const attributes: Attributes = samplingAttributes(params);
  attributes[ATTR_OPENAI_API_TYPE] = OPENAI_API_TYPE_VALUE_CHAT_COMPLETIONS;
  const maxTokens = count(params['max_completion_tokens']) ?? count(params['max_tokens']);
  if (maxTokens !== undefined) attributes[ATTR_GEN_AI_REQUEST_MAX_TOKENS] = maxTokens;
  const outputType = requestedOutputType(params);
  if (outputType !== undefined) attributes[ATTR_GEN_AI_OUTPUT_TYPE] = outputType;
  const effort = reasoningEffort(params['reasoning_effort']) ?? reasoningEffort(fields(params['reasoning'])['effort']);
  if (effort !== undefined) attributes[ATTR_GEN_AI_REQUEST_REASONING_LEVEL] = effort;
  return attributes;
}

/** Parameters that steer sampling, by the same names in chat completions, completions and responses. */
export function samplingAttributes(params: Fields): Attributes {
  const attributes: Attributes = {};
  const { temperature, top_p: topP, top_k: topK, frequency_penalty: frequency, presence_penalty: presence } = params;
  if (isNumber(temperature)) attributes[ATTR_GEN_AI_REQUEST_TEMPERATURE] = temperature;
  if (isNumber(topP)) attributes[ATTR_GEN_AI_REQUEST_TOP_P] = topP;
  // Not OpenAI's: other servers of the same API take it.
  if (isNumber(topK)) attributes[ATTR_GEN_AI_REQUEST_TOP_K] = topK;
  if (isNumber(frequency)) attributes[ATTR_GEN_AI_REQUEST_FREQUENCY_PENALTY] = frequency;
  if (isNumber(presence)) attributes[ATTR_GEN_AI_REQUEST_PRESENCE_PENALTY] = presence;
  const { seed, n: choices, service_tier: tier, logprobs } = params;
  if (isNumber(seed)) attributes[ATTR_GEN_AI_REQUEST_SEED] = seed;
  if (isNumber(choices) && choices !== 1) attributes[ATTR_GEN_AI_REQUEST_CHOICE_COUNT] = choices;
  // A flag in chat completions, a count in completions.
  if (logprobs === true || isNumber(logprobs)) attributes[ATTR_GENSPAN_REQUEST_LOGPROBS] = true;
  const tierWord = serviceTier(tier);
  if (tierWord !== undefined && tierWord !== OPENAI_REQUEST_SERVICE_TIER_VALUE_AUTO) {
    attributes[ATTR_OPENAI_REQUEST_SERVICE_TIER] = tierWord;
  }
  return attributes;
}

/** `json_object` and `json_schema` are both `json`; audio among the modalities is `speech`. */
function requestedOutputType(params: Fields): string | undefined {
  if (list(params['modalities']).includes('audio')) return GEN_AI_OUTPUT_TYPE_VALUE_SPEECH;
  return outputTypeOfFormat(fields(params['response_format'])['type']);
}

/** `gen_ai.output.type` of a requested text format. */
export function outputTypeOfFormat(format: unknown): string | undefined {
  return OUTPUT_TYPES.get(format);
}

const OUTPUT_TYPES: ReadonlyMap<unknown, string> = new Map([
  ['text', GEN_AI_OUTPUT_TYPE_VALUE_TEXT],
  ['json_object', GEN_AI_OUTPUT_TYPE_VALUE_JSON],
  ['json_schema', GEN_AI_OUTPUT_TYPE_VALUE_JSON],
]);
