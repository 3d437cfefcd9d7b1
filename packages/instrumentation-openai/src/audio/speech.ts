import {
  ATTR_GEN_AI_OUTPUT_TYPE,
  GEN_AI_OUTPUT_TYPE_VALUE_SPEECH,
  GENSPAN_OPERATION_NAME_VALUE_SPEECH,
} from '@genspan/semconv';
import type { RequestContent } from '@genspan/genai-operation';
import type { ClientOperation } from '../client-operation.js';
import { fields, text, type Fields } from '../untyped.js';

/** `audio.speech.create`. The caller gets the HTTP response with the sound in its body, which is the caller's to read. */
export const speech: ClientOperation = {
  request([params]) {
    const request = fields(params);
    return {
      kind: 'other',
      operationName: GENSPAN_OPERATION_NAME_VALUE_SPEECH,
      requestModel: text(request['model']),
      attributes: { [ATTR_GEN_AI_OUTPUT_TYPE]: GEN_AI_OUTPUT_TYPE_VALUE_SPEECH },
      content: () => requestContent(request),
    };
  },
  response: () => ({}),
};

function requestContent(params: Fields): RequestContent {
  const input = text(params['input']);
  const instructions = text(params['instructions']);
  return {
    systemInstructions: instructions === undefined ? [] : [{ type: 'text', content: instructions }],
    inputMessages: input === undefined ? [] : [{ role: 'user', parts: [{ type: 'text', content: input }] }],
  };
}
