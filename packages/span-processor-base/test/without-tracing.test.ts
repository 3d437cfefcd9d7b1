import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { isTracingSuppressed } from '@opentelemetry/core';
import { withoutTracing } from '../src/without-tracing.js';

beforeAll(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
afterAll(() => context.disable());

it('marks the context as the SDK does, for the work and what follows from it', async () => {
  const after = await withoutTracing(async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return isTracingSuppressed(context.active());
  });
  expect(after).toBe(true);
  expect(isTracingSuppressed(context.active())).toBe(false);
});
