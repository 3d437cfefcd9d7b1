import { ATTR_GEN_AI_REQUEST_MAX_TOKENS, GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION } from '@genspan/semconv';
import { samplingAttributes } from '../chat/request-attributes.js';
import type { ClientOperation } from '../client-operation.js';
import { count, fields, text } from '../untyped.js';
import { completionRequestContent } from './request-content.js';
import { completionResponse } from './response.js';
import { CompletionStreamReader } from './stream-reader.js';

/** `completions.create`, the API before chat completions. */
export const textCompletion: ClientOperation = {
  request([params]) {
    const request = fields(params);
    const attributes = samplingAttributes(request);
    const maxTokens = count(request['max_tokens']);
    if (maxTokens !== undefined) attributes[ATTR_GEN_AI_REQUEST_MAX_TOKENS] = maxTokens;
    return {
      kind: 'inference',
      operationName: GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
      requestModel: text(request['model']),
      streaming: request['stream'] === true,
      attributes,
      content: () => completionRequestContent(request),
    };
  },
  response: completionResponse,
  stream: (options) => new CompletionStreamReader(options),
  usageOnRequest: true,
};
