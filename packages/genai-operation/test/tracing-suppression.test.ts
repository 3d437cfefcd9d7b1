import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { suppressTracing, unsuppressTracing } from '@opentelemetry/core';
import { isTracingSuppressed } from '../src/tracing-suppression.js';
import { CHAT } from './conversation.js';
import { startTelemetry } from './telemetry.js';

beforeAll(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
afterAll(() => context.disable());

it('knows the mark of suppressTracing() of the SDK, and its removal', () => {
  const suppressed = suppressTracing(ROOT_CONTEXT);
  expect(isTracingSuppressed(ROOT_CONTEXT)).toBe(false);
  expect(isTracingSuppressed(suppressed)).toBe(true);
  expect(isTracingSuppressed(unsuppressTracing(suppressed))).toBe(false);
});

it('silences span, metrics and events of an operation started inside', async () => {
  const telemetry = startTelemetry({ captureMessageContent: 'span_and_event' });
  const operation = context.with(suppressTracing(ROOT_CONTEXT), () => telemetry.recorder.start(CHAT));
  expect(operation).toBeUndefined();
  expect(telemetry.recorder.open.size).toBe(0);
  expect(telemetry.spans()).toEqual([]);
  expect(telemetry.logs()).toEqual([]);
  expect([...(await telemetry.reader.points()).keys()]).toEqual([]);
});
