import { SpanKind } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import { buildSpan } from '@genspan/test-utils';
import { SpanUsageReader } from '../src/span-usage.js';
import type { CostOf } from '../src/span-usage.js';
import type { TraceUsage } from '../src/trace-usage.js';

type Usage = readonly [input: number | undefined, output: number | undefined, costUsd: number | undefined];

interface SpanUsage {
  readonly operation?: string;
  readonly kind?: SpanKind;
  readonly attributes?: object;
}

function usageOf(spans: readonly SpanUsage[], costOf?: CostOf, failures: unknown[][] = []): Usage {
  const reader = new SpanUsageReader(costOf, (...failure) => failures.push(failure));
  const totals: { usage: TraceUsage | undefined } = { usage: undefined };
  for (const { operation, kind = SpanKind.INTERNAL, attributes } of spans) {
    const named = operation === undefined ? {} : { 'gen_ai.operation.name': operation };
    reader.read(buildSpan({ kind, attributes: { ...named, ...attributes } }), totals);
  }
  return [totals.usage?.inputTokens, totals.usage?.outputTokens, totals.usage?.costUsd];
}

function tokens(input: unknown, output: unknown): object {
  return { 'gen_ai.usage.input_tokens': input, 'gen_ai.usage.output_tokens': output };
}

test.each<[string, object, Usage]>([
  ['the names of the conventions', tokens(10, 5), [10, 5, undefined]],
  ['the older names', { 'gen_ai.usage.prompt_tokens': 10, 'gen_ai.usage.completion_tokens': 5 }, [10, 5, undefined]],
  [
    'the newer names before the older ones',
    { ...tokens(10, 5), 'gen_ai.usage.prompt_tokens': 99, 'gen_ai.usage.completion_tokens': 99 },
    [10, 5, undefined],
  ],
  [
    'an older name where the newer one has no count',
    { ...tokens('10', -1), 'gen_ai.usage.prompt_tokens': 11, 'gen_ai.usage.completion_tokens': 6 },
    [11, 6, undefined],
  ],
  ['the cost', { 'genspan.usage.cost_usd': 0.25 }, [undefined, undefined, 0.25]],
  ['zero', { ...tokens(0, 0), 'genspan.usage.cost_usd': 0 }, [0, 0, 0]],
  ['no zero below zero', { ...tokens(-0, -0), 'genspan.usage.cost_usd': -0 }, [0, 0, 0]],
  ['no text', { ...tokens('10', '5'), 'genspan.usage.cost_usd': '1' }, [undefined, undefined, undefined]],
  ['nothing negative', { ...tokens(-1, -5), 'genspan.usage.cost_usd': -1 }, [undefined, undefined, undefined]],
  [
    'nothing that is not finite',
    { ...tokens(NaN, Infinity), 'genspan.usage.cost_usd': Infinity },
    [undefined, undefined, undefined],
  ],
  [
    'no structure',
    { ...tokens([10], { total: 5 }), 'genspan.usage.cost_usd': null },
    [undefined, undefined, undefined],
  ],
  ['nothing', {}, [undefined, undefined, undefined]],
])('reads %s', (_what, attributes, expected) => {
  expect(usageOf([{ operation: 'chat', kind: SpanKind.CLIENT, attributes }])).toEqual(expected);
});

const CALLS: SpanUsage[] = [
  { operation: 'chat', kind: SpanKind.CLIENT, attributes: { ...tokens(100, 10), 'genspan.usage.cost_usd': 0.1 } },
  { operation: 'embeddings', kind: SpanKind.CLIENT, attributes: { ...tokens(50, undefined) } },
  { operation: 'generate_content', attributes: tokens(1, 1) },
];

test.each(['invoke_agent', 'invoke_workflow', 'create_agent', 'plan', 'execute_tool', 'retrieval', 'agent_step'])(
  'does not count what an %s span repeats of the calls below it',
  (operation) => {
    const around = { operation, attributes: { ...tokens(151, 11), 'genspan.usage.cost_usd': 0.1 } };
    expect(usageOf([...CALLS, around])).toEqual([151, 11, 0.1]);
    expect(usageOf([around, ...CALLS])).toEqual([151, 11, 0.1]);
  },
);

test('counts what the outermost agent reports when no model call does', () => {
  const outer = { operation: 'invoke_workflow', attributes: tokens(300, 30) };
  const inner = { operation: 'invoke_agent', attributes: tokens(200, 20) };
  expect(usageOf([inner, outer, { operation: 'chat' }])).toEqual([300, 30, undefined]);
  expect(usageOf([outer, inner])).toEqual([300, 30, undefined]);
});

test('counts an agent elsewhere, whose calls are not seen here', () => {
  const remote = { operation: 'invoke_agent', kind: SpanKind.CLIENT, attributes: tokens(1000, 100) };
  expect(usageOf([...CALLS, remote])).toEqual([1151, 111, 0.1]);
});

test('does not count an answer again that is read again', () => {
  const again = { operation: 'fetch_response', kind: SpanKind.CLIENT, attributes: tokens(100, 10) };
  expect(usageOf([...CALLS, again])).toEqual([151, 11, 0.1]);
});

test('counts a span without an operation, and one with an operation of its own, as calls', () => {
  expect(usageOf([{ attributes: tokens(1, 1) }, { operation: 'rerank', attributes: tokens(2, 2) }])).toEqual([
    3,
    3,
    undefined,
  ]);
});

test('asks `costOf` instead of reading the attribute, and only about what may be a call', () => {
  const asked: Attributes[] = [];
  const costOf: CostOf = (attributes) => {
    asked.push(attributes);
    return attributes['gen_ai.usage.input_tokens'] === undefined ? undefined : 0.5;
  };
  const spans = [
    { operation: 'chat', attributes: { ...tokens(1, 1), 'genspan.usage.cost_usd': 9 } },
    { attributes: tokens(1, 1) },
    { operation: 'moderation' },
    { attributes: { 'http.request.method': 'GET' } },
  ];
  expect(usageOf(spans, costOf)).toEqual([2, 2, 1]);
  expect(asked).toHaveLength(3);
});

test('takes the cost for not known when `costOf` throws, and says so', () => {
  const failures: unknown[][] = [];
  const error = new Error('no price');
  const costOf: CostOf = (attributes) => {
    if (attributes['gen_ai.usage.input_tokens'] === 100) throw error;
    return 0.25;
  };
  expect(usageOf(CALLS, costOf, failures)).toEqual([151, 11, 0.5]);
  expect(failures).toEqual([['costOf', error]]);
});

test.each([[NaN], [Infinity], [-1], ['1'], [null], [{}]])(
  'takes the cost for not known when `costOf` gives %p, and says so',
  (cost) => {
    const failures: unknown[][] = [];
    const usage = usageOf([{ operation: 'chat', attributes: tokens(1, 1) }], () => cost as number, failures);
    expect(usage).toEqual([1, 1, undefined]);
    expect(failures).toEqual([['costOf', expect.any(RangeError)]]);
  },
);

test('handles the rejection of a `costOf` that is async', async () => {
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown): number => unhandled.push(reason);
  process.on('unhandledRejection', onUnhandled);
  try {
    const failures: unknown[][] = [];
    const costOf = (() => Promise.reject(new Error('later'))) as () => unknown as CostOf;
    expect(usageOf([{ operation: 'chat' }], costOf, failures)).toEqual([undefined, undefined, undefined]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(failures).toHaveLength(1);
    expect(unhandled).toEqual([]);
  } finally {
    process.off('unhandledRejection', onUnhandled);
  }
});

test('says nothing when `costOf` does not know', () => {
  const failures: unknown[][] = [];
  expect(usageOf([{ operation: 'chat' }], () => undefined, failures)).toEqual([undefined, undefined, undefined]);
  expect(failures).toEqual([]);
});
