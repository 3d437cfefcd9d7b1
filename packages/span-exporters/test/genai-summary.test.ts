import type { Attributes } from '@opentelemetry/api';
import { summarizeGenAI } from '../src/genai-summary.js';
import { realSpans } from './real-spans.js';

function summary(attributes: Attributes) {
  const [span] = realSpans({ name: 'chat', attributes });
  if (!span) throw new Error('no span');
  return summarizeGenAI(span);
}

test('reads what a span of the current conventions says', () => {
  expect(
    summary({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.response.model': 'gpt-4o-2024',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.response.time_to_first_chunk': 0.25,
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.output_tokens': 5,
      'gen_ai.usage.cache_read.input_tokens': 8,
      'gen_ai.usage.reasoning.output_tokens': 2,
    }),
  ).toEqual({
    operation: 'chat',
    provider: 'openai',
    requestModel: 'gpt-4o',
    responseModel: 'gpt-4o-2024',
    finishReasons: ['stop'],
    timeToFirstChunkMillis: 250,
    usage: { input: 10, output: 5, cached: 8, reasoning: 2 },
  });
});

test('reads provider and usage by their older names', () => {
  const { provider, usage } = summary({
    'gen_ai.system': 'openai',
    'gen_ai.usage.prompt_tokens': 3,
    'gen_ai.usage.completion_tokens': 4,
  });
  expect(provider).toBe('openai');
  expect(usage).toEqual({ input: 3, output: 4, cached: 0, reasoning: 0 });
});

test('a span that says nothing of usage has none, rather than zero', () => {
  expect(summary({}).usage).toBeUndefined();
});

test('ignores values of the wrong type', () => {
  const { provider, usage, finishReasons } = summary({
    'gen_ai.provider.name': 3,
    'gen_ai.usage.input_tokens': 'many',
    'gen_ai.response.finish_reasons': 'stop',
  });
  expect([provider, usage, finishReasons]).toEqual([undefined, undefined, []]);
});
