import {
  FailureCounter,
  OptionError,
  expectFunction,
  expectInteger,
  expectOptions,
  hasMethods,
} from '@genspan/span-processor-base';
import { MAX_TIMER_MILLIS } from './buffered-options.js';
import { withinMillis } from './within-millis.js';

/** Keeps a serverless function running until the promise has settled: `waitUntil` of Vercel, `ctx.waitUntil` of Cloudflare. */
export type WaitUntil = (promise: Promise<unknown>) => void;

/** What is flushed: a processor, or a tracer provider with all its processors. */
export interface Flushable {
  forceFlush(): Promise<unknown>;
}

/** Options of {@link flushOnEnd}. */
export interface FlushOnEndOptions<Args extends readonly unknown[] = readonly unknown[]> {
  /** What is flushed: a processor, or a tracer provider with all its processors. */
  processor: Flushable;
  /**
   * Takes the flush, so that the result need not wait for it.
   * @defaultValue none: the result waits for the flush
   */
  waitUntil?: WaitUntil;
  /**
   * Finds `waitUntil` in the handler's arguments, where it comes with each request. `undefined`: the result waits.
   * @defaultValue none
   */
  waitUntilOf?: (...args: Args) => WaitUntil | undefined;
  /**
   * Longest time in milliseconds that the result, or `waitUntil`, waits for the flush.
   * @defaultValue 2000
   */
  timeoutMillis?: number;
}

interface ParsedFlushOnEndOptions<Args extends readonly unknown[]> {
  readonly processor: Flushable;
  readonly waitUntilOf: (...args: Args) => WaitUntil | undefined;
  readonly timeoutMillis: number;
}

const KNOWN: readonly (keyof FlushOnEndOptions)[] = ['processor', 'waitUntil', 'waitUntilOf', 'timeoutMillis'];
const DEFAULT_TIMEOUT_MILLIS = 2000;

/**
 * Wraps a request handler so that its spans have left when the function is frozen.
 *
 * The handler gets its `this` and its arguments, the caller gets its result or its error, whatever becomes of the flush. With
 * `waitUntil` that is the very promise (or value) the handler returned, and the flush begins when it settles; without, it is a
 * promise that settles after the flush.
 *
 * Spans that end after the handler has settled, as those of a response that is still streamed, are not waited for.
 *
 * @throws OptionError naming the option that is wrong.
 */
export function flushOnEnd<This, Args extends unknown[], Result>(
  handler: (this: This, ...args: Args) => Result,
  options: FlushOnEndOptions<Args>,
): (this: This, ...args: Args) => Result | Promise<Awaited<Result>> {
  expectFunction('handler', handler);
  const { processor, waitUntilOf, timeoutMillis } = parseFlushOnEndOptions(options);
  const failures = new FailureCounter('flushOnEnd', 'the result of the handler stands');
  const flush = async (): Promise<void> => {
    try {
      await withinMillis((async () => processor.forceFlush())(), timeoutMillis);
    } catch (error) {
      failures.record('forceFlush', error);
    }
  };
  /** Whether somebody else waits for the flush after `settled`. */
  const isTaken = (args: Args, settled: Promise<unknown>): boolean => {
    try {
      const waitUntil = waitUntilOf(...args);
      if (waitUntil === undefined) return false;
      waitUntil(settled.then(flush, flush));
      return true;
    } catch (error) {
      failures.record('waitUntil', error);
      return false;
    }
  };
  return function (this: This, ...args: Args): Result | Promise<Awaited<Result>> {
    let result: Result;
    try {
      result = handler.apply(this, args);
    } catch (error) {
      if (isTaken(args, Promise.resolve())) throw error;
      return flush().then(() => {
        throw error;
      });
    }
    const settled = Promise.resolve(result);
    return isTaken(args, settled) ? result : settled.finally(flush);
  };
}

function parseFlushOnEndOptions<Args extends readonly unknown[]>(
  options: FlushOnEndOptions<Args>,
): ParsedFlushOnEndOptions<Args> {
  const given = expectOptions(options, KNOWN);
  const { processor, waitUntil, waitUntilOf } = given;
  if (!isFlushable(processor)) {
    throw new OptionError('processor', 'to be a span processor or a tracer provider (forceFlush)', processor);
  }
  if (waitUntil !== undefined && waitUntilOf !== undefined) {
    throw new OptionError('waitUntilOf', 'to be left out where `waitUntil` is given', waitUntilOf);
  }
  const timeoutMillis = expectInteger('timeoutMillis', given['timeoutMillis'] ?? DEFAULT_TIMEOUT_MILLIS);
  if (timeoutMillis > MAX_TIMER_MILLIS) {
    throw new OptionError('timeoutMillis', `to be at most ${MAX_TIMER_MILLIS}`, timeoutMillis);
  }
  if (waitUntilOf !== undefined) {
    const find = expectFunction<(...args: Args) => WaitUntil | undefined>('waitUntilOf', waitUntilOf);
    return { processor, waitUntilOf: find, timeoutMillis };
  }
  const take = waitUntil === undefined ? undefined : expectFunction<WaitUntil>('waitUntil', waitUntil);
  return { processor, waitUntilOf: () => take, timeoutMillis };
}

function isFlushable(value: unknown): value is Flushable {
  return hasMethods(value, ['forceFlush']);
}
