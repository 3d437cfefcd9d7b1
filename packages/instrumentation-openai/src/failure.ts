import type { GenAIFailure } from '@genspan/genai-operation';
import { ERROR_TYPE_VALUE_OTHER } from '@genspan/semconv';
import { errorCode } from './error-code.js';
import { count, fields, word } from './untyped.js';

/**
 * Describes what a call threw, without content: API errors repeat parts of the request in their message.
 *
 * `error.type` is the API's error code where it is one by its words (`rate_limit_exceeded`), else the name of the client's
 * exception class (`APIConnectionTimeoutError`).
 */
export function failureOf(exception: unknown): GenAIFailure {
  const { status, code, type } = fields(exception);
  const className = classNameOf(exception);
  const errorType = errorCode(code) ?? word(className) ?? ERROR_TYPE_VALUE_OTHER;
  const details = [count(status), errorCode(type), errorType].filter((part) => part !== undefined);
  return { errorType, description: [...new Set(details)].join(' '), exception };
}

/** Whether the caller itself cancelled the call. */
export function isAbort(exception: unknown): boolean {
  return classNameOf(exception) === 'APIUserAbortError' || fields(exception)['name'] === 'AbortError';
}

/** Not by `instanceof`: an error may come from another realm. */
function classNameOf(exception: unknown): string | undefined {
  const { message, constructor: thrownClass } = fields(exception);
  return typeof message === 'string' && typeof thrownClass === 'function' ? thrownClass.name : undefined;
}
