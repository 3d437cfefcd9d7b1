import { GenAIRecord } from '../../src/genai-record.js';
import { readRequestParameters, writeRequestParameters } from '../../src/shapes/request-parameters.js';

function read(parameters: Record<string, unknown>) {
  const facts: Record<string, unknown> = {};
  const others: string[] = [];
  const isComplete = readRequestParameters(
    parameters,
    (fact, value) => (facts[fact] = value),
    (word) => {
      others.push(word);
      return false;
    },
  );
  return { facts, others, isComplete };
}

describe('readRequestParameters', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'a response of OpenAI',
      { max_output_tokens: 5, reasoning: { effort: 'low' }, text: { format: { type: 'json_schema' } } },
      {
        'gen_ai.request.max_tokens': 5,
        'gen_ai.request.reasoning.level': 'low',
        'gen_ai.output.type': 'json',
      },
    ],
    [
      'a request of Bedrock',
      { modelId: 'm', inferenceConfig: { maxTokens: 5, topP: 0.5, stopSequences: ['a'] } },
      {
        'gen_ai.request.model': 'm',
        'gen_ai.request.max_tokens': 5,
        'gen_ai.request.top_p': 0.5,
        'gen_ai.request.stop_sequences': ['a'],
      },
    ],
    [
      'a request of Gemini',
      { generationConfig: { candidateCount: 2, topK: 40 } },
      {
        'gen_ai.request.choice.count': 2,
        'gen_ai.request.top_k': 40,
      },
    ],
    ['one stop sequence', { stop: 'a' }, { 'gen_ai.request.stop_sequences': ['a'] }],
    [
      'texts of numbers and switches',
      { temperature: '0.5', stream: 'true' },
      {
        'gen_ai.request.temperature': 0.5,
        'gen_ai.request.stream': true,
      },
    ],
    ['what is not there', { seed: null, stop: undefined, response_format: '' }, {}],
  ])('reads %s', (_, parameters, facts) => {
    expect(read(parameters)).toEqual({ facts, others: [], isComplete: true });
  });

  it('asks for what has no fact, or not of that type, also in what holds more parameters', () => {
    expect(read({ logit_bias: {}, temperature: 'hot', inferenceConfig: { topP: {}, x: 1 } })).toEqual({
      facts: {},
      others: ['logit_bias', 'temperature', 'topP', 'x'],
      isComplete: false,
    });
  });
});

describe('writeRequestParameters', () => {
  it.each([
    ['openai', undefined, { max_completion_tokens: 5, stop: ['a'], n: 2 }],
    ['openai', 'responses', { max_output_tokens: 5, stop_sequences: ['a'], n: 2 }],
    ['mistral_ai', undefined, { max_tokens: 5, stop: ['a'], n: 2 }],
    ['gcp.gemini', undefined, { max_output_tokens: 5, stop_sequences: ['a'], candidate_count: 2 }],
    ['aws.bedrock', undefined, { maxTokens: 5, stopSequences: ['a'], n: 2 }],
    [undefined, undefined, { max_tokens: 5, stop_sequences: ['a'], n: 2 }],
  ])('uses the words of %s', (provider, api, values) => {
    const record = new GenAIRecord();
    if (provider !== undefined) record.set('gen_ai.provider.name', provider, 'p');
    if (api !== undefined) record.set('openai.api.type', api, 'a');
    record.set('gen_ai.request.max_tokens', 5, 'm');
    record.set('gen_ai.request.stop_sequences', ['a'], 's');
    record.set('gen_ai.request.choice.count', 2, 'n');
    record.set('gen_ai.output.type', 'speech', 'o');
    const facts = ['gen_ai.request.max_tokens', 'gen_ai.request.stop_sequences', 'gen_ai.request.choice.count'];
    expect(writeRequestParameters(record)).toEqual({ values, facts });
    const skipped = new Set(facts as ['gen_ai.request.max_tokens']);
    expect(writeRequestParameters(record, skipped)).toEqual({ values: {}, facts: [] });
  });
});
