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
    const started = startCall(this, args, translation, observer);
    if (started === undefined) return original.apply(this, args);
    const { call } = started;
    let promise: unknown;
    try {
      promise = context.with(call.operation.context, original, this, ...started.args);
    } catch (error) {
      call.failed(error);
      throw error;
    }
    try {
      return observePromise(promise, call);
    } catch (error) {
      call.unobservable(error);
      return promise;
    }
  };
  Object.defineProperty(observed, 'name', { value: original.name, configurable: true });
  Object.defineProperty(observed, 'length', { value: original.length, configurable: true });
  Object.defineProperty(observed, OBSERVED, { value: original });
  return observed;
}

/** A call that is observed, and the arguments to make it with. */
interface StartedCall {
  readonly call: ObservedCall;
  readonly args: readonly unknown[];
}

/** Never throws: without an operation the call goes through unobserved. */
function startCall(
  resource: unknown,
  args: readonly unknown[],
  translation: ClientOperation,
  source: () => Observer | undefined,
): StartedCall | undefined {
  let observer: Observer | undefined;
  let call: ObservedCall | undefined;
  try {
    observer = source();
    if (observer?.enabled !== true) return undefined;
    const { recorder, requestHook, requestStreamUsage } = observer;
    call = observe(resource, args, translation, observer);
    if (call === undefined) return undefined;
    const { span } = call.operation;
    if (requestHook !== undefined) recorder.guard('running the request hook', () => requestHook(span, args[0]));
    const asking = requestStreamUsage && translation.usageOnRequest === true ? withStreamUsage(args) : undefined;
    call.hidesUsageChunk = asking !== undefined;
    return { call, args: asking ?? args };
  } catch (error) {
    // Parameters that cannot be read: what comes of them is between the caller and the client.
    observer?.recorder.failures.count('reading a call', error);
    return call === undefined ? undefined : { call, args };
  }
}

function observe(
  resource: unknown,
  args: readonly unknown[],
  translation: ClientOperation,
  observer: Observer,
): ObservedCall | undefined {
  const { recorder } = observer;
  let operation: GenAIOperation | undefined;
  try {
    operation = recorder.start(withEndpoint(translation.request(args), endpointOf(fields(resource)['_client'])));
  } catch (error) {
    recorder.failures.count('reading a call', error);
  }
  return operation && new ObservedCall(observer, operation, translation);
}

/** Completes the request in place: a merged copy would cost as much as the translation. */
function withEndpoint(request: ClientRequest, endpoint: Endpoint): GenAIRequest {
  const complete = request as ClientRequest & { -readonly [Field in keyof Endpoint]: Endpoint[Field] };
  complete.providerName = endpoint.providerName;
  complete.serverAddress = endpoint.serverAddress;
  complete.serverPort = endpoint.serverPort;
  return complete;
}
