import { DEFAULT_TEXT, INPUT_TOKENS, OUTPUT_TOKENS } from '@genspan/test-utils';
import fc from 'fast-check';
import { textCompletion } from '../../src/completions/text-completion.js';
import { arbitraryJson } from '../arbitrary-json.js';
import { observedOpenAI, type ObservedOpenAI } from '../observed-openai.js';
import { deepFrozen, recordedContent, requestContent, responseMessages } from '../recorded-content.js';

const PARAMS = { model: 'gpt-3.5-turbo-instruct', prompt: 'The capital of France is' };

describe('completions.create', () => {
  let observed: ObservedOpenAI;
  beforeAll(async () => {
    observed = await observedOpenAI({ captureMessageContent: true });
  });
  afterAll(() => observed.close());
  const span = () => observed.spans().at(-1);

  it('records the request, every choice and the usage', async () => {
    await observed.client().completions.create({
      ...PARAMS,
      n: 2,
      max_tokens: 16,
      temperature: 0,
      seed: 3,
      stop: 'END',
      suffix: ', of course',
      echo: true,
    });
    expect(span()?.name).toBe('text_completion gpt-3.5-turbo-instruct');
    expect(span()?.attributes).toMatchObject({
      'gen_ai.operation.name': 'text_completion',
      'gen_ai.request.choice.count': 2,
      'gen_ai.request.max_tokens': 16,
      'gen_ai.request.temperature': 0,
      'gen_ai.request.seed': 3,
      'gen_ai.request.stop_sequences': ['END'],
      'gen_ai.response.id': 'cmpl-1',
      'gen_ai.response.model': PARAMS.model,
      'gen_ai.response.finish_reasons': ['stop', 'stop'],
      'gen_ai.usage.input_tokens': INPUT_TOKENS,
      'gen_ai.usage.output_tokens': 2 * OUTPUT_TOKENS,
    });
    expect(span()?.attributes).not.toHaveProperty(['openai.api.type']);
    expect(recordedContent(span())).toMatchObject({
      input: [
        {
          role: 'user',
          parts: [
            { type: 'text', content: PARAMS.prompt },
            { type: 'suffix', content: ', of course' },
          ],
        },
      ],
      output: [DEFAULT_TEXT, DEFAULT_TEXT].map((content) => ({
        role: 'assistant',
        parts: [{ type: 'text', content }],
        finish_reason: 'stop',
      })),
    });
  });

  it.each(['ok', 'incomplete'])('records the same of a stream (%s)', async (scenario) => {
    const client = observed.client(scenario);
    await client.completions.create(PARAMS);
    const whole = span();
    const stream = await client.completions.create({
      ...PARAMS,
      stream: true,
      stream_options: { include_usage: true },
    });
    for await (const chunk of stream) void chunk;
    expect(recordedContent(span())).toEqual(recordedContent(whole));
    expect(span()?.attributes).toMatchObject({ ...whole?.attributes, 'gen_ai.request.stream': true });
    expect(span()?.attributes['gen_ai.response.time_to_first_chunk']).toBeGreaterThan(0);
  });

  it('writes no prompt, suffix, stop sequence or text when content is not captured', async () => {
    observed.instrumentation.setConfig({ captureMessageContent: false });
    await observed.client().completions.create({ ...PARAMS, suffix: 'secret suffix', stop: 'secret stop' });
    expect(recordedContent(span())).toEqual({});
    expect(JSON.stringify(span()?.attributes)).not.toMatch(/France|secret/);
  });
});

describe('the translation of a completion', () => {
  const inputOf = (prompt: unknown) => requestContent(textCompletion.request([deepFrozen({ prompt })])).input;

  it.each([
    ['one', [[{ type: 'text', content: 'one' }]]],
    [
      ['one', 'two'],
      [[{ type: 'text', content: 'one' }], [{ type: 'text', content: 'two' }]],
    ],
    [[1, 2, 3], [[{ type: 'token_ids', token_count: 3 }]]],
    [
      [[1, 2], [3]],
      [[{ type: 'token_ids', token_count: 2 }], [{ type: 'token_ids', token_count: 1 }]],
    ],
    [null, []],
    [[], []],
  ])('makes a message of every prompt in %j', (prompt, parts) => {
    expect(inputOf(prompt)).toEqual(parts.map((some) => ({ role: 'user', parts: some })));
  });

  it('makes valid content of any JSON, and never throws', () => {
    const json = arbitraryJson(['prompt', 'suffix', 'stop', 'choices', 'text', 'finish_reason', 'usage', 'index']);
    fc.assert(
      fc.property(json, json, (value, other) => {
        requestContent(textCompletion.request([deepFrozen({ prompt: value, suffix: other, stop: other })]));
        responseMessages(textCompletion.response(deepFrozen(value)));
        responseMessages(textCompletion.response(deepFrozen({ choices: [value, other] })));
      }),
      { numRuns: 300 },
    );
  });
});
