import {
  validateInputMessages,
  validateOutputMessages,
  validateSystemInstructions,
  validateToolDefinitions,
} from '@genspan/semconv';
import { zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { observedOpenAI, type ObservedOpenAI } from '../observed-openai.js';

const MODEL = 'gpt-4o-mini';
const INPUT = 'What is the capital of France?';
const TEXT = 'The capital of France is Paris.';
const TOOL = { type: 'function' as const, name: 'get_weather', parameters: { type: 'object' }, strict: false };

let observed: ObservedOpenAI;

afterEach(() => observed.close());

/** The attributes of the only span, after the strict validators found nothing wrong with its content. */
function recorded(): Readonly<Record<string, unknown>> {
  expect([observed.started(), observed.spans().length]).toEqual([1, 1]);
  const attributes = observed.spans()[0]?.attributes ?? {};
  const validators = {
    'gen_ai.input.messages': validateInputMessages,
    'gen_ai.output.messages': validateOutputMessages,
    'gen_ai.system_instructions': validateSystemInstructions,
    'gen_ai.tool.definitions': validateToolDefinitions,
  };
  for (const [name, validate] of Object.entries(validators)) {
    if (attributes[name] !== undefined) expect(validate(attributes[name])).toEqual([]);
  }
  return attributes;
}

function outputParts(): { type: string }[] {
  const messages = JSON.parse(String(recorded()['gen_ai.output.messages'])) as { parts: { type: string }[] }[];
  expect(messages).toHaveLength(1);
  return messages[0]?.parts ?? [];
}

describe('responses.create with content capture', () => {
  beforeEach(async () => {
    observed = await observedOpenAI({ captureMessageContent: 'span_and_event' });
  });

  it('is one span of a chat, with request, response, usage and content', async () => {
    const response = await observed.client('reasoning').responses.create({
      model: MODEL,
      input: INPUT,
      instructions: 'Be brief.',
      conversation: 'conv_7',
      temperature: 0.5,
    });
    expect(response.output_text).toBe(TEXT);
    expect(observed.spans()[0]?.name).toBe(`chat ${MODEL}`);
    expect(recorded()).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': MODEL,
      'openai.api.type': 'responses',
      'gen_ai.request.temperature': 0.5,
      'gen_ai.conversation.id': 'conv_7',
      'gen_ai.response.id': 'resp_1',
      'gen_ai.response.model': `${MODEL}-2024-07-18`,
      'gen_ai.response.finish_reasons': ['stop'],
      'openai.response.service_tier': 'default',
      'gen_ai.usage.input_tokens': 24,
      'gen_ai.usage.cache_read.input_tokens': 8,
      'gen_ai.usage.output_tokens': 9,
      'gen_ai.usage.reasoning.output_tokens': 4,
      'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: 'Be brief.' }]),
      'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: INPUT }] }]),
    });
    expect(recorded()).not.toHaveProperty('gen_ai.request.stream');
    expect(outputParts()).toEqual([
      { type: 'reasoning', content: 'The user asks for a capital.' },
      { type: 'text', content: TEXT },
    ]);
    const [event] = observed.events();
    expect(event?.eventName).toBe('gen_ai.client.inference.operation.details');
    expect(event?.attributes['gen_ai.output.messages']).toHaveLength(1);
  });

  it.each([['create'], ['stream helper']])('records a streamed response alike, by %s', async (how) => {
    const params = { model: MODEL, input: INPUT, instructions: 'Be brief.' };
    const client = observed.client();
    let seen = '';
    if (how === 'create') {
      for await (const event of await client.responses.create({ ...params, stream: true })) {
        if (event.type === 'response.output_text.delta') seen += event.delta;
      }
    } else {
      seen = (await client.responses.stream(params).finalResponse()).output_text;
    }
    expect(seen).toBe(TEXT);
    expect(recorded()).toMatchObject({
      'gen_ai.request.stream': true,
      'gen_ai.response.id': 'resp_1',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 24,
      'gen_ai.usage.output_tokens': 9,
    });
    expect(recorded()['gen_ai.response.time_to_first_chunk']).toBeGreaterThan(0);
    expect(outputParts()).toEqual([{ type: 'text', content: TEXT }]);
  });

  it.each([[false], [true]])('records every tool of the API, streamed: %s', async (stream) => {
    const params = { model: MODEL, input: INPUT };
    const client = observed.client('builtin-tools');
    if (stream) for await (const event of await client.responses.create({ ...params, stream: true })) void event;
    else await client.responses.create(params);
    const types = outputParts().map(({ type }) => type);
    expect(types.filter((type) => type === 'server_tool_call')).toHaveLength(7);
    expect(types.filter((type) => type === 'server_tool_call_response')).toHaveLength(6);
    expect(types.at(-1)).toBe('text');
  });

  it.each([[false], [true]])(
    'records parallel tool calls with the ids that their outputs name, streamed: %s',
    async (stream) => {
      const params = { model: MODEL, input: INPUT, tools: [TOOL, { ...TOOL, name: 'get_time' }] };
      const client = observed.client('tools-parallel');
      if (stream) for await (const event of await client.responses.create({ ...params, stream: true })) void event;
      else await client.responses.create(params);
      expect(recorded()['gen_ai.response.finish_reasons']).toEqual(['tool_call']);
      expect(outputParts()).toEqual([
        { type: 'tool_call', id: 'call_1', name: 'get_weather', arguments: {} },
        { type: 'tool_call', id: 'call_2', name: 'get_time', arguments: {} },
      ]);
      expect(recorded()['gen_ai.tool.definitions']).toContain('get_weather');
    },
  );

  it('records a refusal, a limit and a filter', async () => {
    await observed.client('refusal').responses.create({ model: MODEL, input: INPUT });
    expect(outputParts()).toEqual([{ type: 'refusal', content: 'I cannot help with that request.' }]);
    await observed.client('incomplete').responses.create({ model: MODEL, input: INPUT });
    await observed.client('content-filter').responses.create({ model: MODEL, input: INPUT });
    expect(observed.spans().map((span) => span.attributes['gen_ai.response.finish_reasons'])).toEqual([
      ['stop'],
      ['length'],
      ['content_filter'],
    ]);
  });

  it.each([[false], [true]])(
    'records a response that failed as a failure, which the client does not throw, streamed: %s',
    async (stream) => {
      const client = observed.client('failed');
      const params = { model: MODEL, input: INPUT };
      if (stream) for await (const event of await client.responses.create({ ...params, stream: true })) void event;
      else expect((await client.responses.create(params)).status).toBe('failed');
      expect(recorded()).toMatchObject({ 'error.type': 'server_error', 'gen_ai.response.finish_reasons': ['error'] });
      expect(recorded()).not.toHaveProperty('gen_ai.usage.input_tokens');
      expect(observed.spans()[0]?.status).toEqual({ code: 2, message: 'The model failed to generate a response.' });
    },
  );

  it('records what a stream had sent when it was cut short', async () => {
    const client = observed.client('end-mid-stream:6');
    for await (const event of await client.responses.create({ model: MODEL, input: INPUT, stream: true })) void event;
    expect(recorded()).toMatchObject({ 'gen_ai.response.id': 'resp_1', 'gen_ai.response.finish_reasons': ['error'] });
    expect(JSON.stringify(outputParts())).toContain('The');
  });

  it('records what the caller had read when it stopped', async () => {
    const client = observed.client();
    for await (const event of await client.responses.create({ model: MODEL, input: INPUT, stream: true })) {
      if (event.type === 'response.output_text.delta') break;
    }
    expect(recorded()).toMatchObject({
      'genspan.response.outcome': 'broken_off',
      'gen_ai.response.finish_reasons': ['error'],
    });
    expect(outputParts()).toHaveLength(1);
  });

  it('records an error in the middle of a stream with what had come', async () => {
    const client = observed.client('error-mid-stream:5');
    const reading = async () => {
      for await (const event of await client.responses.create({ model: MODEL, input: INPUT, stream: true })) void event;
    };
    await reading().catch(() => undefined);
    expect(recorded()).toMatchObject({ 'gen_ai.response.id': 'resp_1', 'gen_ai.response.finish_reasons': ['error'] });
    expect(recorded()['error.type']).toEqual(expect.any(String));
  });

  it('records parse() once, and hands on what it parses', async () => {
    const format = zodTextFormat(z.object({ city: z.string() }), 'answer');
    const response = await observed.client().responses.parse({ model: MODEL, input: INPUT, text: { format } });
    expect(response.output_parsed).toEqual({ city: expect.any(String) });
    expect(recorded()).toMatchObject({ 'gen_ai.output.type': 'json', 'gen_ai.response.finish_reasons': ['stop'] });
  });

  it('gives a response in the background no reason, and tells that it is queued', async () => {
    await observed.client().responses.create({ model: MODEL, input: INPUT, background: true });
    expect(recorded()).toMatchObject({ 'gen_ai.response.status': 'queued' });
    expect(recorded()).not.toHaveProperty('gen_ai.response.finish_reasons');
  });

  it('records the beta resource of newer clients alike', async () => {
    await observed.client().beta.responses.create({ model: MODEL, input: INPUT });
    expect(observed.spans()[0]?.name).toBe(`chat ${MODEL}`);
    expect(outputParts()).toEqual([{ type: 'text', content: TEXT }]);
  });

  it('records all of a stream that the caller leaves at its last event', async () => {
    const client = observed.client();
    for await (const event of await client.responses.create({ model: MODEL, input: INPUT, stream: true })) {
      if (event.type === 'response.completed') break;
    }
    expect(recorded()).toMatchObject({ 'gen_ai.response.finish_reasons': ['stop'], 'gen_ai.usage.input_tokens': 24 });
  });

  it('records compact() as a chat that compacted the conversation', async () => {
    const output = [{ type: 'compaction', id: 'cmp_1', encrypted_content: 'opaque' }];
    const compacted = {
      id: 'resp_9',
      object: 'response.compaction',
      output,
      usage: { input_tokens: 5, output_tokens: 1 },
    };
    const fetch = () => Promise.resolve(Response.json(compacted));
    await observed.client(undefined, { fetch }).responses.compact({ model: MODEL, input: INPUT });
    expect(observed.spans()[0]?.name).toBe(`chat ${MODEL}`);
    expect(recorded()).toMatchObject({
      'gen_ai.conversation.compacted': true,
      'gen_ai.response.finish_reasons': ['compaction'],
      'gen_ai.usage.input_tokens': 5,
    });
    expect(outputParts()).toEqual([{ type: 'compaction', id: 'cmp_1' }]);
  });
});

describe('responses.create without content capture', () => {
  beforeEach(async () => {
    observed = await observedOpenAI({ captureMessageContent: 'none' });
  });

  it.each([['ok'], ['builtin-tools'], ['reasoning'], ['refusal'], ['failed'], ['end-mid-stream:9'], ['error-400']])(
    'leaves no word of the request or the answer anywhere (%s)',
    async (scenario) => {
      const secret = ['planted', 'secret'].join(' ');
      const params = {
        model: MODEL,
        input: [
          { role: 'user' as const, content: secret },
          { type: 'function_call_output' as const, call_id: secret, output: secret },
        ],
        instructions: secret,
        metadata: { note: secret },
        user: secret,
        safety_identifier: secret,
        prompt_cache_key: secret,
        previous_response_id: secret,
        conversation: secret,
        prompt: { id: secret, version: secret, variables: { word: secret } },
        tools: [{ ...TOOL, name: 'planted_tool', description: secret }],
        service_tier: secret as 'auto',
        reasoning: { effort: secret as 'low' },
      };
      const client = observed.client(scenario);
      for (const stream of [false, true]) {
        try {
          const result = await client.responses.create({ ...params, stream });
          if (Symbol.asyncIterator in result) for await (const event of result) void event;
        } catch {
          // The scenario.
        }
      }
      const metrics = JSON.stringify([...(await observed.metrics()).values()]);
      const spans = observed
        .spans()
        .map(({ name, attributes, status, events }) => ({ name, attributes, status, events }));
      const events = observed.events().map(({ attributes, body }) => ({ attributes, body }));
      const everything = metrics + JSON.stringify({ spans, events });
      expect(spans).toHaveLength(2);
      for (const word of ['planted', 'capital', 'Paris', 'cannot help', 'failed to generate']) {
        expect(everything).not.toContain(word);
      }
    },
  );
});
