import {
  createAlwaysRecordSampler,
  AlwaysOffSampler,
  ParentBasedSampler,
  AlwaysOnSampler,
} from '@opentelemetry/sdk-trace';
import { TraceFlags } from '@opentelemetry/api';
import { SampledProvider, remoteParent, traceIdAt, traceStateOf } from './sampled-provider.js';

describe('the order of decision', () => {
  test('keeps everything by default, and hands spans on as they end', () => {
    const app = new SampledProvider();
    const root = app.start('root');
    app.start('child', { parent: root }).end();
    expect(app.names()).toEqual(['child']);
    root.end();
    app.run('next');
    expect(app.names()).toEqual(['child', 'root', 'next']);
    expect(app.sampling.stats().spans).toMatchObject({ buffered: 0, kept: 3 });
  });

  test('drops all spans of a trace below the rate, and keeps all of one above', () => {
    const app = new SampledProvider({ rate: 0.25 });
    app.run('below', { traceId: traceIdAt(0.7), children: [{}, {}] });
    app.run('above', { traceId: traceIdAt(0.76), children: [{ name: 'a' }, { name: 'b' }] });
    expect(app.names()).toEqual(['a', 'b', 'above']);
    expect(app.sampling.stats().byReason.rate).toEqual({ kept: 1, dropped: 1 });
  });

  test('keeps a trace with an error at rate 0, whichever span failed', () => {
    const app = new SampledProvider({ rate: 0 });
    app.run('fine', { children: [{}] });
    app.run('failed', { children: [{ name: 'a' }, { name: 'b', failed: true }, { name: 'c' }] });
    expect(app.names()).toEqual(['a', 'b', 'c', 'failed']);
    expect(app.one('failed').attributes).toMatchObject({
      'genspan.sampling.reason': 'error',
      'genspan.sampling.rate': 1,
      'genspan.trace.error_count': 1,
      'genspan.trace.span_count': 4,
    });
  });

  test('counts an exception event as an error', () => {
    const app = new SampledProvider({ rate: 0 });
    const root = app.start('root');
    root.recordException(new Error('handled'));
    root.end();
    expect(app.names()).toEqual(['root']);
  });

  test('lets errors follow the rate when keepErrors is off', () => {
    const app = new SampledProvider({ rate: 0, keepErrors: false });
    app.run('failed', { children: [{ failed: true }] });
    expect(app.names()).toEqual([]);
  });

  test('keeps slow traces only when asked, above the threshold and not at it', () => {
    const slow = (keepSlow: boolean, millis: number): string[] => {
      const app = new SampledProvider({ rate: 0, keepSlow, slowThresholdMillis: 100 });
      app.start('root', { startTime: 1000 }).end(1000 + millis);
      return app.names();
    };
    expect(slow(false, 101)).toEqual([]);
    expect(slow(true, 100)).toEqual([]);
    expect(slow(true, 101)).toEqual(['root']);
  });

  test('asks error, then slow, then the rules in order, then the rate', () => {
    const app = new SampledProvider({
      rate: 0,
      keepSlow: true,
      slowThresholdMillis: 100,
      rules: [
        { name: 'drop-health', rate: 0, matchNames: ['health*'] },
        { name: 'keep-all-gpt', models: ['gpt-*'] },
      ],
    });
    const attributes = { 'gen_ai.request.model': 'gpt-5' };
    app.run('health-failed', { attributes, children: [{ failed: true }] });
    app.start('health-slow', { attributes, startTime: 0 }).end(200);
    app.run('health', { attributes });
    app.run('chat', { attributes });
    app.run('other');
    expect(
      ['health-failed', 'health-slow', 'chat'].map((name) => app.one(name).attributes['genspan.sampling.reason']),
    ).toEqual(['error', 'slow', 'rule']);
    expect(app.one('chat').attributes['genspan.sampling.rule']).toBe('keep-all-gpt');
    expect(app.names()).not.toContain('health');
    expect(app.names()).not.toContain('other');
    expect(app.sampling.stats().byRule).toEqual({
      'drop-health': { kept: 0, dropped: 1 },
      'keep-all-gpt': { kept: 1, dropped: 0 },
    });
  });

  test('adds tokens and cost up over the whole trace', () => {
    const app = new SampledProvider({
      rate: 0,
      rules: [
        { name: 'big', minTotalTokens: 1000 },
        { name: 'dear', minCostUsd: 0.5 },
      ],
      costOf: (attributes) => (attributes['gen_ai.request.model'] === 'dear' ? 0.3 : undefined),
    });
    const call = (model: string, tokens: number) => ({
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': model,
        'gen_ai.usage.input_tokens': tokens,
      },
    });
    app.run('small', { children: [call('cheap', 400), call('cheap', 500)] });
    app.run('big', { children: [call('cheap', 500), call('cheap', 500)] });
    app.run('dear', { children: [call('dear', 1), call('dear', 1)] });
    expect(app.names().filter((name) => name !== 'child')).toEqual(['big', 'dear']);
    expect(app.one('big').attributes['genspan.trace.total_tokens']).toBe(1000);
    expect(app.one('big').attributes).not.toHaveProperty('genspan.trace.cost_usd');
    expect(app.one('dear').attributes['genspan.trace.cost_usd']).toBe(0.6);
  });
});

describe('the tracestate of kept spans', () => {
  test('tells the threshold of the rate, on every span', () => {
    const app = new SampledProvider({ rate: 0.25 });
    app.run('root', { traceId: traceIdAt(0.9), children: [{ name: 'child' }] });
    expect(app.exported().map(traceStateOf)).toEqual(['ot=th:c', 'ot=th:c']);
  });

  test('tells th:0 where everything is kept, and for errors', () => {
    const app = new SampledProvider({ rate: 0.25 });
    app.run('failed', { traceId: traceIdAt(0.1), children: [{ failed: true }] });
    expect(app.exported().map(traceStateOf)).toEqual(['ot=th:0', 'ot=th:0']);
  });

  test('never lowers the threshold of the caller, and keeps its randomness and the members of others', () => {
    const app = new SampledProvider({ rate: 0.25 });
    const parent = remoteParent(traceIdAt(0), 'vendor=x:1,ot=th:e;rv:f0000000000000;x:1,other=2');
    app.start('strict', { parent }).end();
    app.start('lax', { parent: remoteParent(traceIdAt(0.9), 'ot=th:8') }).end();
    expect(traceStateOf(app.one('strict'))).toBe('ot=th:e;rv:f0000000000000;x:1,vendor=x:1,other=2');
    expect(traceStateOf(app.one('lax'))).toBe('ot=th:c');
  });

  test('takes the randomness of the caller instead of the trace id', () => {
    const app = new SampledProvider({ rate: 0.5 });
    app.start('kept', { parent: remoteParent(traceIdAt(0.1), 'ot=rv:80000000000000') }).end();
    app.start('dropped', { parent: remoteParent(traceIdAt(0.9), 'ot=rv:7fffffffffffff') }).end();
    expect(app.names()).toEqual(['kept']);
  });

  test('leaves the span that other processors hold as it was', () => {
    const app = new SampledProvider({ rate: 1 });
    const root = app.run('root');
    expect(root.spanContext().traceState).toBeUndefined();
    expect((root as unknown as { attributes: object }).attributes).toEqual({});
  });
});

describe('late spans', () => {
  test('follow a trace that was kept, with the same threshold', () => {
    const app = new SampledProvider({ rate: 0.25 });
    const root = app.start('root', { traceId: traceIdAt(0.9) });
    const child = app.start('child', { parent: root });
    root.end();
    child.end();
    app.start('started later', { parent: root }).end();
    expect(app.exported().map((span) => [span.name, traceStateOf(span)])).toEqual([
      ['root', 'ot=th:c'],
      ['child', 'ot=th:c'],
      ['started later', 'ot=th:c'],
    ]);
    expect(app.sampling.stats()).toMatchObject({
      traces: { started: 1, kept: 1, waiting: 0 },
      spans: { late: { kept: 2, dropped: 0, droppedErrors: 0 } },
    });
  });

  test('follow a trace that was dropped, also when they failed, and are counted', () => {
    const app = new SampledProvider({ rate: 0.25 });
    const root = app.start('root', { traceId: traceIdAt(0.1) });
    const child = app.start('child', { parent: root });
    root.end();
    child.setStatus({ code: 2 });
    child.end();
    expect(app.names()).toEqual([]);
    expect(app.sampling.stats().spans).toMatchObject({ dropped: 2, late: { dropped: 1, droppedErrors: 1 } });
  });

  test('are judged by themselves once the decision is forgotten', () => {
    const app = new SampledProvider({ rate: 0, maxTraces: 1 });
    const root = app.start('root');
    const child = app.start('child', { parent: root });
    root.end();
    app.run('next');
    child.setStatus({ code: 2 });
    child.end();
    expect(app.names()).toEqual(['child']);
  });
});

describe('several local roots of one trace', () => {
  const parent = remoteParent(traceIdAt(0.1));

  test('are decided together when they overlap', () => {
    const app = new SampledProvider({ rate: 0.25 });
    const first = app.start('first', { parent });
    const second = app.start('second', { parent });
    first.end();
    expect(app.sampling.stats().traces).toMatchObject({ started: 1, waiting: 1 });
    second.setStatus({ code: 2 });
    second.end();
    expect(app.names()).toEqual(['first', 'second']);
    expect(app.exported().map((span) => span.attributes['genspan.trace.span_count'])).toEqual([2, 2]);
  });

  test('keep the later one for its own error when the earlier one was dropped', () => {
    const app = new SampledProvider({ rate: 0.25 });
    app.start('first', { parent }).end();
    const second = app.start('second', { parent });
    app.start('call', { parent: second }).end();
    second.setStatus({ code: 2 });
    second.end();
    expect(app.names()).toEqual(['call', 'second']);
    expect(app.sampling.stats().traces).toMatchObject({ started: 2, kept: 1, dropped: 1, waiting: 0 });
  });

  test('drop the later one as the earlier one when nothing is the matter', () => {
    const app = new SampledProvider({ rate: 0.25 });
    app.start('first', { parent }).end();
    app.start('second', { parent }).end();
    expect(app.names()).toEqual([]);
  });

  test('keep all that come after one that was kept', () => {
    const app = new SampledProvider({ rate: 0.25 });
    const first = app.start('first', { parent });
    first.setStatus({ code: 2 });
    first.end();
    app.start('second', { parent }).end();
    expect(app.names()).toEqual(['first', 'second']);
    expect(app.exported().map(traceStateOf)).toEqual(['ot=th:0', 'ot=th:0']);
    expect(app.sampling.stats().traces).toMatchObject({ started: 1, kept: 1 });
  });

  test('count the tokens of all of them, and the time of each by itself', () => {
    const app = new SampledProvider({
      rate: 0,
      keepSlow: true,
      slowThresholdMillis: 1000,
      rules: [{ name: 'big', minTotalTokens: 100 }],
    });
    const attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_tokens': 60 };
    app.start('first', { parent, startTime: 0, attributes }).end(500);
    app.start('far', { parent, startTime: 60_000 }).end(60_500);
    expect(app.names()).toEqual([]);
    app.start('second', { parent, startTime: 90_000, attributes }).end(90_500);
    expect(app.names()).toEqual(['second']);
    expect(app.one('second').attributes['genspan.sampling.rule']).toBe('big');
  });
});

describe('a parent that this process never saw', () => {
  test('makes its child a local root when the context says nothing of another process', () => {
    const app = new SampledProvider({ rate: 0.25 });
    const { isRemote: _, ...unmarked } = remoteParent(traceIdAt(0.9));
    const root = app.start('restored', { parent: unmarked });
    app.start('child', { parent: root }).end();
    expect(app.names()).toEqual([]);
    root.end();
    expect(app.names()).toEqual(['child', 'restored']);
    expect(app.one('restored').attributes['genspan.sampling.reason']).toBe('rate');
  });
});

describe('unsampled spans', () => {
  const sampler = createAlwaysRecordSampler(new ParentBasedSampler({ root: new AlwaysOnSampler() }));
  const parent = remoteParent(traceIdAt(0.9), undefined, TraceFlags.NONE);

  test('are passed over by default', () => {
    const app = new SampledProvider({ rate: 1 }, sampler);
    const root = app.start('root', { parent });
    root.setStatus({ code: 2 });
    root.end();
    expect(app.names()).toEqual([]);
    expect(app.sampling.stats().spans).toMatchObject({ unsampled: 1, kept: 0, buffered: 0, open: 0 });
  });

  test('with recordUnsampled are kept and marked sampled when the trace failed, by a chance that nobody knows', () => {
    const app = new SampledProvider({ rate: 1, recordUnsampled: true }, sampler);
    const root = app.start('root', { parent });
    app.start('child', { parent: root }).end();
    root.setStatus({ code: 2 });
    root.end();
    expect(app.names()).toEqual(['child', 'root']);
    expect(app.exported().map((span) => span.spanContext().traceFlags)).toEqual([1, 1]);
    expect(app.exported().map(traceStateOf)).toEqual(['', '']);
    expect(app.one('root').attributes).not.toHaveProperty('genspan.sampling.rate');
  });

  test('with recordUnsampled are never kept for the rate alone, but for a rule', () => {
    const app = new SampledProvider(
      { rate: 1, recordUnsampled: true, rules: [{ name: 'pay', matchNames: ['pay'] }] },
      createAlwaysRecordSampler(new AlwaysOffSampler()),
    );
    app.run('other');
    app.run('pay');
    expect(app.names()).toEqual(['pay']);
  });
});
