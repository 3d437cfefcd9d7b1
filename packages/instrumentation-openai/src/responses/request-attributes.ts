import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_OUTPUT_TYPE,
  ATTR_GEN_AI_PROMPT_NAME,
  ATTR_GEN_AI_PROMPT_VERSION,
  ATTR_GEN_AI_REQUEST_MAX_TOKENS,
  ATTR_GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID,
  ATTR_GEN_AI_REQUEST_REASONING_LEVEL,
  ATTR_GENSPAN_REQUEST_LOGPROBS,
  ATTR_OPENAI_API_TYPE,
  OPENAI_API_TYPE_VALUE_RESPONSES,
} from '@genspan/semconv';
import { outputTypeOfFormat, samplingAttributes } from '../chat/request-attributes.js';
import { reasoningEffort } from '../enumerations.js';
import { count, fields, identifier, list, text, type Fields } from '../untyped.js';

/** The attributes of a request for a response that are not content. */
export function responseRequestAttributes(params: Fields): Attributes {
  const attributes: Attributes = samplingAttributes(params);
  attributes[ATTR_OPENAI_API_TYPE] = OPENAI_API_TYPE_VALUE_RESPONSES;
  const maxTokens = count(params['max_output_tokens']);
  if (maxTokens !== undefined) attributes[ATTR_GEN_AI_REQUEST_MAX_TOKENS] = maxTokens;
  const effort = reasoningEffort(fields(params['reasoning'])['effort']);
  if (effort !== undefined) attributes[ATTR_GEN_AI_REQUEST_REASONING_LEVEL] = effort;
  const outputType = outputTypeOfFormat(fields(fields(params['text'])['format'])['type']);
  if (outputType !== undefined) attributes[ATTR_GEN_AI_OUTPUT_TYPE] = outputType;
  if (list(params['include']).includes('message.output_text.logprobs'))
    attributes[ATTR_GENSPAN_REQUEST_LOGPROBS] = true;
  const previous = identifier(params['previous_response_id']);
  if (previous !== undefined) attributes[ATTR_GEN_AI_REQUEST_PREVIOUS_RESPONSE_ID] = previous;
  const conversation = conversationId(params['conversation']);
  if (conversation !== undefined) attributes[ATTR_GEN_AI_CONVERSATION_ID] = conversation;
  addPromptTemplate(fields(params['prompt']), attributes);
  return attributes;
}

/** A conversation is named by its id or by an object with it. */
export function conversationId(conversation: unknown): string | undefined {
  return identifier(conversation) ?? identifier(fields(conversation)['id']);
}

/** A prompt that is stored at the provider has an id and no other name. */
function addPromptTemplate(prompt: Fields, attributes: Attributes): void {
  const name = identifier(prompt['id']);
  if (name === undefined) return;
  attributes[ATTR_GEN_AI_PROMPT_NAME] = name;
  const version = text(prompt['version']);
  if (version !== undefined && VERSION.test(version)) attributes[ATTR_GEN_AI_PROMPT_VERSION] = version;
}
const VERSION = /^v?\d{1,9}(?:\.\d{1,9}){0,3}$/;
