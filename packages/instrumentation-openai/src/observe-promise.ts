import { hasSeams, replaceMethod, type APIPromiseSeams, type Transform } from './api-promise.js';
import { observeDelegatingPromise } from './observe-delegating-promise.js';
import type { ObservedCall } from './observed-call.js';
import { isAsyncGenerator, isStream, observeGenerator, observeStream } from './observe-stream.js';

/**
 * Has `call` see what becomes of `promise`, and returns what the caller gets: the same `APIPromise`, or for clients
 * with plain promises a promise that settles alike.
 *
 * The body is read when, and only when, the caller has it read. Nothing is attached that would keep an unhandled
 * rejection from being one.
 */
export function observePromise(promise: unknown, call: ObservedCall): unknown {
  if (hasSeams(promise)) {
    if (Object.hasOwn(promise, 'then')) observeDelegatingPromise(promise, call);
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

/** What the caller has asked for of one call, by the first promise or by one derived from it. */
interface Demand {
  responded: boolean;
  /** The raw HTTP response. */
  raw: boolean;
  /** The parsed response. */
  parsed: boolean;
}

function observeAPIPromise(promise: APIPromiseSeams & object, call: ObservedCall): void {
  const demand: Demand = { responded: false, raw: false, parsed: false };
  promise.responsePromise = promise.responsePromise.then(
    (props) => {
      demand.responded = true;
      call.responded();
      if (demand.parsed || promise.parsedPromise !== undefined) return props;
      if (demand.raw) endRawUnlessParsed(call, demand);
      else call.endWhenCollected(promise);
      return props;
    },
    (error: unknown) => {
      call.failed(error);
      throw error;
    },
  );
  promise.parseResponse = observeParsing(promise.parseResponse, call, demand);
  observeRawDemand(promise, call, demand);
  observeUnwrapping(promise, call, demand);
}

function observeRawDemand(promise: APIPromiseSeams & object, call: ObservedCall, demand: Demand): void {
  const { asResponse } = promise;
  replaceMethod(promise, 'asResponse', function (this: APIPromiseSeams) {
    demand.raw = true;
    if (demand.responded) endRawUnlessParsed(call, demand);
    return asResponse.call(this);
  });
}

/**
 * The client parses once per promise derived from the first one by `_thenUnwrap`, and always through `parseResponse`.
 */
function observeParsing(
  parseResponse: APIPromiseSeams['parseResponse'],
  call: ObservedCall,
  demand: Demand,
): APIPromiseSeams['parseResponse'] {
  return function (this: unknown, ...args) {
    demand.parsed = true;
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
 * The helpers `parse()` and `stream()` derive a promise of their own. Up to openai 6 it parses through the first promise;
 * openai 7 gives each promise a `_thenUnwrap` of its own, which goes past it.
 */
function observeUnwrapping(promise: APIPromiseSeams & object, call: ObservedCall, demand: Demand): void {
  const unwrap = promise._thenUnwrap;
  if (unwrap === undefined) return;
  const goesPast = Object.hasOwn(promise, '_thenUnwrap');
  replaceMethod(promise, '_thenUnwrap', function (this: APIPromiseSeams, transform: Transform): unknown {
    const derived = unwrap.call(this, goesPast ? observeTransform(transform, call) : transform);
    if (!hasSeams(derived)) return derived;
    if (goesPast) adopt(derived, promise, call, demand);
    observeRawDemand(derived, call, demand);
    return derived;
  });
}

function observeTransform(transform: Transform, call: ObservedCall): Transform {
  return (value, props) => {
    observeValue(value, call);
    return transform(value, props);
  };
}

/** Has a derived promise that knows nothing of the first one be observed with it. */
function adopt(derived: APIPromiseSeams, promise: APIPromiseSeams, call: ObservedCall, demand: Demand): void {
  const { parseResponse } = derived;
  derived.responsePromise = promise.responsePromise;
  derived.parseResponse = function (this: unknown, ...args) {
    // This refers to the first promise, so that a caller who holds the derived one and has not read it yet is not taken
    // for one who let go.
    void promise;
    demand.parsed = true;
    call.keep();
    return observeErrors(parseResponse.apply(this, args), call);
  };
}

function observeErrors(parsed: unknown, call: ObservedCall): unknown {
  if (!(parsed instanceof Promise)) return parsed;
  return parsed.catch((error: unknown) => {
    call.failed(error);
    throw error;
  });
}

/** Never throws: it runs between the client and its caller. */
function observeValue(value: unknown, call: ObservedCall): void {
  try {
    if (isStream(value)) {
      if (call.streaming(value)) observeStream(value, call);
    } else if (isAsyncGenerator(value)) {
      if (call.streaming(value)) observeGenerator(value, call);
    } else {
      call.completed(value);
    }
  } catch (error) {
    call.unobservable(error);
  }
}

/** A caller that takes the raw response may still have it parsed, right after; one that does not in this turn of the event loop, will read it by itself. */
function endRawUnlessParsed(call: ObservedCall, demand: Demand): void {
  setImmediate(() => {
    if (!demand.parsed) call.takenRaw();
  });
}
