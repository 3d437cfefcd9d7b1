import type { ScenarioName } from './scenario.js';

/** An error as the API words it. */
export interface ErrorReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly error: ErrorBody };
}

/** The `error` member of an error reply. */
export interface ErrorBody {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

const ERRORS: readonly (ErrorBody & { name: ScenarioName; status: number; retryAfterMillis?: number })[] = [
  {
    name: 'error-400',
    status: 400,
    message: "Invalid type for 'temperature': expected a decimal, but got a string instead.",
    type: 'invalid_request_error',
    param: 'temperature',
    code: 'invalid_type',
  },
  {
    name: 'error-401',
    status: 401,
    message: 'Incorrect API key provided.',
    type: 'invalid_request_error',
    param: null,
    code: 'invalid_api_key',
  },
  {
    name: 'error-404',
    status: 404,
    message: 'The model does not exist or you do not have access to it.',
    type: 'invalid_request_error',
    param: null,
    code: 'model_not_found',
  },
  {
    name: 'error-429',
    status: 429,
    message: 'Rate limit reached for requests.',
    type: 'requests',
    param: null,
    code: 'rate_limit_exceeded',
    retryAfterMillis: 20,
  },
  {
    name: 'error-500',
    status: 500,
    message: 'The server had an error while processing your request.',
    type: 'server_error',
    param: null,
    code: null,
    retryAfterMillis: 20,
  },
];

/** The names of the scenarios that answer with an HTTP error. */
export const ERROR_SCENARIOS: readonly ScenarioName[] = ERRORS.map((error) => error.name);

/**
 * The reply of an HTTP error.
 *
 * @param retryAfterMillis - Overrides the wait the error asks for, in milliseconds.
 */
export function errorReply(name: ScenarioName, retryAfterMillis?: number): ErrorReply {
  const error = ERRORS.find((candidate) => candidate.name === name);
  if (error === undefined) throw new TypeError(`Expected an error scenario, got \`${name}\``);
  const wait = retryAfterMillis ?? error.retryAfterMillis;
  const headers: Record<string, string> = {};
  if (wait !== undefined) {
    headers['retry-after-ms'] = String(wait);
    headers['retry-after'] = String(Math.ceil(wait / 1000));
  }
  const { message, type, param, code } = error;
  return { status: error.status, headers, body: { error: { message, type, param, code } } };
}

/** The error that breaks off a stream. */
export const STREAM_ERROR: ErrorBody = {
  message: 'The server had an error while streaming.',
  type: 'server_error',
  param: null,
  code: 'stream_error',
};
