import { ROOT_CONTEXT, SpanStatusCode } from '@opentelemetry/api';
import {
  BatchSpanProcessor,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { ReadableSpanLike, SpanLike, SpanProcessorLike } from '@genspan/span-processor-base';
import { buildSpan } from '@genspan/test-utils';
import { Redactor, RedactionSpanProcessor } from '../src/index.js';
import type { RedactionSpanProcessorOptions } from '../src/index.js';

/** A next step that keeps what it gets. */
function collector() {
  const ended: ReadableSpanLike[] = [];
  const delegate: SpanProcessorLike = {
    onStart: () => undefined,
    onEnd: (span) => void ended.push(span),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  return { ended, delegate };
}

/** What the delegate gets of one span. */
function through(span: ReadableSpanLike, options: Omit<RedactionSpanProcessorOptions, 'delegate'> = {}) {
  const { ended, delegate } = collector();
  const stage = new RedactionSpanProcessor({ ...options, delegate });
  stage.onEnd(span);
  const [next] = ended;
  if (ended.length !== 1 || next === undefined) throw new Error(`${ended.length} spans`);
  return { next, stage };
}

const secret = 'ann@example.com';

describe('with a delegate', () => {
  it('hands on the very span when nothing is found', () => {
    const span = buildSpan({ attributes: { a: 'b', nan: NaN }, events: [{ name: 'e' }] });
    expect(through(span).next).toBe(span);
  });

  it('shares what it does not change, and leaves the span as it was', () => {
    const span = buildSpan({
      name: 'chat',
      attributes: { before: 1, [`to ${secret}`]: 'x', after: [true, false] },
      events: [{ name: 'plain' }, { name: 'e', attributes: { m: secret, n: 1 } }],
      links: [{ context: buildSpan().spanContext(), attributes: { l: 1 } }],
    });
    const { links, resource, instrumentationScope } = span;
    const original = structuredClone({ ...span, spanContext: undefined, resource: undefined });
    const { next } = through(span);
    expect(next).not.toBe(span);
    expect(Object.entries(next.attributes)).toEqual([
      ['before', 1],
      ['to [REDACTED]', 'x'],
      ['after', [true, false]],
    ]);
    expect(next.events).toEqual([
      { time: span.startTime, name: 'plain' },
      { time: span.startTime, name: 'e', attributes: { m: '[REDACTED]', n: 1 } },
    ]);
    expect(next).toMatchObject({ name: 'chat', startTime: span.startTime, duration: span.duration });
    expect([next.links, next.resource, next.instrumentationScope]).toEqual([links, resource, instrumentationScope]);
    expect(next.resource).toBe(resource);
    expect(structuredClone({ ...span, spanContext: undefined, resource: undefined })).toEqual(original);
  });

  it('keeps two attributes whose keys are the same once redacted', () => {
    const { next } = through(
      buildSpan({ attributes: { [`a/${secret}`]: 1, 'a/bob@example.com': 2, 'a/[REDACTED]': 3 } }),
    );
    expect(next.attributes).toEqual({ 'a/[REDACTED]': 1, 'a/[REDACTED].2': 2, 'a/[REDACTED].3': 3 });
  });

  it('redacts what it redacted only once', () => {
    const { next } = through(
      buildSpan({ name: secret, attributes: { a: secret }, status: { code: 2, message: secret } }),
    );
    expect(next).toMatchObject({ name: '[REDACTED]', status: { code: 2, message: '[REDACTED]' } });
    expect(through(next).next).toBe(next);
  });

  it('redacts spans that are recorded but not sampled, which a later stage may keep', () => {
    expect(through(buildSpan({ traceFlags: 0, name: secret })).next.name).toBe('[REDACTED]');
  });

  it('tells the delegate of starts, flushes and the end', async () => {
    const calls: string[] = [];
    const stage = new RedactionSpanProcessor({
      delegate: {
        onStart: () => void calls.push('onStart'),
        onEnding: () => void calls.push('onEnding'),
        onEnd: () => void calls.push('onEnd'),
        forceFlush: async () => void calls.push('forceFlush'),
        shutdown: async () => void calls.push('shutdown'),
      },
    });
    const provider = new TracerProvider({ spanProcessors: [stage] });
    provider.getTracer('test').startSpan('s').end();
    await provider.forceFlush();
    await provider.shutdown();
    expect(calls).toEqual(['onStart', 'onEnding', 'onEnd', 'forceFlush', 'shutdown']);
  });

  it('works in front of a batch', async () => {
    const exporter = new InMemorySpanExporter();
    const stage = new RedactionSpanProcessor({ delegate: new BatchSpanProcessor({ exporter }) });
    const provider = new TracerProvider({ spanProcessors: [stage] });
    provider.getTracer('test').startSpan(secret).end();
    await provider.forceFlush();
    expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['[REDACTED]']);
    await provider.shutdown();
  });
});

describe('a dry run', () => {
  const options = { dryRun: true };

  it('marks the span with the matches in all of it, and changes nothing else', () => {
    const span = buildSpan({
      name: secret,
      attributes: { a: `${secret} and bob@example.com` },
      events: [{ name: secret, attributes: { m: secret } }],
      status: { code: 2, message: secret },
    });
    const { next, stage } = through(span, options);
    expect(next.attributes).toEqual({ ...span.attributes, 'genspan.redaction.email': 6 });
    expect(next).toMatchObject({ name: secret, events: span.events, status: span.status });
    expect(stage.stats().matches['email']).toEqual({
      'span.name': 1,
      'span.attribute': 2,
      'event.name': 1,
      'event.attribute': 1,
      'span.status': 1,
    });
    expect(span.attributes).not.toHaveProperty('genspan.redaction.email');
  });

  it('hands on the very span when nothing is found, whatever the one before had', () => {
    const { ended, delegate } = collector();
    const stage = new RedactionSpanProcessor({ ...options, delegate });
    const clean = buildSpan({ name: 'clean' });
    stage.onEnd(buildSpan({ name: secret }));
    stage.onEnd(clean);
    expect(ended[1]).toBe(clean);
  });
});

describe('options', () => {
  it('take a redactor, which counts for all that share it', () => {
    const redactor = new Redactor();
    const [first, second] = [new RedactionSpanProcessor({ redactor }), new RedactionSpanProcessor({ redactor })];
    expect([first.redactor, second.redactor]).toEqual([redactor, redactor]);
    const span = buildSpan({ name: secret });
    first.onEnding(span as unknown as SpanLike);
    expect(second.stats()).toMatchObject({ spans: 1, matches: { email: { 'span.name': 1 } } });
  });

  it.each<[unknown, string]>([
    [
      { delegate: {} },
      'Expected `delegate` to be a span processor (onStart, onEnd, forceFlush, shutdown), got an object',
    ],
    [{ redactor: {} }, 'Expected `redactor` to be a Redactor, got an object'],
    [{ redactor: new Redactor(), mode: 'hash' }, 'Expected `mode` to be given to the `redactor`, got `"hash"`'],
    [{ mode: 'erase' }, 'Expected `mode` to be one of `mask`, `hash`, `remove`, `partial`, got `"erase"`'],
    [{ delegat: 1 }, 'to have only `mode`'],
    [null, 'Expected `options` to be an object, got `null`'],
  ])('are checked: %j', (options, message) => {
    expect(() => new RedactionSpanProcessor(options as RedactionSpanProcessorOptions)).toThrow(message);
  });
});

test('counts time for each span', () => {
  const { stage } = through(buildSpan({ name: secret }));
  expect(stage.stats().timeMillis).toBeGreaterThan(0);
  expect(stage.stats()).toMatchObject({ spans: 1, logRecords: 0, failures: {}, droppedByFailure: 0 });
});

test('redacts what an exporter of the SDK gets, but not what siblings get', () => {
  const [exporter, sibling] = [new InMemorySpanExporter(), new InMemorySpanExporter()];
  const provider = new TracerProvider({
    spanProcessors: [
      new RedactionSpanProcessor({ delegate: new SimpleSpanProcessor({ exporter }) }),
      new SimpleSpanProcessor({ exporter: sibling }),
    ],
  });
  const span = provider.getTracer('test').startSpan('s', { attributes: { a: secret } }, ROOT_CONTEXT);
  span.setStatus({ code: SpanStatusCode.ERROR, message: secret });
  span.end();
  const read = ({ attributes, status }: ReadableSpan) => [attributes['a'], status.message];
  expect(exporter.getFinishedSpans().map(read)).toEqual([['[REDACTED]', '[REDACTED]']]);
  expect(sibling.getFinishedSpans().map(read)).toEqual([[secret, secret]]);
});
