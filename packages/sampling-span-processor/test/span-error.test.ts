import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { buildSpan } from '@genspan/test-utils';
import { isError } from '../src/span-error.js';

test.each([
  ['status ERROR', { status: { code: SpanStatusCode.ERROR } }, true],
  ['status OK', { status: { code: SpanStatusCode.OK } }, false],
  ['no status', {}, false],
  ['an exception event', { events: [{ name: 'retry' }, { name: 'exception' }] }, true],
  ['an exception event and status OK', { events: [{ name: 'exception' }], status: { code: SpanStatusCode.OK } }, true],
  ['other events', { events: [{ name: 'exceptional' }] }, false],
])('judges a span with %s', (_what, options, expected) => {
  expect(isError(buildSpan(options))).toBe(expected);
});

test('takes a span that has not ended yet for no error', () => {
  expect(isError({ name: 'chat', kind: SpanKind.CLIENT, attributes: {} })).toBe(false);
});
