import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { buildSpan } from '@genspan/test-utils';
import { RedactionSpanProcessor } from '../src/index.js';
import type { RedactionSpanProcessorOptions } from '../src/index.js';

const secret = 'ann@example.com';

const fail = (): never => {
  throw new Error(secret);
};

function through(span: ReadableSpanLike, options: Omit<RedactionSpanProcessorOptions, 'delegate'> = {}) {
  const ended: ReadableSpanLike[] = [];
  const stage = new RedactionSpanProcessor({
    ...options,
    delegate: {
      onStart: () => undefined,
      onEnd: (next) => void ended.push(next),
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    },
  });
  stage.onEnd(span);
  return { ended, next: ended[0], stats: stage.stats() };
}

test('masks an attribute that cannot be read, and nothing else', () => {
  const attributes = Object.defineProperty({ before: 1 }, 'broken', { get: fail, enumerable: true });
  const { next, stats } = through({ ...buildSpan(), attributes: Object.assign(attributes, { after: 'b' }) });
  expect(next?.attributes).toEqual({ before: 1, broken: '[REDACTED]', after: 'b' });
  expect(stats.failures).toEqual({ attribute: 1 });
});

test.each<[string, object]>([
  ['attributes', { attributes: new Proxy({}, { ownKeys: fail }) }],
  ['events', { events: new Proxy([], { get: fail }) }],
  ['an event', { events: [null] }],
  ['links', { links: new Proxy([], { get: fail }) }],
  ['the status', { status: undefined }],
])('hands on a span without its texts when %s cannot be read', (_what, broken) => {
  const span = buildSpan({
    name: secret,
    attributes: { text: secret, tokens: 12, flag: true, [`key ${secret}`]: 'x' },
    events: [{ name: secret, attributes: { m: secret } }],
    links: [{ context: buildSpan().spanContext(), attributes: { l: secret } }],
    status: { code: 2, message: secret },
    parentSpanId: '1111111111111111',
  });
  const { next, stats } = through({ ...span, ...broken });
  expect(JSON.stringify(next)).not.toContain(secret);
  expect(next).toMatchObject({ name: '[REDACTED]', startTime: span.startTime, endTime: span.endTime, ended: true });
  expect(next?.spanContext()).toEqual(span.spanContext());
  expect(next?.parentSpanContext).toEqual(span.parentSpanContext);
  expect(next?.resource).toBe(span.resource);
  if (!('attributes' in broken)) {
    expect(next?.attributes).toEqual({ text: '[REDACTED]', tokens: 12, flag: true, 'key [REDACTED]': '[REDACTED]' });
  }
  if (!('events' in broken))
    expect(next?.events).toMatchObject([{ name: '[REDACTED]', attributes: { m: '[REDACTED]' } }]);
  if (!('links' in broken)) expect(next?.links).toMatchObject([{ attributes: { l: '[REDACTED]' } }]);
  if (!('status' in broken)) expect(next?.status).toEqual({ code: 2 });
  expect(stats).toMatchObject({ spans: 1, failures: { handleEnd: 1 }, droppedByFailure: 0 });
});

test('drops a span that does not even tell its ids, and counts it', () => {
  const { ended, stats } = through({ ...buildSpan({ name: secret }), spanContext: fail });
  expect(ended).toEqual([]);
  expect(stats).toMatchObject({ droppedByFailure: 1, failures: { handleEnd: 1, handleFailure: 1 } });
});

test('masks an object in the place of a name', () => {
  const name = { toString: () => 'a', to: secret };
  const { next, stats } = through({
    ...buildSpan({ events: [{ name: name as unknown as string }] }),
    name: name as unknown as string,
  });
  expect([next?.name, next?.events[0]?.name]).toEqual(['[REDACTED]', '[REDACTED]']);
  expect(stats.failures).toEqual({ 'span.name': 1, 'event.name': 1 });
});

test('hands on what cannot be read as it is in a dry run', () => {
  const span = { ...buildSpan({ name: secret }), events: new Proxy([], { get: fail }) };
  expect(through(span, { dryRun: true }).next).toBe(span);
});

test('takes no attributes from a prototype', () => {
  const attributes = Object.assign(Object.create({ inherited: secret }) as object, { a: secret, b: 1 });
  expect(through({ ...buildSpan(), attributes }).next?.attributes).toEqual({ a: '[REDACTED]', b: 1 });
});

test('survives a delegate that throws', () => {
  const stage = new RedactionSpanProcessor({
    delegate: { onStart: fail, onEnding: fail, onEnd: fail, forceFlush: fail, shutdown: fail },
  });
  const span = new TracerProvider({ spanProcessors: [stage] }).getTracer('test').startSpan('s');
  expect(() => span.end()).not.toThrow();
  expect(stage.stats().failures).toEqual({ 'delegate.onStart': 1, 'delegate.onEnding': 1, 'delegate.onEnd': 1 });
});

test.each<[string, NonNullable<RedactionSpanProcessorOptions['rules']>[number]]>([
  ['validator', { name: 'word', pattern: /kiwi/, validate: fail }],
  ['replacement', { name: 'word', pattern: /kiwi/, replacement: fail }],
  ['replacement of a field', { name: 'word', fields: ['fruit'], replacement: fail }],
])('masks the whole value when a %s throws, and the span goes on', (_what, rule) => {
  const exporter = new InMemorySpanExporter();
  const stage = new RedactionSpanProcessor({ rules: [rule], delegate: new SimpleSpanProcessor({ exporter }) });
  const span = new TracerProvider({ spanProcessors: [stage] }).getTracer('test').startSpan('s');
  span.setAttributes({ fruit: 'a kiwi and more', number: 1 });
  span.end();
  expect(exporter.getFinishedSpans().map(({ attributes }) => attributes)).toEqual([{ fruit: '[REDACTED]', number: 1 }]);
  expect(stage.stats().maskedWhole.error).toBe(1);
});
