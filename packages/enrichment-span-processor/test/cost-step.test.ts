import { SpanKind, type Attributes } from '@opentelemetry/api';
import { buildSpan } from '@genspan/test-utils';
import { parseCostOptions } from '../src/cost-options.js';
import { CostStep } from '../src/cost-step.js';
import { PRICE_TABLE_DATE } from '../src/price-table-date.js';
import { SpanDraft } from '../src/span-draft.js';

function stepOf(options: unknown = true): CostStep {
  const parsed = parseCostOptions('cost', options);
  if (parsed === undefined) throw new Error('no options');
  return new CostStep(parsed);
}

const CALL: Attributes = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.usage.input_tokens': 1000,
  'gen_ai.usage.output_tokens': 100,
};

/** What the step adds. */
function added(step: CostStep, attributes: Attributes, more: Parameters<typeof buildSpan>[0] = {}): Attributes {
  const draft = new SpanDraft(buildSpan({ kind: SpanKind.CLIENT, attributes, ...more }));
  step.apply(draft);
  const changed = draft.changes?.attributes ?? {};
  return Object.fromEntries(Object.entries(changed).filter(([key]) => !Object.hasOwn(attributes, key)));
}

test('writes the cost, the parts that the span tells of, and where the prices are from', () => {
  expect(added(stepOf(), CALL)).toEqual({
    'genspan.usage.cost_usd': 0.0035,
    'genspan.usage.input_cost_usd': 0.0025,
    'genspan.usage.output_cost_usd': 0.001,
    'genspan.usage.price_source': 'table',
    'genspan.usage.price_date': PRICE_TABLE_DATE,
  });
});

test('writes all parts where there are all, and no date for own prices', () => {
  const price = {
    model: 'gpt-4o',
    inputPerMillion: 4,
    outputPerMillion: 8,
    cacheReadPerMillion: 1,
    cacheWritePerMillion: 5,
    reasoningPerMillion: 16,
    perRequest: 0.5,
  };
  const usage = {
    'gen_ai.usage.cache_read.input_tokens': 500,
    'gen_ai.usage.cache_write.input_tokens': 100,
    'gen_ai.usage.reasoning.output_tokens': 50,
  };
  expect(added(stepOf({ prices: [price] }), { ...CALL, ...usage })).toEqual({
    'genspan.usage.cost_usd': (400 * 4 + 500 * 1 + 100 * 5 + 50 * 8 + 50 * 16) / 1e6 + 0.5,
    'genspan.usage.input_cost_usd': (400 * 4 + 500 * 1 + 100 * 5) / 1e6,
    'genspan.usage.output_cost_usd': (50 * 8 + 50 * 16) / 1e6,
    'genspan.usage.cache_read_cost_usd': 500 / 1e6,
    'genspan.usage.cache_write_cost_usd': 500 / 1e6,
    'genspan.usage.reasoning_cost_usd': 800 / 1e6,
    'genspan.usage.request_cost_usd': 0.5,
    'genspan.usage.price_source': 'custom',
  });
});

test('a model that is not known has no cost, not 0, and is counted', () => {
  const step = stepOf();
  expect(added(step, { ...CALL, 'gen_ai.request.model': 'nobody-knows' })).toEqual({});
  expect(added(step, { 'http.request.method': 'GET' })).toEqual({});
  expect(step.stats()).toEqual({ priced: 0, alreadyPriced: 0, unpriced: 1 });
});

test('a cost that the span has stays', () => {
  const step = stepOf();
  expect(added(step, { ...CALL, 'genspan.usage.cost_usd': 0 })).toEqual({});
  expect(step.stats().alreadyPriced).toBe(1);
});

test('the time at which the span started decides, not the time at which it ended', () => {
  const attributes = { ...CALL, 'gen_ai.request.model': 'o3' };
  const changed = Date.UTC(2025, 5, 10);
  const cost = (startMillis: number) =>
    added(stepOf(), attributes, { startMillis, durationMillis: 10_000 })['genspan.usage.cost_usd'];
  expect(cost(changed - 1000)).toBe((1000 * 10 + 100 * 40) / 1e6);
  expect(cost(changed)).toBe((1000 * 2 + 100 * 8) / 1e6);
});

test('a span around model calls would count them twice; an agent elsewhere does not', () => {
  const agent = { ...CALL, 'gen_ai.operation.name': 'invoke_agent' };
  expect(added(stepOf(), agent, { kind: SpanKind.INTERNAL })).toEqual({});
  expect(added(stepOf(), agent, { kind: SpanKind.CLIENT })).toHaveProperty(['genspan.usage.cost_usd'], 0.0035);
});

test('pricing asks nothing of the network', () => {
  const fetched = jest.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no network here'));
  added(stepOf(), CALL);
  expect(fetched).not.toHaveBeenCalled();
  fetched.mockRestore();
});
