import type { ObservedCall } from './observed-call.js';
import { isAsyncGenerator, isStream, observeGenerator, observeStream } from './observe-stream.js';

/**
 * The members of the client's `APIPromise` that all majors have. The promise reads the body when it is first awaited:
 * `then()` calls `parse()`, which waits for `responsePromise` and calls `parseResponse`.
 *
 * They are private in the types only, so each is checked for; a promise without them is observed as a plain one.
 */
interface APIPromiseSeams {
  responsePromise: Promise<unknown>;
  parseResponse: (...args: unknown[]) => unknown;
  /** There once somebody has asked for the parsed response. */
  parsedPromise?: Promise<unknown>;
  asResponse: () => Promise<unknown>;
  _thenUnwrap?: (transform: (value: unknown, props: unknown) => unknown) => unknown;
}

/**
 * Has `call` see what becomes of `promise`, and returns what the caller gets: the same `APIPromise`, or for clients
 * with plain promises a promise that settles alike.
 *
 * The body is read when, and only when, the caller has it read. Nothing is attached that would keep an unhandled
 * rejection from being one.
 */
export function observePromise(promise: unknown, call: ObservedCall): unknown {
  if (hasSeams(promise)) {
    if (Object.hasOwn(promise, 'then')) observeDelegating(promise, call);
    else observeAPIPromise(promise, call);
    return promise;
  }
  if (promise instanceof Promise && promise.constructor === Promise) {
    return promise.then(
      (value: unknown) => {
        observeValue(value, call);
        return value;
      },
      (error: unknown) => {
        call.failed(error);
        throw error;
      },
    );
  }
  // Neither: some other thenable, whose `then()` may do work. What it settles with stays unknown.
  observeValue(promise, call);
  return promise;
}

function hasSeams(value: unknown): value is APIPromiseSeams & object {
  if (!(value instanceof Promise)) return false;
  const { responsePromise, parseResponse, asResponse } = value as Promise<unknown> & Partial<APIPromiseSeams>;
  return responsePromise instanceof Promise && typeof parseResponse === 'function' && typeof asResponse === 'function';
}

function observeAPIPromise(promise: APIPromiseSeams & object, call: ObservedCall): void {
  const { asResponse } = promise;
  let responded = false;
  let parsed = false;
  let raw = false;
  const isParsed = (): boolean => parsed || promise.parsedPromise !== undefined;
  const onParse = (): void => {
    parsed = true;
  };

  promise.responsePromise = promise.responsePromise.then(
    (props) => {
      responded = true;
      call.responded();
      if (isParsed()) return props;
      if (raw) endRawUnlessParsed(call, isParsed);
      else call.endWhenCollected(promise);
      return props;
    },
    (error: unknown) => {
      call.failed(error);
      throw error;
    },
  );
  promise.parseResponse = observeParsing(promise.parseResponse, call, onParse);
  define(promise, 'asResponse', function (this: APIPromiseSeams) {
    raw = true;
    if (responded && !isParsed()) endRawUnlessParsed(call, isParsed);
    return asResponse.call(this);
  });
  if (Object.hasOwn(promise, '_thenUnwrap')) observeUnwrapping(promise, call, onParse);
}

/**
 * The client parses once per promise derived from the first one by `_thenUnwrap`, and always through `parseResponse`.
 */
function observeParsing(
  parseResponse: APIPromiseSeams['parseResponse'],
  call: ObservedCall,
  onParse: () => void,
): APIPromiseSeams['parseResponse'] {
  return function (this: unknown, ...args) {
    onParse();
    call.keep();
    let parsed: unknown;
    try {
      parsed = parseResponse.apply(this, args);
    } catch (error) {
      call.failed(error);
      throw error;
    }
    if (!(parsed instanceof Promise)) {
      observeValue(parsed, call);
      return parsed;
    }
    return parsed.then(
      (value: unknown) => {
        observeValue(value, call);
        return value;
      },
      (error: unknown) => {
        call.failed(error);
        throw error;
      },
    );
  };
}

/**
 * openai 7 gives each promise a `_thenUnwrap` of its own, which parses without the promise's `parseResponse`: the
 * helpers `parse()` and `stream()` take that way.
 */
function observeUnwrapping(promise: APIPromiseSeams, call: ObservedCall, onParse: () => void): void {
  const unwrap = promise._thenUnwrap;
  if (unwrap === undefined) return;
  promise._thenUnwrap = function (transform) {
    const derived = unwrap.call(this, (value, props) => {
      observeValue(value, call);
      return transform(value, props);
    });
    if (!hasSeams(derived)) return derived;
    derived.responsePromise = promise.responsePromise;
    const { parseResponse } = derived;
    derived.parseResponse = function (this: unknown, ...args) {
      onParse();
      // The derived promise does not refer to the first one; this does, so that a caller who holds the derived promise
      // and has not read it yet is not taken for one who let go.
      void promise;
      call.keep();
      return observeErrors(parseResponse.apply(this, args), call);
    };
    return derived;
  };
}

function observeErrors(parsed: unknown, call: ObservedCall): unknown {
  if (!(parsed instanceof Promise)) return parsed;
  return parsed.catch((error: unknown) => {
    call.failed(error);
    throw error;
  });
}

/**
 * openai 7 lists are promises whose `then`, `catch` and `finally` are those of another promise that cannot be reached.
 * Their own request is watched instead, and its rejection stays unhandled if the caller has not asked for the result.
 */
function observeDelegating(promise: APIPromiseSeams & object, call: ObservedCall): void {
  const target = promise as APIPromiseSeams & Promise<unknown>;
  let wanted = false;
  for (const name of ['then', 'catch', 'finally', 'asResponse', 'parse', 'withResponse', '_thenUnwrap'] as const) {
    const method: unknown = Reflect.get(target, name);
    if (typeof method !== 'function') continue;
    define(target, name, function (this: unknown, ...args: unknown[]): unknown {
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

function observeValue(value: unknown, call: ObservedCall): void {
  if (isStream(value)) {
    if (call.streaming(value)) observeStream(value, call);
  } else if (isAsyncGenerator(value)) {
    if (call.streaming(value)) observeGenerator(value, call);
  } else {
    call.completed(value);
  }
}

/** A caller that takes the raw response may still have it parsed, right after; one that does not in this turn of the event loop, will read it by itself. */
function endRawUnlessParsed(call: ObservedCall, isParsed: () => boolean): void {
  setImmediate(() => {
    if (!isParsed()) call.takenRaw();
  });
}

/** Adds a method that does not show when the object is enumerated, as the prototype's does not. */
function define(target: object, name: string, value: (...args: never[]) => unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: false });
}
