import { SpanStatusCode } from '@opentelemetry/api';
import { buildSpanForest } from '../src/span-forest.js';
import { totalsOf } from '../src/trace-totals.js';
import type { SpanSpec } from './real-spans.js';
import { realSpans } from './real-spans.js';

const totals = (spec: SpanSpec) => totalsOf(buildSpanForest(realSpans(spec)));
const call = (operation: string, input: number, output = 0): SpanSpec => ({
  name: operation,
  attributes: {
    'gen_ai.operation.name': operation,
    'gen_ai.usage.input_tokens': input,
    'gen_ai.usage.output_tokens': output,
  },
});

test('adds up spans, calls to language models, errors and tokens', () => {
  const failed = { name: 'GET', status: { code: SpanStatusCode.ERROR } };
  const children = [call('chat', 10, 5), call('text_completion', 1, 2), call('embeddings', 100), failed];
  expect(totals({ name: 'root', children })).toEqual({
    spans: 5,
    llmCalls: 2,
    errors: 1,
    usage: { input: 111, output: 7, cached: 0, reasoning: 0 },
  });
});

test('does not count the tokens of a call again for the agent that reports their sum', () => {
  const agent = { ...call('invoke_agent', 11, 7), children: [{ name: 'step', children: [call('chat', 11, 7)] }] };
  expect(totals(agent).usage).toMatchObject({ input: 11, output: 7 });
});

test('counts the tokens of an agent when nothing below it reports any', () => {
  expect(totals({ ...call('invoke_agent', 11, 7), children: [{ name: 'step' }] }).usage.input).toBe(11);
});
