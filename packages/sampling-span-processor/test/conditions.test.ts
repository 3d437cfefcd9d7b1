import { SpanStatusCode } from '@opentelemetry/api';
import type { BuildSpanOptions } from '@genspan/test-utils';
import fc from 'fast-check';
import type { SamplingConditions } from '../src/sampling-rule.js';
import { traceHolds, tryRule } from './trace-holds.js';

const OK: BuildSpanOptions = {};
const FAILED: BuildSpanOptions = { status: { code: SpanStatusCode.ERROR } };
const RECOVERED: BuildSpanOptions = { events: [{ name: 'exception' }] };

function call(attributes: NonNullable<BuildSpanOptions['attributes']>): BuildSpanOptions {
  return { attributes: { 'gen_ai.operation.name': 'chat', ...attributes } };
}

const TOKENS = [
  call({ 'gen_ai.usage.input_tokens': 600, 'gen_ai.usage.output_tokens': 50 }),
  call({ 'gen_ai.usage.input_tokens': 400, 'gen_ai.usage.output_tokens': 150 }),
];
const COSTS = [call({ 'genspan.usage.cost_usd': 0.1 }), call({ 'genspan.usage.cost_usd': 0.2 })];

test.each<[string, SamplingConditions, BuildSpanOptions[], boolean]>([
  ['an error', { matchError: true }, [OK, FAILED, OK], true],
  ['an exception that was handled', { matchError: true }, [OK, RECOVERED], true],
  ['no error', { matchError: true }, [OK, OK], false],
  ['no error, asked for none', { matchError: false }, [OK, OK], true],
  ['an error, asked for none', { matchError: false }, [OK, FAILED], false],

  ['a long trace', { minDurationMillis: 300 }, [{ startMillis: 1e12 }, { startMillis: 1e12 + 200 }], true],
  ['a short trace', { minDurationMillis: 301 }, [{ startMillis: 1e12 }, { startMillis: 1e12 + 200 }], false],

  ['enough tokens in sum', { minTotalTokens: 1200 }, TOKENS, true],
  ['too few tokens in sum', { minTotalTokens: 1201 }, TOKENS, false],
  ['enough input tokens', { minInputTokens: 1000 }, TOKENS, true],
  ['too few input tokens', { minInputTokens: 1001 }, TOKENS, false],
  ['enough output tokens', { minOutputTokens: 200 }, TOKENS, true],
  ['too few output tokens', { minOutputTokens: 201 }, TOKENS, false],
  ['tokens of one sort only', { minTotalTokens: 5 }, [call({ 'gen_ai.usage.output_tokens': 5 })], true],
  ['tokens that nobody reported', { minTotalTokens: 0 }, [call({})], false],
  ['tokens reported to be none', { minTotalTokens: 0 }, [call({ 'gen_ai.usage.input_tokens': 0 })], true],

  ['enough cost', { minCostUsd: 0.3 }, COSTS, true],
  ['too little cost', { minCostUsd: 0.300001 }, COSTS, false],
  ['a cost that nobody knows', { minCostUsd: 0 }, TOKENS, false],
  ['enough spans', { minSpans: 2 }, [OK, OK], true],
  ['too few spans', { minSpans: 3 }, [OK, OK], false],

  ['anything, without conditions', {}, [OK], true],
  ['all of several conditions', { matchError: true, minSpans: 2, minTotalTokens: 1 }, [...TOKENS, FAILED], true],
  ['all conditions but one', { matchError: true, minSpans: 2, minTotalTokens: 1 }, TOKENS, false],

  ['what `not` denies', { not: { matchNames: ['span'] } }, [OK], false],
  ['what `not` leaves', { not: { matchNames: ['other'] } }, [OK], true],
  ['one of the conditions in `not` only', { not: { matchNames: ['span'], matchError: true } }, [OK], true],
  ['`not` in `not`', { not: { not: { matchNames: ['span'] } } }, [OK], true],
  ['`not` beside another condition', { minSpans: 1, not: { minSpans: 2 } }, [OK], true],
  ['an absence in every span', { not: { attributes: { a: { exists: true } } } }, [OK, { attributes: { a: 1 } }], false],
])('judges %s', (_what, conditions, spans, expected) => {
  expect(traceHolds(conditions, spans)).toBe(expected);
  expect(traceHolds(conditions, spans.toReversed())).toBe(expected);
});

const conditions = fc.record<SamplingConditions>(
  {
    matchError: fc.boolean(),
    matchNames: fc.constantFrom(['a'], ['b'], ['*']),
    minSpans: fc.constantFrom(1, 2),
    toolErrors: fc.boolean(),
    minInputTokens: fc.constantFrom(0, 10),
  },
  { requiredKeys: ['minSpans'] },
);
const spans = fc.array(
  fc.record<BuildSpanOptions>({
    name: fc.constantFrom('a', 'b', 'c'),
    status: fc.constantFrom({ code: SpanStatusCode.UNSET }, { code: SpanStatusCode.ERROR }),
    attributes: fc.constantFrom(
      {},
      { 'gen_ai.operation.name': 'execute_tool' },
      { 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_tokens': 10 },
    ),
  }),
  { maxLength: 4 },
);

test('says the opposite with `not`, and the same with `not` twice', () => {
  fc.assert(
    fc.property(conditions, spans, (given, trace) => {
      const plain = traceHolds(given, trace);
      expect(traceHolds({ not: given }, trace)).toBe(!plain);
      expect(traceHolds({ not: { not: given } }, trace)).toBe(plain);
    }),
  );
});

test('explains each given condition, by the names of the options', () => {
  const { rule, summary } = tryRule(
    { minTotalTokens: 10_000, models: ['gpt-*'], matchError: false, not: { matchNames: ['span'], minSpans: 5 } },
    [call({ 'gen_ai.request.model': 'gpt-4o' })],
  );
  expect(rule.explain(summary)).toEqual([
    { condition: 'matchError', held: true },
    { condition: 'minTotalTokens', held: false },
    { condition: 'models', held: true },
    {
      condition: 'not',
      held: true,
      not: [
        { condition: 'matchNames', held: true },
        { condition: 'minSpans', held: false },
      ],
    },
  ]);
});

test('explains so that the rule holds exactly when all conditions held', () => {
  fc.assert(
    fc.property(conditions, spans, (given, trace) => {
      const { rule, summary } = tryRule(given, trace);
      expect(rule.explain(summary).every(({ held }) => held)).toBe(rule.holds(summary));
    }),
  );
});
