import { context } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import type { GenAIOperation, GenAIRecorder, GenAIRequest } from '@genspan/genai-operation';
import type { ClientOperation, ClientRequest } from './client-operation.js';
import { ObservedCall } from './observed-call.js';
import { observePromise } from './observe-promise.js';
import { endpointOf, type Endpoint } from './provider.js';
import { withStreamUsage } from './stream-usage.js';
import { fields } from './untyped.js';

/** What observing a call needs, read anew for each call so that settings can change. */
export interface Observer {
  readonly recorder: GenAIRecorder;
  /** False while the instrumentation is disabled. */
  readonly enabled: boolean;
  readonly requestStreamUsage: boolean;
  readonly requestHook?: ((span: Span, params: unknown) => void) | undefined;
  readonly responseHook?: ((span: Span, result: unknown) => void) | undefined;
}

/** A method of a resource of the client, such as `create` of `chat.completions`. */
export type ResourceMethod = (this: unknown, ...args: unknown[]) => unknown;

const OBSERVED = Symbol.for('genspan.openai.observed');

/** Whether the method already observes its calls, whichever copy of this package made it. */
export function isObserved(method: ResourceMethod): boolean {
  return OBSERVED in method;
}

/** The method that {@link observeMethod} was given. */
export function originalOf(method: ResourceMethod): ResourceMethod | undefined {
  return (method as ResourceMethod & { [OBSERVED]?: ResourceMethod })[OBSERVED];
}

/**
 * Makes a method that does what `original` does, returns what it returns and throws what it throws, and records each
 * call as one GenAI operation.
 *
 * @param observer - asked for on each call; `undefined` stands for "not observed"
 */
export function observeMethod(
  original: ResourceMethod,
  translation: ClientOperation,
  observer: () => Observer | undefined,
): ResourceMethod {
  const observed: ResourceMethod = function (...args) {
    const current = observer();
    const call = current?.enabled === true ? startCall(this, args, translation, current) : undefined;
    if (call === undefined || current === undefined) return original.apply(this, args);
    const withUsage = current.requestStreamUsage && translation.usageOnRequest ? withStreamUsage(args) : undefined;
    call.hidesUsageChunk = withUsage !== undefined;
    let promise: unknown;
    try {
      promise = context.with(call.operation.context, original, this, ...(withUsage ?? args));
    } catch (error) {
      call.failed(error);
      throw error;
    }
    try {
      return observePromise(promise, call);
    } catch (error) {
      current.recorder.failures.count('observing a promise', error);
      return promise;
    }
  };
  Object.defineProperty(observed, 'name', { value: original.name, configurable: true });
  Object.defineProperty(observed, 'length', { value: original.length, configurable: true });
  Object.defineProperty(observed, OBSERVED, { value: original });
  return observed;
}

function startCall(
  resource: unknown,
  args: readonly unknown[],
  translation: ClientOperation,
  observer: Observer,
): ObservedCall | undefined {
  const { recorder, requestHook } = observer;
  let operation: GenAIOperation | undefined;
  try {
    operation = recorder.start(withEndpoint(translation.request(args), endpointOf(fields(resource)['_client'])));
  } catch (error) {
    recorder.failures.count('reading a call', error);
  }
  if (operation === undefined) return undefined;
  const { span } = operation;
  if (requestHook !== undefined) recorder.guard('running the request hook', () => requestHook(span, args[0]));
  return new ObservedCall(observer, operation, translation);
}

/** Completes the request in place: a merged copy would cost as much as the translation. */
function withEndpoint(request: ClientRequest, endpoint: Endpoint): GenAIRequest {
  const complete = request as ClientRequest & { -readonly [Field in keyof Endpoint]: Endpoint[Field] };
  complete.providerName = endpoint.providerName;
  complete.serverAddress = endpoint.serverAddress;
  complete.serverPort = endpoint.serverPort;
  return complete;
}
