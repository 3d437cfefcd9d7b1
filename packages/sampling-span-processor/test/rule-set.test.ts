import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { Attributes, HrTime } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { buildSpan } from '@genspan/test-utils';
import fc from 'fast-check';
import { parseRules } from '../src/parse-rules.js';
import { RuleSet } from '../src/rule-set.js';
import type { RuleSetOptions, SpanFacts } from '../src/rule-set.js';
import type { SamplingRule } from '../src/sampling-rule.js';
import type { TraceSummary } from '../src/trace-summary.js';

function ruleSetOf(rules: readonly SamplingRule[], options: Omit<RuleSetOptions, 'rules'> = {}): RuleSet {
  return new RuleSet({ rules: parseRules('rules', rules, 'spanEnd'), ...options });
}

function namesOfHolding(ruleSet: RuleSet, summary: TraceSummary): string[] {
  return ruleSet.rules.filter((rule) => rule.holds(summary)).map(({ name }) => name);
}

test('judges a trace of the SDK by its spans together', () => {
  const ruleSet = ruleSetOf([
    { name: 'failed tool', toolErrors: true },
    { name: 'expensive', minTotalTokens: 1000 },
    { name: 'more expensive', minTotalTokens: 1001 },
    { name: 'filtered', finishReasons: ['content_filter'] },
    { name: 'checkout', matchNames: ['POST /checkout'], matchNamesIn: 'localRoot', kinds: ['SERVER'] },
    { name: 'slow', minDurationMillis: 2500 },
    { name: 'debugged', matchTags: ['debug'] },
    { name: 'everything else', not: { operations: ['chat'] } },
  ]);
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const tracer = provider.getTracer('test');
  const root = tracer.startSpan('POST /checkout', { kind: SpanKind.SERVER, startTime: new Date(1_000) });
  root.setAttribute('genspan.tags', ['debug']);
  for (const reason of ['tool_call', 'content_filter']) {
    const call = tracer.startSpan('chat gpt-4o', {
      kind: SpanKind.CLIENT,
      attributes: { 'gen_ai.operation.name': 'chat' },
      startTime: new Date(1_100),
    });
    call.setAttribute('gen_ai.response.finish_reasons', [reason]);
    call.setAttributes({ 'gen_ai.usage.input_tokens': 450, 'gen_ai.usage.output_tokens': 50 });
    call.end(new Date(2_000));
  }
  const tool = tracer.startSpan('execute_tool', {
    attributes: { 'gen_ai.operation.name': 'execute_tool' },
    startTime: new Date(2_000),
  });
  tool.recordException(new Error('out of stock'));
  tool.end(new Date(2_100));
  root.end(new Date(3_500));
  const summary = ruleSet.newSummary();
  for (const span of exporter.getFinishedSpans()) {
    ruleSet.observe(summary, span, span.parentSpanContext === undefined && span.kind === SpanKind.SERVER);
  }
  expect(namesOfHolding(ruleSet, summary)).toEqual([
    'failed tool',
    'expensive',
    'filtered',
    'checkout',
    'slow',
    'debugged',
  ]);
  expect(summary).toMatchObject({
    spanCount: 4,
    errorCount: 1,
    totalTokens: 1000,
    costUsd: undefined,
    durationMillis: 2500,
  });
});

test('keeps what a rule says beside its conditions', () => {
  const [rule] = ruleSetOf([
    { name: 'a', rate: 0.5, maxTracesPerSecond: 3, adaptive: { targetTracesPerSecond: 1 } },
  ]).rules;
  expect(rule).toMatchObject({
    name: 'a',
    rate: 0.5,
    maxTracesPerSecond: 3,
    adaptive: { targetTracesPerSecond: 1, minRate: 0 },
    conditions: {},
  });
});

test('keeps the marks of more conditions apart than a number has bits', () => {
  const wanted = [0, 30, 31, 61, 62, 99];
  const ruleSet = ruleSetOf(
    Array.from({ length: 100 }, (_, index) => ({ name: `r${index}`, matchNames: [`n${index}`] })),
  );
  const summary = ruleSet.newSummary();
  for (const index of wanted) ruleSet.observe(summary, buildSpan({ name: `n${index}` }), true);
  expect(namesOfHolding(ruleSet, summary)).toEqual(wanted.map((index) => `r${index}`));
});

test('keeps summaries apart', () => {
  const ruleSet = ruleSetOf([{ name: 'a', matchNames: ['a'] }]);
  const [one, other] = [ruleSet.newSummary(), ruleSet.newSummary()];
  ruleSet.observe(one, buildSpan({ name: 'a', attributes: { 'gen_ai.usage.input_tokens': 1 } }), true);
  expect(namesOfHolding(ruleSet, other)).toEqual([]);
  expect(other).toMatchObject({ spanCount: 0, inputTokens: undefined });
});

test('asks no more of later spans once a span has satisfied a condition', () => {
  const ruleSet = ruleSetOf([{ name: 'tenant', attributes: { tenant: { equals: 'acme' } } }]);
  const summary = ruleSet.newSummary();
  ruleSet.observe(summary, buildSpan({ attributes: { tenant: 'acme' } }), true);
  let reads = 0;
  const attributes = Object.defineProperty({}, 'tenant', { enumerable: true, get: () => (reads += 1) }) as Attributes;
  ruleSet.observe(summary, { ...buildSpan(), attributes }, true);
  expect(reads).toBe(0);
  ruleSet.observe(ruleSet.newSummary(), { ...buildSpan(), attributes }, true);
  expect(reads).toBe(1);
});

test('takes in tags that come from elsewhere, for the conditions on tags alone', () => {
  const ruleSet = ruleSetOf([
    { name: 'debugged', matchTags: ['debug'] },
    { name: 'not internal', not: { matchTags: ['internal'] } },
    { name: 'name', matchNames: ['debug'] },
  ]);
  const summary = ruleSet.newSummary();
  ruleSet.observeTags(summary, []);
  expect(namesOfHolding(ruleSet, summary)).toEqual(['not internal']);
  ruleSet.observeTags(summary, ['x', 'debug']);
  expect(namesOfHolding(ruleSet, summary)).toEqual(['debugged', 'not internal']);
  ruleSet.observeTags(summary, ['internal']);
  expect(namesOfHolding(ruleSet, summary)).toEqual(['debugged']);
  expect(summary.spanCount).toBe(0);
});

test('wants tags only for a condition on tags, wherever it is', () => {
  expect(ruleSetOf([{ name: 'a', matchNames: ['a'] }]).wantsTags).toBe(false);
  expect(ruleSetOf([{ name: 'a', matchTags: ['a'] }]).wantsTags).toBe(true);
  expect(ruleSetOf([{ name: 'a', not: { not: { matchTags: ['a'] } } }]).wantsTags).toBe(true);
});

test('judges a span that has only started', () => {
  const ruleSet = new RuleSet({
    rules: parseRules(
      'rules',
      [
        { name: 'o1', models: ['o1*'] },
        { name: 'health', matchNames: ['GET /health'] },
      ],
      'spanStart',
    ),
  });
  const summary = ruleSet.newSummary();
  ruleSet.observe(
    summary,
    { name: 'chat o1', kind: SpanKind.CLIENT, attributes: { 'gen_ai.request.model': 'o1' } },
    true,
  );
  expect(namesOfHolding(ruleSet, summary)).toEqual(['o1']);
  expect(summary).toMatchObject({ spanCount: 1, errorCount: 0, durationMillis: 0 });
});

test('hands on what `costOf` throws', () => {
  const failures: unknown[][] = [];
  const error = new Error('no price');
  const costOf = (): never => {
    throw error;
  };
  const ruleSet = ruleSetOf([], { costOf, onFailure: (...failure) => failures.push(failure) });
  const summary = ruleSet.newSummary();
  ruleSet.observe(summary, buildSpan({ attributes: { 'gen_ai.operation.name': 'chat' } }), true);
  expect(failures).toEqual([['costOf', error]]);
  expect(summary).toMatchObject({ spanCount: 1, costUsd: undefined });
});

test('throws what reading a span throws, for the caller to keep the trace', () => {
  const ruleSet = ruleSetOf([]);
  const attributes = new Proxy<Attributes>(
    {},
    {
      get() {
        throw new Error('revoked');
      },
    },
  );
  expect(() => ruleSet.observe(ruleSet.newSummary(), { ...buildSpan(), attributes }, true)).toThrow('revoked');
});

/** A rule for every condition, and some that differ at the edges. */
const RULES: SamplingRule[] = [
  { name: 'error', matchError: true },
  { name: 'names', matchNames: ['a*'] },
  { name: 'root', matchNames: ['b'], matchNamesIn: 'localRoot' },
  { name: 'tags', matchTags: ['a'] },
  { name: 'kinds', kinds: ['CLIENT'] },
  { name: 'duration', minDurationMillis: 1.5 },
  { name: 'total', minTotalTokens: 10 },
  { name: 'input', minInputTokens: 5 },
  { name: 'output', minOutputTokens: 5 },
  { name: 'cost', minCostUsd: 0.3 },
  { name: 'models', models: ['?'] },
  { name: 'providers', providers: ['a'] },
  { name: 'operations', operations: ['chat'] },
  { name: 'reasons', finishReasons: ['a'] },
  { name: 'tools', toolErrors: true },
  { name: 'first chunk', minTimeToFirstChunkMillis: 300 },
  { name: 'spans', minSpans: 3 },
  { name: 'attributes', attributes: { tenant: { regex: 'a' }, tier: { range: { min: 0.1 } } } },
  { name: 'absent', attributes: { tenant: { exists: false } } },
  { name: 'not', not: { matchNames: ['a*'], minSpans: 2 } },
];
const KEYS = [
  'gen_ai.operation.name',
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.output_tokens',
  'gen_ai.usage.prompt_tokens',
  'gen_ai.usage.completion_tokens',
  'genspan.usage.cost_usd',
  'gen_ai.request.model',
  'gen_ai.response.model',
  'gen_ai.provider.name',
  'gen_ai.system',
  'gen_ai.response.finish_reasons',
  'gen_ai.response.time_to_first_chunk',
  'genspan.tags',
  'langfuse.trace.tags',
  'tenant',
  'tier',
];
const value = fc.oneof(
  fc.constantFrom<unknown>('chat', 'invoke_agent', 'execute_tool', 'a', '["a"]', '["a', ['a'], null, undefined, -0),
  fc.nat(10),
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom(0.1, 0.2, 0.3),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withTypedArray: true }),
);
const time = fc.tuple(fc.oneof(fc.nat(3), fc.double()), fc.oneof(fc.nat(999_999_999), fc.double()));
const span: fc.Arbitrary<SpanFacts> = fc.record({
  name: fc.constantFrom('a', 'ab', 'b'),
  kind: fc.constantFrom(SpanKind.INTERNAL, SpanKind.CLIENT),
  attributes: fc.dictionary(fc.constantFrom(...KEYS), value) as fc.Arbitrary<Attributes>,
  status: fc.constantFrom({ code: SpanStatusCode.UNSET }, { code: SpanStatusCode.ERROR }),
  events: fc.constantFrom([], [{ name: 'exception', time: [0, 0] as HrTime }]),
  startTime: time,
  endTime: time,
});

test('comes to the same summary and the same answers whatever the order of the spans, and whatever is in them', () => {
  const ruleSet = ruleSetOf(RULES);
  const held = new Set<string>();
  const inTwoOrders = fc
    .array(fc.tuple(span, fc.boolean()), { maxLength: 6 })
    .chain((spans) => fc.tuple(fc.constant(spans), fc.shuffledSubarray(spans, { minLength: spans.length })));
  fc.assert(
    fc.property(inTwoOrders, (orders) => {
      const [one, other] = orders.map((spans) => {
        const summary = ruleSet.newSummary();
        for (const [facts, isLocalRoot] of spans) ruleSet.observe(summary, facts, isLocalRoot);
        const { spanCount, errorCount, inputTokens, outputTokens, totalTokens, costUsd, durationMillis } = summary;
        const holding = namesOfHolding(ruleSet, summary);
        for (const name of holding) held.add(name);
        return { spanCount, errorCount, inputTokens, outputTokens, totalTokens, costUsd, durationMillis, holding };
      });
      expect(other).toEqual(one);
      for (const total of [one?.inputTokens, one?.outputTokens, one?.costUsd])
        expect(total ?? 0).toBeGreaterThanOrEqual(0);
      expect(one?.durationMillis).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 3000 },
  );
  expect([...held].toSorted()).toEqual(RULES.map(({ name }) => name).toSorted());
});
