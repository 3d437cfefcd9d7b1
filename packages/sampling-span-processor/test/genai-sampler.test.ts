import { diag, DiagLogLevel, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { createAlwaysRecordSampler } from '@opentelemetry/sdk-trace';
import { setGenAIContext } from '@genspan/genai-context';
import { randomnessOfConversation } from '../src/conversation-randomness.js';
import { GenAISampler } from '../src/genai-sampler.js';
import { evenTraceId, isSampled, received, SampledService, sent, traceStateOf } from './sampled-tracing.js';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const FLAGS = { sampled: '01', unsampled: '00' };
const parent = (flags: string, traceState: string) =>
  received({ traceparent: `00-${TRACE_ID}-b7ad6b7169203331-${flags}`, tracestate: traceState });

describe('a trace that starts here', () => {
  test('is kept by default, and says with what probability', () => {
    const service = new SampledService();
    const span = service.span('chat');
    expect([isSampled(span), traceStateOf(span)]).toEqual([true, 'ot=th:0']);
    expect(service.exported).toEqual(['chat']);
  });

  test('is kept iff its randomness reaches the threshold of the rate', () => {
    const service = new SampledService({ rate: 0.25 });
    for (let i = 0; i < 500; i++) {
      const span = service.span('chat');
      const kept = span.spanContext().traceId.slice(18) >= 'c0000000000000';
      expect([isSampled(span), traceStateOf(span)]).toEqual([kept, kept ? 'ot=th:c' : undefined]);
    }
    const { kept, dropped } = service.sampler.stats().traces;
    expect(kept + dropped).toBe(500);
    expect(service.exported).toHaveLength(kept);
  });

  test('is kept at rate 1 whatever an id generator gave it for an id', () => {
    const sampler = new GenAISampler();
    for (const traceId of ['', 'abc', 'F'.repeat(32), TRACE_ID.toUpperCase()]) {
      expect(sampler.shouldSample(ROOT_CONTEXT, traceId, 'chat', SpanKind.INTERNAL, {}).decision).toBe(2);
    }
  });

  test('is dropped at rate 0, without a record', () => {
    const service = new SampledService({ rate: 0 });
    const span = service.span('chat');
    expect([isSampled(span), span.isRecording(), service.ended]).toEqual([false, false, []]);
    expect(service.sampler.stats().traces).toEqual({ kept: 0, dropped: 1 });
  });

  test('is recorded though dropped when asked, and its children too', () => {
    const service = new SampledService({ rate: 0, recordUnsampled: true });
    const root = service.tracer.startSpan('chat', {}, ROOT_CONTEXT);
    service.span('tool', {}, trace.setSpan(ROOT_CONTEXT, root)).setStatus({ code: SpanStatusCode.ERROR });
    root.end();
    expect(service.ended.map((span) => [span.name, span.spanContext().traceFlags])).toEqual([
      ['tool', 0],
      ['chat', 0],
    ]);
    expect(service.exported).toEqual([]);
  });

  test('is one also where a root is asked for inside another trace', () => {
    const service = new SampledService({ rate: 0 });
    const span = service.span('job', { root: true }, parent(FLAGS.sampled, 'ot=th:0,vendor=1'));
    expect([isSampled(span), traceStateOf(span)]).toEqual([false, undefined]);
    expect(service.sampler.stats()).toMatchObject({ traces: { dropped: 1 }, children: { kept: 0 } });
  });

  test('is one also where the parent is not valid', () => {
    const service = new SampledService({ rate: 0 });
    const invalid = trace.setSpanContext(ROOT_CONTEXT, {
      traceId: '0'.repeat(32),
      spanId: '0'.repeat(16),
      traceFlags: 1,
    });
    expect(isSampled(service.span('chat', {}, invalid))).toBe(false);
    expect(service.sampler.stats().traces.dropped).toBe(1);
  });

  test('is not even asked about while tracing is suppressed', () => {
    const service = new SampledService();
    const span = service.span('chat', {}, suppressTracing(ROOT_CONTEXT));
    expect([isSampled(span), service.ended]).toEqual([false, []]);
    expect(service.sampler.stats().traces).toEqual({ kept: 0, dropped: 0 });
  });
});

describe('rules', () => {
  const rules = [
    { name: 'health', matchNames: ['GET /health*'], kinds: ['SERVER' as const], rate: 0 },
    { name: 'vip', matchTags: ['vip'] },
    { name: 'small', models: ['*-mini'], rate: 0 },
    { name: 'eu', attributes: { region: { equals: 'eu' } } },
  ];
  const vip = setGenAIContext(ROOT_CONTEXT, { tags: ['vip'] });
  const mini = { attributes: { 'gen_ai.request.model': 'gpt-5-mini' } };

  test.each([
    ['a name and a kind', 'GET /healthz', { kind: SpanKind.SERVER }, ROOT_CONTEXT, 'health', false],
    ['the name alone', 'GET /healthz', { kind: SpanKind.CLIENT }, ROOT_CONTEXT, undefined, false],
    ['a tag of the context', 'chat', {}, vip, 'vip', true],
    ['a model', 'chat', mini, ROOT_CONTEXT, 'small', false],
    ['the first of two that match', 'chat', mini, vip, 'vip', true],
    ['an attribute', 'chat', { attributes: { region: 'eu' } }, ROOT_CONTEXT, 'eu', true],
    ['nothing', 'chat', { attributes: { region: 'us' } }, ROOT_CONTEXT, undefined, false],
  ])('by %s', (_title, name, options, context, rule, kept) => {
    const service = new SampledService({ rate: 0, rules });
    expect(isSampled(service.span(name, options, context))).toBe(kept);
    const { traces, byRule } = service.sampler.stats();
    const count = { kept: kept ? 1 : 0, dropped: kept ? 0 : 1 };
    expect(traces).toEqual(count);
    expect(Object.entries(byRule).filter(([, { kept, dropped }]) => kept + dropped > 0)).toEqual(
      rule === undefined ? [] : [[rule, count]],
    );
  });

  test('give the threshold of their own rate', () => {
    const service = new SampledService({ rate: 0, rules: [{ name: 'half', matchNames: ['chat'], rate: 0.5 }] });
    const spans = Array.from({ length: 200 }, () => service.span('chat'));
    for (const span of spans) {
      const kept = span.spanContext().traceId.slice(18) >= '8';
      expect(traceStateOf(span)).toBe(kept ? 'ot=th:8' : undefined);
    }
    expect(spans.some(isSampled)).toBe(true);
  });

  test('decide about the first span of a trace only', () => {
    const service = new SampledService({ rules: [{ name: 'tools', matchNames: ['tool'], rate: 0 }] });
    const root = service.tracer.startSpan('chat', {}, ROOT_CONTEXT);
    expect(isSampled(service.span('tool', {}, trace.setSpan(ROOT_CONTEXT, root)))).toBe(true);
    expect(isSampled(service.span('tool'))).toBe(false);
  });
});

describe('a span with a parent', () => {
  test.each([
    ['sampled', { rate: 0 }, true, true],
    ['unsampled', { rate: 1 }, false, false],
    ['unsampled', { rate: 1, recordUnsampled: true }, false, true],
  ] as const)('that is remote and %s follows it, with %j', (flags, options, sampled, recorded) => {
    const service = new SampledService(options);
    const traceState = 'vendor=a:1,ot=rv:00000000000001;th:8;zz:keep,other=b';
    const span = service.tracer.startSpan('serve', {}, parent(FLAGS[flags], traceState));
    expect([isSampled(span), span.isRecording(), traceStateOf(span)]).toEqual([sampled, recorded, traceState]);
    expect(service.sampler.stats()).toMatchObject({
      traces: { kept: 0, dropped: 0 },
      children: sampled ? { kept: 1, dropped: 0 } : { kept: 0, dropped: 1 },
    });
  });

  test('gets the very tracestate of its parent, or none if that has none', () => {
    const sampler = new GenAISampler();
    const withState = parent(FLAGS.sampled, 'ot=th:8');
    const without = received({ traceparent: `00-${TRACE_ID}-b7ad6b7169203331-01` });
    const decide = (context: typeof withState) => sampler.shouldSample(context, TRACE_ID, 'x', SpanKind.INTERNAL, {});
    expect(decide(withState).traceState).toBe(trace.getSpanContext(withState)?.traceState);
    expect(decide(without)).toEqual({ decision: 2 });
  });

  test('follows it in a conversation, too, and does not touch its randomness', () => {
    const service = new SampledService({ randomness: 'conversation' });
    const options = { attributes: { 'gen_ai.conversation.id': 'c-1' } };
    const span = service.span('serve', options, parent(FLAGS.sampled, 'ot=th:8;rv:ffffffffffffff,vendor=1'));
    expect(traceStateOf(span)).toBe('ot=th:8;rv:ffffffffffffff,vendor=1');
  });

  test('follows it through three services, which all see what the first one said', () => {
    const services = [{ rate: 1 }, { rate: 0 }, { rate: 0.5 }].map((options) => new SampledService(options));
    let context = ROOT_CONTEXT;
    for (const service of services) {
      const span = service.span('serve', {}, context);
      expect([isSampled(span), sent(span)['tracestate']]).toEqual([true, 'ot=th:0']);
      context = received(sent(span));
    }
  });
});

describe('conversations', () => {
  const inConversation = (id: string) => ({ attributes: { 'gen_ai.conversation.id': id } });

  test('are kept or dropped as a whole: a thousand traces, one answer, in every service', () => {
    const services = [0.5, 0.5].map((rate) => new SampledService({ rate, randomness: 'conversation' }));
    const answers = ['c-1', 'c-2', 'c-3', 'c-4', 'c-5', 'c-6'].map((id) => {
      const kept = randomnessOfConversation(id) >= '8';
      const spans = services.flatMap((service) =>
        Array.from({ length: 500 }, () => service.span('chat', inConversation(id))),
      );
      expect(spans.filter(isSampled)).toHaveLength(kept ? 1000 : 0);
      return kept;
    });
    expect(new Set(answers).size).toBe(2);
  });

  test('tell their randomness to whoever comes next, kept or dropped', () => {
    const [kept, dropped] = [1, 0].map((rate) =>
      new SampledService({ rate, randomness: 'conversation' }).span('chat', inConversation('c-1')),
    ) as [Span, Span];
    const rv = randomnessOfConversation('c-1');
    expect(traceStateOf(kept)).toBe(`ot=th:0;rv:${rv}`);
    const headers = sent(dropped);
    expect(headers['tracestate']).toBe(`ot=rv:${rv}`);
    expect(headers['traceparent']).toMatch(/-00$/);
  });

  test('are known from the context as well', () => {
    const service = new SampledService({ randomness: 'conversation' });
    const context = setGenAIContext(ROOT_CONTEXT, { sessionId: 's-1' });
    expect(traceStateOf(service.span('chat', {}, context))).toBe(`ot=th:0;rv:${randomnessOfConversation('s-1')}`);
  });

  test('do not matter unless asked for, nor where there is no id', () => {
    const byTrace = new SampledService();
    const byConversation = new SampledService({ randomness: 'conversation' });
    expect(traceStateOf(byTrace.span('chat', inConversation('c-1')))).toBe('ot=th:0');
    expect(traceStateOf(byConversation.span('chat'))).toBe('ot=th:0');
  });
});

test('adaptive holds the target, what rules keep included', () => {
  jest.useFakeTimers({ now: 0 });
  try {
    const rules = [{ name: 'vip', matchNames: ['vip'] }];
    const sampler = new GenAISampler({ rules, adaptive: { targetTracesPerSecond: 50 } });
    let traces = 0;
    const run = (seconds: number) => {
      const before = sampler.stats().traces.kept;
      for (let i = 0; i < seconds * 1000; i++) {
        const name = i % 50 === 0 ? 'vip' : 'chat';
        sampler.shouldSample(ROOT_CONTEXT, evenTraceId(++traces), name, SpanKind.INTERNAL, {});
        jest.advanceTimersByTime(1);
      }
      return (sampler.stats().traces.kept - before) / seconds;
    };
    run(30);
    const keptPerSecond = run(20);
    expect(keptPerSecond).toBeGreaterThan(45);
    expect(keptPerSecond).toBeLessThan(55);
    expect(sampler.stats().byRule['vip']).toEqual({ kept: 50 * 20, dropped: 0 });
  } finally {
    jest.useRealTimers();
  }
});

describe('when something fails inside', () => {
  const warn = jest.fn();
  beforeEach(() => {
    const silent = () => {};
    diag.setLogger(
      { warn, error: silent, info: silent, debug: silent, verbose: silent },
      { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
    );
  });
  afterEach(() => diag.disable());

  test('the trace is kept without a threshold, counted, and said once without content', () => {
    const sampler = new GenAISampler({ rate: 0, rules: [{ name: 'mini', models: ['mini'], rate: 0 }] });
    const attributes = {
      get 'gen_ai.request.model'(): string {
        throw new RangeError('secret');
      },
    };
    for (let i = 0; i < 3; i++) {
      expect(sampler.shouldSample(ROOT_CONTEXT, TRACE_ID, 'chat', SpanKind.CLIENT, attributes)).toEqual({
        decision: 2,
      });
    }
    expect(sampler.stats()).toMatchObject({ traces: { kept: 0, dropped: 0 }, failures: { shouldSample: 3 } });
    expect(warn.mock.calls).toEqual([
      ['GenAISampler: shouldSample failed (RangeError); the span is kept. More of the same is only counted.'],
    ]);
  });

  test('a context that cannot be read keeps the span as well', () => {
    const sampler = new GenAISampler({ rate: 0 });
    const hostile = Object.create(null) as typeof ROOT_CONTEXT;
    expect(sampler.shouldSample(hostile, TRACE_ID, 'chat', SpanKind.CLIENT, {})).toEqual({ decision: 2 });
  });
});

test('works inside the always-record sampler of the SDK', () => {
  const service = new SampledService({ rate: 0 }, createAlwaysRecordSampler);
  expect(isSampled(service.span('chat'))).toBe(false);
  expect(service.ended.map(({ name }) => name)).toEqual(['chat']);
});

test('says in its text what it does', () => {
  const rules = [
    { name: 'health', matchNames: ['GET /health'], rate: 0 },
    { name: 'vip', matchTags: ['vip'] },
  ];
  expect(String(new GenAISampler())).toBe('GenAISampler{rate=1}');
  expect(String(new GenAISampler({ rate: 0.1, rules, recordUnsampled: true, randomness: 'conversation' }))).toBe(
    'GenAISampler{rate=0.1,rules=[health,vip],randomness=conversation,recordUnsampled}',
  );
});
