import type { ObservedCall } from './observed-call.js';
import { hideUsage } from './stream-usage.js';

/** The members of the client's `Stream` that all majors have: `for await`, `tee()` and `toReadableStream()` go through `iterator`. */
interface StreamSeams {
  iterator: (...args: unknown[]) => AsyncIterator<unknown>;
  controller?: { signal?: { aborted?: unknown } };
}

/** Whether the value is a stream of the client, or of another client that is built alike. */
export function isStream(value: unknown): value is StreamSeams & object {
  if (typeof value !== 'object' || value === null) return false;
  return 'iterator' in value && typeof value.iterator === 'function' && Symbol.asyncIterator in value;
}

/** Whether the value is an async generator, which clients without a class of their own for streams return. */
export function isAsyncGenerator(value: unknown): value is AsyncIterator<unknown> & object {
  if (typeof value !== 'object' || value === null) return false;
  return Symbol.asyncIterator in value && 'next' in value && typeof value.next === 'function';
}

/** As {@link observeStream}, for an async generator. */
export function observeGenerator(generator: AsyncIterator<unknown> & object, call: ObservedCall): void {
  call.endWhenCollected(generator);
  observeIterator(generator, call, () => false);
}

/**
 * Has `call` see what the caller pulls from `stream`, and nothing else: chunks, the end, an early `break`, `return()` or
 * `throw()`, an abort, an error. The stream stays the same object, and its iterator an iterator of the same class.
 */
export function observeStream(stream: StreamSeams & object, call: ObservedCall): void {
  const original = stream.iterator;
  let started = false;
  // A stream dropped before its end is never heard of again; its collection is the last sign of it. The closure below
  // keeps the stream alive as long as an iterator of it lives.
  call.endWhenCollected(stream);
  stream.iterator = function iterator(...args) {
    const inner = original.apply(stream, args);
    // A second iteration is an error of the client's making, and no part of this call.
    if (started) return inner;
    started = true;
    return observeIterator(inner, call, () => stream.controller?.signal?.aborted === true);
  };
}

/**
 * Puts observing `next`, `return` and `throw` on the very iterator that the client made. Each settles one microtask
 * later than the original, with the same value, and rejects unhandled exactly where the original would.
 */
function observeIterator(
  iterator: AsyncIterator<unknown>,
  call: ObservedCall,
  isAborted: () => boolean,
): AsyncIterator<unknown> {
  const next = iterator.next.bind(iterator);
  const giveUp = iterator.return?.bind(iterator);
  const fail = iterator.throw?.bind(iterator);
  const settle = (outcome?: 'broken_off' | 'aborted'): void => {
    call.streamEnded(outcome);
    call.keep();
  };
  const onNext = (result: IteratorResult<unknown>): IteratorResult<unknown> | Promise<IteratorResult<unknown>> => {
    if (result.done === true) settle(isAborted() ? 'aborted' : undefined);
    else {
      call.chunk(result.value);
      if (call.hidesUsageChunk && hideUsage(result.value)) return iterator.next();
    }
    return result;
  };
  const onError = (error: unknown): never => {
    call.failed(error);
    call.keep();
    throw error;
  };
  iterator.next = (...args) => next(...args).then(onNext, onError);
  if (giveUp !== undefined) {
    iterator.return = (value) => {
      // Recorded before the client aborts the request, which is a consequence.
      settle(isAborted() ? 'aborted' : 'broken_off');
      return giveUp(value);
    };
  }
  if (fail !== undefined) {
    iterator.throw = (error) => {
      settle('broken_off');
      return fail(error);
    };
  }
  return iterator;
}
