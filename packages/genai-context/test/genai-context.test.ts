import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { context, createContextKey, diag, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type * as GenAIContext from '../src/genai-context.js';
import { getGenAIContext, setGenAIContext, withGenAIContext } from '../src/genai-context.js';
import { recordWarnings } from '@genspan/test-utils';
import { forgetWarnings } from './diag-warnings';

beforeEach(() => {
  forgetWarnings();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterEach(() => {
  context.disable();
  diag.disable();
});

describe('what runs inside sees the values', () => {
  test('a callee, and nothing after it', () => {
    expect(withGenAIContext({ sessionId: 's-1' }, () => getGenAIContext())).toEqual({ sessionId: 's-1' });
    expect(getGenAIContext()).toBeUndefined();
  });

  test('after await, in a timer, a microtask, an event handler and a parallel branch of its own', async () => {
    const emitter = new EventEmitter();
    const run = (userId: string) =>
      withGenAIContext({ userId }, async () => {
        const seen: unknown[] = [];
        const see = () => seen.push(getGenAIContext()?.userId);
        emitter.once(userId, see);
        queueMicrotask(see);
        await sleep(1);
        see();
        await new Promise<void>((resolve) => setImmediate(() => (see(), resolve())));
        emitter.emit(userId);
        return seen;
      });
    expect(await Promise.all([run('u-1'), run('u-2')])).toEqual([Array(4).fill('u-1'), Array(4).fill('u-2')]);
  });

  test('an async generator that is driven inside', async () => {
    async function* twice() {
      yield getGenAIContext()?.sessionId;
      await sleep(1);
      yield getGenAIContext()?.sessionId;
    }
    const seen = await withGenAIContext({ sessionId: 's-1' }, async () => {
      const all: unknown[] = [];
      for await (const item of twice()) all.push(item);
      return all;
    });
    expect(seen).toEqual(['s-1', 's-1']);
  });
});

describe('returns and throws what the function does', () => {
  test('the same promise', () => {
    const promise = Promise.resolve(1);
    expect(withGenAIContext({ userId: 'u' }, () => promise)).toBe(promise);
  });

  test('the same error', () => {
    const error = new Error('mine');
    const boom = () => {
      throw error;
    };
    expect(() => withGenAIContext({ userId: 'u' }, boom)).toThrow(error);
  });

  test('also without a context manager, where the values are lost', () => {
    context.disable();
    expect(withGenAIContext({ userId: 'u' }, () => [getGenAIContext(), 7])).toEqual([undefined, 7]);
  });
});

describe('nested calls', () => {
  test('replace single values, unite tags and merge metadata', () => {
    const outer = {
      sessionId: 's-1',
      userId: 'u-1',
      tags: ['beta', 'eu'],
      metadata: { plan: 'free', seats: 3 },
    };
    const inner = { userId: 'u-2', promptName: 'greet', tags: ['eu', 'vip'], metadata: { plan: 'pro', trial: false } };
    withGenAIContext(outer, () => {
      withGenAIContext(inner, () => {
        expect(getGenAIContext()).toEqual({
          sessionId: 's-1',
          userId: 'u-2',
          promptName: 'greet',
          tags: ['beta', 'eu', 'vip'],
          metadata: { plan: 'pro', seats: 3, trial: false },
        });
      });
      expect(getGenAIContext()).toEqual(outer);
    });
  });

  test('keep an outer value where the inner one is undefined or unusable', () => {
    recordWarnings();
    const outer = { sessionId: 's-1', tags: ['a'], metadata: { plan: 'free' } };
    const inner = JSON.parse('{"sessionId": 7, "tags": "b", "metadata": []}') as object;
    withGenAIContext(outer, () =>
      withGenAIContext({ ...inner, userId: undefined }, () => expect(getGenAIContext()).toEqual(outer)),
    );
  });

  test('do not write into a prototype by way of metadata', () => {
    const metadata = JSON.parse('{"__proto__": "x", "plan": "free"}') as Record<string, string>;
    const merged = withGenAIContext({ metadata: { seats: 1 } }, () => withGenAIContext({ metadata }, getGenAIContext));
    expect(Object.entries(merged?.metadata ?? {})).toEqual([
      ['seats', 1],
      ['__proto__', 'x'],
      ['plan', 'free'],
    ]);
    expect(Object.getPrototypeOf(merged?.metadata)).toBe(Object.prototype);
  });
});

describe('the values', () => {
  test('are frozen in depth and are not the objects of the caller', () => {
    const tags = ['a'];
    const metadata = { plan: 'free' };
    const values = getGenAIContext(setGenAIContext(ROOT_CONTEXT, { userId: 'u', tags, metadata }));
    tags.push('b');
    metadata.plan = 'pro';
    expect(values).toEqual({ userId: 'u', tags: ['a'], metadata: { plan: 'free' } });
    expect([values, values?.tags, values?.metadata].every(Object.isFrozen)).toBe(true);
  });

  test('do not change the context they are added to', () => {
    const key = createContextKey('of somebody else');
    const before = ROOT_CONTEXT.setValue(key, 1);
    const after = setGenAIContext(before, { userId: 'u' });
    expect([getGenAIContext(before), getGenAIContext(after)]).toEqual([undefined, { userId: 'u' }]);
    expect(after.getValue(key)).toBe(1);
  });

  test('that say nothing leave the context as it is', () => {
    const values = { userId: undefined, tags: [], metadata: {} };
    expect(setGenAIContext(ROOT_CONTEXT, values)).toBe(ROOT_CONTEXT);
  });

  test('are shared by two copies of the package', async () => {
    const copy = await new Promise<typeof GenAIContext>((resolve) =>
      jest.isolateModules(() => resolve(jest.requireActual('../src/genai-context.js'))),
    );
    expect(copy.getGenAIContext).not.toBe(getGenAIContext);
    expect(copy.getGenAIContext(setGenAIContext(ROOT_CONTEXT, { userId: 'u' }))).toEqual({ userId: 'u' });
  });
});

test('a getter that throws costs the values, not the call', () => {
  const lines = recordWarnings();
  const hostile = {
    get userId(): string {
      throw new Error('secret');
    },
  };
  withGenAIContext({ sessionId: 's-1' }, () =>
    expect(withGenAIContext(hostile, () => getGenAIContext())).toEqual({ sessionId: 's-1' }),
  );
  expect(lines).toEqual([
    'GenAI context: `values` is left out, expected an object that can be read. More of the same is not said again.',
  ]);
});
