import type { Attributes } from '@opentelemetry/api';
import type { GenAIResult, OperationEnd, ResponseContent } from '@genspan/genai-operation';
import {
  ATTR_GEN_AI_CONVERSATION_COMPACTED,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_RESPONSE_STATUS,
} from '@genspan/semconv';
import type { FinishReason, OutputMessage } from '@genspan/semconv';
import { serviceAttributes } from '../chat/response.js';
import { fields, identifier, list, text, word, type Fields } from '../untyped.js';
import { responseFinishReason, responseStatus } from './finish-reason.js';
import { itemParts, itemType } from './item-parts.js';
import { conversationId } from './request-attributes.js';
import { systemInstructions } from './request-content.js';
import { responseFailure } from './response-failure.js';
import { toolDefinitions } from './tool-definitions.js';
import { responseUsage } from './usage.js';

/**
 * Translates a response into the end of an operation.
 *
 * @param reason - why it ended, where the response does not say so: its stream was cut short
 */
export type ResponseTranslation = (response: unknown, reason?: FinishReason) => OperationEnd;

/** Translates what the model was asked to generate. A response that failed is a failed operation. */
export const generatedResponse: ResponseTranslation = (value, reason) => {
  const response = fields(value);
  const result = responseResult(response, reason);
  const status = responseStatus(response);
  const attributes: Attributes = { ...result.attributes };
  if (status === 'queued' || status === 'in_progress') attributes[ATTR_GEN_AI_RESPONSE_STATUS] = status;
  return {
    result: { ...result, attributes, usage: responseUsage(response['usage']) },
    failure: status === 'failed' ? responseFailure(response['error']) : undefined,
  };
};

/**
 * Translates a response that was read back. Its tokens were counted when it was generated. One that had failed was
 * still fetched well: its status tells.
 */
export const fetchedResponse: ResponseTranslation = (value, reason) => {
  const response = fields(value);
  const result = responseResult(response, reason);
  const attributes: Attributes = { ...result.attributes };
  const status = word(response['status']);
  if (status !== undefined) attributes[ATTR_GEN_AI_RESPONSE_STATUS] = status;
  return {
    result: {
      ...result,
      // Repeats what the caller asked for, unlike the id of a response that was just made.
      responseId: identifier(response['id']),
      attributes,
      content: () => ({
        ...result.content?.(),
        systemInstructions: systemInstructions(response['instructions']),
        toolDefinitions: toolDefinitions(response['tools']),
      }),
    },
  };
};

function responseResult(response: Fields, givenReason: FinishReason | undefined): GenAIResult {
  const reason = givenReason ?? responseFinishReason(response);
  return {
    responseId: text(response['id']),
    responseModel: text(response['model']),
    finishReasons: reason === undefined ? undefined : [reason],
    attributes: conversationAttributes(response),
    metricAttributes: serviceAttributes(response),
    content: () => outputContent(response, reason),
  };
}

function conversationAttributes(response: Fields): Attributes {
  const attributes: Attributes = {};
  const conversation = conversationId(response['conversation']);
  if (conversation !== undefined) attributes[ATTR_GEN_AI_CONVERSATION_ID] = conversation;
  const compacted =
    response['object'] === 'response.compaction' ||
    list(response['output']).some((item) => itemType(fields(item)) === 'compaction');
  if (compacted) attributes[ATTR_GEN_AI_CONVERSATION_COMPACTED] = true;
  return attributes;
}

/** All items of the output are one message: they are the one choice that a response is. */
function outputContent(response: Fields, reason: FinishReason | undefined): ResponseContent {
  const output = list(response['output']);
  if (output.length === 0) return {};
  const parts = output.flatMap(itemParts);
  const message: OutputMessage = { role: 'assistant', parts };
  return { outputMessages: [reason === undefined ? message : { ...message, finish_reason: reason }] };
}
