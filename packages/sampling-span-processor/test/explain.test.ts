import { SampledProvider, traceIdAt } from './sampled-provider.js';

const options = {
  rate: 0.25,
  rules: [
    { name: 'big', minTotalTokens: 1000, models: ['gpt-*'] },
    { name: 'unhealthy', not: { matchNames: ['health'] }, rate: 0.5 },
  ],
};

test('tells which conditions held, for a trace that was kept', () => {
  const app = new SampledProvider(options);
  app.run('chat', {
    traceId: traceIdAt(0.75),
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-5', 'gen_ai.usage.input_tokens': 999 },
  });
  expect(app.sampling.explain(traceIdAt(0.75))).toEqual({
    traceId: traceIdAt(0.75),
    decision: 'kept',
    reason: 'rule',
    rule: 'unhealthy',
    rate: 0.5,
    threshold: '80000000000000',
    randomness: 'c0000000000000',
    limited: false,
    totals: { spans: 1, errors: 0, durationMillis: expect.any(Number) as number, inputTokens: 999 },
    rules: [
      {
        rule: 'big',
        held: false,
        conditions: [
          { condition: 'minTotalTokens', held: false },
          { condition: 'models', held: true },
        ],
      },
      {
        rule: 'unhealthy',
        held: true,
        conditions: [{ condition: 'not', held: true, not: [{ condition: 'matchNames', held: false }] }],
      },
    ],
  });
});

test('tells of a trace that was dropped, and what would decide about one in flight', () => {
  const app = new SampledProvider(options);
  app.run('health', { traceId: traceIdAt(0.7) });
  expect(app.sampling.explain(traceIdAt(0.7))).toMatchObject({ decision: 'dropped', reason: 'rate', rate: 0.25 });
  const root = app.start('chat', { traceId: traceIdAt(0.3) });
  expect(app.sampling.explain(traceIdAt(0.3))).toMatchObject({ decision: 'waiting', reason: 'rule', rate: 0.5 });
  root.end();
  expect(app.sampling.explain(traceIdAt(0.3))).toMatchObject({ decision: 'dropped', reason: 'rule' });
});

test('says that a limit decided', () => {
  jest.useFakeTimers();
  const app = new SampledProvider({ maxTracesPerSecond: 1 });
  app.run('low', { traceId: traceIdAt(0.25) });
  app.run('high', { traceId: traceIdAt(0.5) });
  jest.advanceTimersByTime(1000);
  jest.useRealTimers();
  expect(app.sampling.explain(traceIdAt(0.25))).toMatchObject({ decision: 'dropped', limited: true });
  expect(app.sampling.explain(traceIdAt(0.5))).toMatchObject({
    decision: 'kept',
    limited: true,
    rate: expect.closeTo(0.75) as number,
  });
});

test('knows nothing of a trace that it does not remember', () => {
  const app = new SampledProvider({ maxTraces: 1 });
  app.run('first', { traceId: traceIdAt(0.1) });
  app.run('second', { traceId: traceIdAt(0.2) });
  expect(app.sampling.explain(traceIdAt(0.1))).toBeUndefined();
  expect(app.sampling.explain(traceIdAt(0.2))).toMatchObject({ decision: 'kept' });
});
