import type { GenAIFailure } from '@genspan/genai-operation';
import { ERROR_TYPE_VALUE_OTHER } from '@genspan/semconv';
import { errorCode } from '../error-code.js';
import { fields, text } from '../untyped.js';

/**
 * What a response failed of. The client throws nothing then, so this stands for the exception; where it was made says
 * nothing, so it has no stack.
 */
class ResponseError extends Error {
  override readonly name = 'ResponseError';

  constructor(message: string) {
    super(message);
    Reflect.deleteProperty(this, 'stack');
  }
}

/**
 * Describes the `error` of a response, or an `error` event of a stream. The message repeats parts of the request, so
 * it goes into the exception, which is recorded with content only.
 */
export function responseFailure(error: unknown): GenAIFailure {
  const { code, message } = fields(error);
  const errorType = errorCode(code) ?? ERROR_TYPE_VALUE_OTHER;
  const said = text(message);
  return {
    errorType,
    description: `response failed: ${errorType}`,
    exception: said === undefined ? undefined : new ResponseError(said),
  };
}
