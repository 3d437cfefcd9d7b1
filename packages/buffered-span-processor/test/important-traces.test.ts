import { SpanStatusCode } from '@opentelemetry/api';
import { buildSpan } from '@genspan/test-utils';
import type { BuildSpanOptions } from '@genspan/test-utils';
import { ImportantTraces } from '../src/important-traces.js';

const traceIdOf = (n: number): string => n.toString(16).padStart(32, '0');

test.each<[string, BuildSpanOptions, boolean]>([
  ['status ERROR', { status: { code: SpanStatusCode.ERROR } }, true],
  ['an exception event', { events: [{ name: 'retry' }, { name: 'exception' }] }, true],
  ['a sampling rule', { attributes: { 'genspan.sampling.reason': 'rule', 'genspan.sampling.rule': 'tools' } }, true],
  ['slowness', { attributes: { 'genspan.sampling.reason': 'slow' } }, true],
  ['the default rate', { attributes: { 'genspan.sampling.reason': 'rate' } }, false],
  ['status OK', { status: { code: SpanStatusCode.OK } }, false],
  ['an event of another name', { events: [{ name: 'exceptional' }] }, false],
])('tells a span that stands out by %s, and its siblings', (_, options, important) => {
  const traces = new ImportantTraces(10);
  const sibling = buildSpan({ traceId: traceIdOf(1), spanId: '1111111111111111' });
  const span = buildSpan({ ...options, traceId: traceIdOf(1) });
  traces.learn(sibling);
  expect(traces.includes(sibling)).toBe(false);
  traces.learn(span);
  expect([traces.includes(span), traces.includes(sibling)]).toEqual([important, important]);
  expect(traces.includes(buildSpan({ traceId: traceIdOf(2) }))).toBe(false);
});

test('forgets the trace that was found important first when there are too many, but not a span that failed itself', () => {
  const traces = new ImportantTraces(2);
  const failed = (n: number) => buildSpan({ traceId: traceIdOf(n), status: { code: SpanStatusCode.ERROR } });
  for (const n of [1, 2, 3]) traces.learn(failed(n));
  const siblings = [1, 2, 3].map((n) => traces.includes(buildSpan({ traceId: traceIdOf(n) })));
  expect(siblings).toEqual([false, true, true]);
  expect(traces.includes(failed(1))).toBe(true);
});

test('takes a span that cannot be read for one that tells nothing', () => {
  const span = {
    ...buildSpan(),
    get status(): never {
      throw new Error('gone');
    },
  };
  const traces = new ImportantTraces(2);
  traces.learn(span);
  expect(traces.includes(span)).toBe(false);
});
