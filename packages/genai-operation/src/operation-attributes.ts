import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_REQUEST_STREAM,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_RESPONSE_ID,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '@genspan/semconv';
import type { GenAIRequest } from './genai-request.js';
import type { GenAIResult } from './genai-result.js';
import { writeUsage } from './token-usage.js';

/** The attributes that are known when an operation starts; samplers see them. Completes those of the request in place. */
export function requestAttributes(request: GenAIRequest): Attributes {
  const attributes = request.attributes ?? {};
  attributes[ATTR_GEN_AI_OPERATION_NAME] = request.operationName;
  attributes[ATTR_GEN_AI_PROVIDER_NAME] = request.providerName;
  if (request.requestModel !== undefined) attributes[ATTR_GEN_AI_REQUEST_MODEL] = request.requestModel;
  if (request.streaming === true && request.kind === 'inference') attributes[ATTR_GEN_AI_REQUEST_STREAM] = true;
  if (request.serverAddress !== undefined) {
    attributes[ATTR_SERVER_ADDRESS] = request.serverAddress;
    if (request.serverPort !== undefined) attributes[ATTR_SERVER_PORT] = request.serverPort;
  }
  return attributes;
}

/** Adds what came back to `attributes`, which are the result's own further ones. */
export function writeResult(result: GenAIResult, attributes: Attributes): void {
  if (result.responseId !== undefined) attributes[ATTR_GEN_AI_RESPONSE_ID] = result.responseId;
  if (result.responseModel !== undefined) attributes[ATTR_GEN_AI_RESPONSE_MODEL] = result.responseModel;
  if (result.finishReasons !== undefined && result.finishReasons.length > 0) {
    attributes[ATTR_GEN_AI_RESPONSE_FINISH_REASONS] = result.finishReasons.slice();
  }
  if (result.usage !== undefined) writeUsage(result.usage, attributes);
  for (const name in result.metricAttributes) attributes[name] = result.metricAttributes[name];
}
