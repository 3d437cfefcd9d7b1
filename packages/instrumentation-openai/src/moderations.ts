import { GENSPAN_OPERATION_NAME_VALUE_MODERATION } from '@genspan/semconv';
import type { InputMessage } from '@genspan/semconv';
import type { ClientOperation } from './client-operation.js';
import { contentParts } from './content-parts.js';
import { fields, list, text } from './untyped.js';

/**
 * `moderations.create`. The verdict on a text says what is in it, so it is recorded as content only: one message per
 * verdict, with a part that holds what the API answered.
 */
export const moderation: ClientOperation = {
  request([params]) {
    const request = fields(params);
    return {
      kind: 'other',
      operationName: GENSPAN_OPERATION_NAME_VALUE_MODERATION,
      requestModel: text(request['model']),
      content: () => ({ inputMessages: inputMessages(request['input']) }),
    };
  },
  response(value) {
    const response = fields(value);
    return {
      result: {
        responseId: text(response['id']),
        responseModel: text(response['model']),
        content: () => ({
          outputMessages: list(response['results']).map((verdict) => ({
            role: 'assistant',
            parts: [{ ...fields(verdict), type: 'moderation' }],
            finish_reason: 'stop',
          })),
        }),
      },
    };
  },
};

/** Texts are judged one by one, the parts of a multimodal input together. */
function inputMessages(input: unknown): InputMessage[] {
  const isTexts = Array.isArray(input) && input.every((one) => typeof one === 'string');
  const inputs: readonly unknown[] = isTexts ? input : [input];
  return inputs.map((one) => ({ role: 'user', parts: contentParts(one) })).filter(({ parts }) => parts.length > 0);
}
