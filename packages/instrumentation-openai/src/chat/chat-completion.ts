import { GEN_AI_OPERATION_NAME_VALUE_CHAT } from '@genspan/semconv';
import type { ClientOperation } from '../client-operation.js';
import { fields, text } from '../untyped.js';
import { chatRequestAttributes } from './request-attributes.js';
import { chatRequestContent } from './request-content.js';
import { chatResponse } from './response.js';
import { ChatStreamReader } from './stream-reader.js';

/** `chat.completions.create`, and the helpers that go through it. */
export const chatCompletion: ClientOperation = {
  request([params]) {
    const request = fields(params);
    return {
      kind: 'inference',
      operationName: GEN_AI_OPERATION_NAME_VALUE_CHAT,
      requestModel: text(request['model']),
      streaming: request['stream'] === true,
      attributes: chatRequestAttributes(request),
      content: () => chatRequestContent(request),
    };
  },
  response: chatResponse,
  stream: (options) => new ChatStreamReader(options),
  usageOnRequest: true,
};
