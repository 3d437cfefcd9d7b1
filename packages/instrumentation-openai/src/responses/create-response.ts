import { GEN_AI_OPERATION_NAME_VALUE_CHAT } from '@genspan/semconv';
import type { ClientOperation, ClientRequest } from '../client-operation.js';
import { fields, text } from '../untyped.js';
import { responseRequestAttributes } from './request-attributes.js';
import { responseRequestContent } from './request-content.js';
import { generatedResponse } from './response-result.js';
import { ResponseStreamReader } from './stream-reader.js';

/** `responses.create`, and the helpers that go through it. */
export const createResponse: ClientOperation = {
  request: responseRequest,
  response: (value) => generatedResponse(value),
  stream: (options) => new ResponseStreamReader(options, generatedResponse),
};

/** `responses.compact`: the model replaces what was said by a summary. */
export const compactResponse: ClientOperation = {
  request: responseRequest,
  response: (value) => generatedResponse(value),
};

function responseRequest([params]: readonly unknown[]): ClientRequest {
  const request = fields(params);
  return {
    kind: 'inference',
    operationName: GEN_AI_OPERATION_NAME_VALUE_CHAT,
    requestModel: text(request['model']),
    streaming: request['stream'] === true,
    attributes: responseRequestAttributes(request),
    content: () => responseRequestContent(request),
  };
}
