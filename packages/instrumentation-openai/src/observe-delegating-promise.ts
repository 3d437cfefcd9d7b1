import { replaceMethod, type APIPromiseSeams } from './api-promise.js';
import type { ObservedCall } from './observed-call.js';

/**
 * openai 7 lists are promises whose `then`, `catch` and `finally` are those of another promise that cannot be reached.
 * Their own request is watched instead, and its rejection stays unhandled if the caller has not asked for the result.
 */
export function observeDelegatingPromise(promise: APIPromiseSeams & object, call: ObservedCall): void {
  const target = promise as APIPromiseSeams & Promise<unknown>;
  let wanted = false;
  for (const name of ['then', 'catch', 'finally', 'asResponse', 'parse', 'withResponse', '_thenUnwrap'] as const) {
    const method: unknown = Reflect.get(target, name);
    if (typeof method !== 'function') continue;
    replaceMethod(target, name, function (this: unknown, ...args: unknown[]): unknown {
      wanted = true;
      return Reflect.apply(method, this, args);
    });
  }
  target.responsePromise.then(
    (props) => {
      call.responded();
      call.completed(props);
    },
    (error: unknown) => {
      call.failed(error);
      if (!wanted) throw error;
    },
  );
}
