import { CACHED_TOKENS, DEFAULT_TEXT, INPUT_TOKENS, OUTPUT_TOKENS, REASONING_TOKENS } from '@genspan/test-utils';
import fc from 'fast-check';
import { chatCompletion } from '../../src/chat/chat-completion.js';
import { arbitraryJson } from '../arbitrary-json.js';
import { observedOpenAI, QUESTION, type ObservedOpenAI } from '../observed-openai.js';
import { deepFrozen, recordedContent, requestContent, responseMessages } from '../recorded-content.js';
import { chatParams } from './arbitrary-chat.js';

const TOOLS = ['get_weather', 'get_time'].map((name) => ({
  type: 'function' as const,
  function: { name, parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
}));

describe('chat.completions.create', () => {
  let observed: ObservedOpenAI;
  beforeAll(async () => {
    observed = await observedOpenAI({ captureMessageContent: true });
  });
  afterAll(() => observed.close());
  const span = () => observed.spans().at(-1);

  it('records the request, the response and the usage by the names of the conventions', async () => {
    await observed.client().chat.completions.create({
      ...QUESTION,
      n: 2,
      temperature: 0.5,
      top_p: 0.9,
      seed: 7,
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      max_completion_tokens: 100,
      reasoning_effort: 'low',
      service_tier: 'flex',
      stop: ['END', 'a stop'],
      response_format: { type: 'json_object' },
    });
    expect(span()?.attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o-mini',
      'gen_ai.request.choice.count': 2,
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.seed': 7,
      'gen_ai.request.frequency_penalty': 0.1,
      'gen_ai.request.presence_penalty': 0.2,
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.reasoning.level': 'low',
      'gen_ai.request.stop_sequences': ['END', 'a stop'],
      'gen_ai.output.type': 'json',
      'openai.api.type': 'chat_completions',
      'openai.request.service_tier': 'flex',
      'openai.response.service_tier': 'default',
      'openai.response.system_fingerprint': 'fp_44709d6fcb',
      'gen_ai.response.id': 'chatcmpl-1',
      'gen_ai.response.model': 'gpt-4o-mini-2024-07-18',
      'gen_ai.response.finish_reasons': ['stop', 'stop'],
      'gen_ai.usage.input_tokens': INPUT_TOKENS,
      'gen_ai.usage.cache_read.input_tokens': CACHED_TOKENS,
      'gen_ai.usage.output_tokens': 2 * OUTPUT_TOKENS,
    });
    expect(recordedContent(span())).toMatchObject({
      input: [{ role: 'user', parts: [{ type: 'text', content: QUESTION.messages[0]?.content }] }],
      output: [
        { role: 'assistant', parts: [{ type: 'text', content: DEFAULT_TEXT }], finish_reason: 'stop' },
        { role: 'assistant', parts: [{ type: 'text', content: `${DEFAULT_TEXT} (2)` }], finish_reason: 'stop' },
      ],
    });
  });

  it.each(['ok', 'tools-parallel', 'refusal', 'reasoning', 'content-filter', 'incomplete'])(
    'records the same of a stream as of a response that is not streamed (%s)',
    async (scenario) => {
      const client = observed.client(scenario);
      const params = { ...QUESTION, n: 2, tools: scenario.startsWith('tools') ? TOOLS : [] };
      await client.chat.completions.create(params);
      const whole = span();
      const stream = await client.chat.completions.create({
        ...params,
        stream: true,
        stream_options: { include_usage: true },
      });
      for await (const chunk of stream) void chunk;
      expect(recordedContent(span())).toEqual(recordedContent(whole));
      const {
        'gen_ai.request.stream': streamed,
        'gen_ai.response.time_to_first_chunk': first,
        ...same
      } = {
        ...span()?.attributes,
      };
      expect(streamed).toBe(true);
      expect(first).toBeGreaterThan(0);
      expect(same).toEqual(whole?.attributes);
    },
  );

  it('records reasoning tokens and the reasoning that is shown', async () => {
    await observed.client('reasoning').chat.completions.create(QUESTION);
    expect(span()?.attributes['gen_ai.usage.reasoning.output_tokens']).toBe(REASONING_TOKENS);
    expect(recordedContent(span()).output?.[0]?.parts.map(({ type }) => type)).toEqual(['reasoning', 'text']);
  });

  it('records spoken answers as sound and words, with audio tokens on their own', async () => {
    await observed.client().chat.completions.create({
      ...QUESTION,
      modalities: ['text', 'audio'],
      audio: { voice: 'alloy', format: 'wav' },
    });
    expect(span()?.attributes).toMatchObject({
      'gen_ai.output.type': 'speech',
      'gen_ai.usage.audio.input_tokens': 3,
      'gen_ai.usage.audio.output_tokens': 6,
    });
    expect(recordedContent(span()).output?.[0]?.parts.map(({ type }) => type)).toEqual(['blob', 'text']);
  });

  it('survives the chunks that no client expects', async () => {
    const stream = await observed.client('odd-chunks').chat.completions.create({ ...QUESTION, stream: true });
    for await (const chunk of stream) void chunk;
    expect(recordedContent(span()).output?.[0]?.parts.at(-1)).toMatchObject({ type: 'tool_call' });
    expect(span()?.attributes['gen_ai.response.finish_reasons']).toEqual(['stop']);
  });

  it('writes nothing of the content when it is not captured', async () => {
    observed.instrumentation.setConfig({ captureMessageContent: false });
    await observed.client('tools').chat.completions.create({ ...QUESTION, tools: TOOLS, stop: 'a stop', user: 'me' });
    expect(recordedContent(span())).toEqual({});
    const written = JSON.stringify(span()?.attributes);
    expect(written).not.toContain('France');
    expect(written).not.toContain('get_weather');
    expect(written).not.toContain('a stop');
  });
});

describe('the translation of a chat completion', () => {
  it('makes valid content of whatever the API takes, and leaves it as it was', () => {
    fc.assert(
      fc.property(chatParams, (params) => {
        const { input, tools } = requestContent(chatCompletion.request([deepFrozen(params)]));
        expect(input).toHaveLength((params['messages'] as unknown[]).length);
        expect(tools).toHaveLength(((params['tools'] ?? []) as unknown[]).length);
      }),
      { numRuns: 200 },
    );
  });

  it('makes valid messages of any JSON, and never throws', () => {
    const names = ['role', 'content', 'name', 'tool_calls', 'function', 'custom', 'arguments', 'id', 'type', 'text'];
    const json = arbitraryJson([...names, 'image_url', 'url', 'input_audio', 'data', 'format', 'file', 'audio']);
    fc.assert(
      fc.property(json, json, (value, messages) => {
        const params = deepFrozen({ messages: [value, messages], tools: messages, stop: value, model: value });
        const { inputMessages } = chatCompletion.request([params]).content?.() ?? {};
        requestContent({ kind: 'inference', operationName: 'chat', content: () => ({ inputMessages }) });
        responseMessages(chatCompletion.response(deepFrozen({ choices: [{ message: value }, messages, value] })));
        chatCompletion.response(value);
        chatCompletion.request([value]).content?.();
      }),
      { numRuns: 500 },
    );
  });

  it('takes no free text for a word of an enumeration', () => {
    const secret = 'please read: my secret';
    const { attributes } = chatCompletion.request([
      {
        service_tier: secret,
        reasoning_effort: secret,
        response_format: { type: secret },
        modalities: [secret],
        n: secret,
      },
    ]);
    expect(JSON.stringify(attributes)).not.toContain('secret');
  });
});
