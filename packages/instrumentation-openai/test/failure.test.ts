import OpenAI from 'openai';
import { failureOf, isAbort } from '../src/failure.js';

const SECRET = 'the words of the prompt';
const apiError = (status: number, error: object) => OpenAI.APIError.generate(status, { error }, SECRET, new Headers());

describe('failureOf', () => {
  it.each([
    [429, { code: 'rate_limit_exceeded', type: 'requests' }, 'rate_limit_exceeded', '429 requests rate_limit_exceeded'],
    [
      400,
      { code: null, type: 'invalid_request_error' },
      'BadRequestError',
      '400 invalid_request_error BadRequestError',
    ],
    [401, { code: 'invalid_api_key', type: 'invalid_api_key' }, 'invalid_api_key', '401 invalid_api_key'],
    [500, { message: SECRET }, 'InternalServerError', '500 InternalServerError'],
    [404, { code: SECRET, type: SECRET }, 'NotFoundError', '404 NotFoundError'],
  ])('describes HTTP %i without a word of content', (status, body, errorType, description) => {
    const exception = apiError(status, { message: SECRET, ...body });
    expect(failureOf(exception)).toEqual({ errorType, description, exception });
  });

  it('names the class of an error that is not an answer', () => {
    expect(failureOf(new OpenAI.APIConnectionError({ message: SECRET }))).toMatchObject({
      errorType: 'APIConnectionError',
      description: 'APIConnectionError',
    });
    expect(failureOf(new OpenAI.APIConnectionTimeoutError()).errorType).toBe('APIConnectionTimeoutError');
    expect(failureOf(new TypeError(SECRET))).toMatchObject({ errorType: 'TypeError', description: 'TypeError' });
  });

  it.each([undefined, null, SECRET, 7, {}, Object.create(null)])('bears %p being thrown', (exception: unknown) => {
    expect(failureOf(exception)).toMatchObject({
      errorType: '_OTHER',
      exception,
    });
  });
});

describe('isAbort', () => {
  it('tells a call that was cancelled from one that failed', () => {
    expect(isAbort(new OpenAI.APIUserAbortError())).toBe(true);
    expect(isAbort(new DOMException('stop', 'AbortError'))).toBe(true);
    expect(isAbort(apiError(500, {}))).toBe(false);
    expect(isAbort(new OpenAI.APIConnectionTimeoutError())).toBe(false);
    expect(isAbort('AbortError')).toBe(false);
  });
});
