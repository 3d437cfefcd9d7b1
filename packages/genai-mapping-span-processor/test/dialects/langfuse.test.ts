import { parsed, written } from './written.js';

const json = (value: unknown) => JSON.stringify(value);
const text = (content: string) => ({ type: 'text', content });
const START = Date.UTC(2026, 0, 1);
const GENERATION = { 'langfuse.observation.type': 'generation' };
const CHAT = { 'gen_ai.operation.name': 'chat' };

function toLangfuse(attributes: Record<string, unknown>) {
  const result = written({ ...CHAT, ...attributes }, { from: 'genai', to: 'langfuse', startTimeMillis: START });
  return { ...result, attributes: parsed(result.attributes) };
}

function toGenAI(attributes: Record<string, unknown>, startTimeMillis: number | undefined = START) {
  const result = written({ ...GENERATION, ...attributes }, { from: 'langfuse', to: 'genai', startTimeMillis });
  return { ...result, attributes: parsed(result.attributes) };
}

/** As attributes are: objects as JSON. */
function flat(attributes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [
      key,
      typeof value === 'object' && !(Array.isArray(value) && typeof value[0] === 'string') ? json(value) : value,
    ]),
  );
}

describe('langfuse, both ways', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['the model that was asked for', { 'gen_ai.request.model': 'm' }, { 'langfuse.observation.model.name': 'm' }],
    [
      'parameters',
      {
        'gen_ai.request.temperature': 0,
        'gen_ai.request.max_tokens': 5,
        'gen_ai.request.stop_sequences': ['a'],
        'gen_ai.request.stream': true,
      },
      {
        'langfuse.observation.model.parameters': { temperature: 0, max_tokens: 5, stop_sequences: ['a'], stream: true },
      },
    ],
    [
      'usage, in parts that exclude each other',
      {
        'gen_ai.usage.input_tokens': 100,
        'gen_ai.usage.output_tokens': 50,
        'gen_ai.usage.cache_read.input_tokens': 60,
        'gen_ai.usage.cache_write.input_tokens': 10,
        'gen_ai.usage.reasoning.output_tokens': 20,
      },
      {
        'langfuse.observation.usage_details': {
          input: 30,
          output: 30,
          input_cached_tokens: 60,
          input_cache_creation: 10,
          output_reasoning_tokens: 20,
          total: 150,
        },
      },
    ],
    [
      'usage, zeros included',
      { 'gen_ai.usage.input_tokens': 0, 'gen_ai.usage.cache_read.input_tokens': 0 },
      { 'langfuse.observation.usage_details': { input: 0, input_cached_tokens: 0 } },
    ],
    [
      'cost, in parts that exclude each other',
      {
        'genspan.usage.cost_usd': 0.6,
        'genspan.usage.input_cost_usd': 0.3,
        'genspan.usage.output_cost_usd': 0.3,
        'genspan.usage.cache_read_cost_usd': 0.1,
        'genspan.usage.reasoning_cost_usd': 0.2,
      },
      {
        'langfuse.observation.cost_details': {
          input: 0.2,
          output: 0.1,
          input_cached_tokens: 0.1,
          output_reasoning_tokens: 0.2,
          total: 0.6,
        },
      },
    ],
    [
      'when the first chunk came',
      { 'gen_ai.response.time_to_first_chunk': 1.250125 },
      { 'langfuse.observation.completion_start_time': '2026-01-01T00:00:01.250125Z' },
    ],
    [
      'the prompt',
      { 'gen_ai.prompt.name': 'p', 'gen_ai.prompt.version': '3' },
      { 'langfuse.observation.prompt.name': 'p', 'langfuse.observation.prompt.version': 3 },
    ],
    [
      'tags and metadata',
      { 'genspan.tags': ['a'], 'genspan.metadata.team': 'ai' },
      {
        'langfuse.trace.tags': ['a'],
        'langfuse.observation.metadata.team': 'ai',
      },
    ],
    [
      'a text of a user',
      { 'gen_ai.input.messages': [{ role: 'user', parts: [text('hi')] }] },
      { 'langfuse.observation.input': 'hi' },
    ],
    [
      'messages as a chat',
      {
        'gen_ai.input.messages': [
          { role: 'system', parts: [text('be brief')] },
          { role: 'user', parts: [text('look'), { type: 'uri', modality: 'image', uri: 'https://example.com/a.png' }] },
          { role: 'assistant', parts: [{ type: 'tool_call', id: 'c', name: 'f', arguments: { a: 1 } }] },
          { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c', response: 'ok' }] },
        ],
        'gen_ai.tool.definitions': [{ type: 'function', name: 'f' }],
      },
      {
        'langfuse.observation.input': {
          messages: [
            { role: 'system', content: 'be brief' },
            {
              role: 'user',
              content: [
                { type: 'text', text: 'look' },
                { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
              ],
            },
            {
              role: 'assistant',
              content: null,
              tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
            },
            { role: 'tool', tool_call_id: 'c', content: 'ok' },
          ],
          tools: [{ type: 'function', function: { name: 'f' } }],
        },
      },
    ],
    [
      'an answer and why it ended',
      {
        'gen_ai.output.messages': [{ role: 'assistant', parts: [text('ok')], finish_reason: 'stop' }],
        'gen_ai.response.finish_reasons': ['stop'],
      },
      {
        'langfuse.observation.output': { role: 'assistant', content: 'ok' },
        'langfuse.observation.metadata.finish_reasons': ['stop'],
      },
    ],
    ['that it failed', { 'error.type': '_OTHER' }, { 'langfuse.observation.level': 'ERROR' }],
  ])('%s', (_, genai, langfuse) => {
    const there = toLangfuse(flat(genai));
    expect(there.attributes).toEqual({ ...GENERATION, ...langfuse });
    expect(there.lost).toEqual([]);
    const back = toGenAI(flat(langfuse));
    expect(back.attributes).toEqual({ ...CHAT, ...genai });
    expect(back.lost).toEqual([]);
  });

  it.each([
    ['embeddings', 'embedding'],
    ['retrieval', 'retriever'],
    ['execute_tool', 'tool'],
    ['invoke_agent', 'agent'],
    ['invoke_workflow', 'chain'],
    ['task', 'span'],
    ['guardrail', 'guardrail'],
    ['evaluate', 'evaluator'],
  ])('knows %s as %s', (operation, type) => {
    const there = toLangfuse({ 'gen_ai.operation.name': operation });
    expect(there).toMatchObject({ attributes: { 'langfuse.observation.type': type }, lost: [] });
    expect(toGenAI({ 'langfuse.observation.type': type }).attributes).toEqual({ 'gen_ai.operation.name': operation });
  });

  it.each(['text_completion', 'generate_content', 'create_agent', 'plan', 'fetch_response', 'rerank', 'anything'])(
    'says that %s shares its type with others',
    (operation) => {
      expect(toLangfuse({ 'gen_ai.operation.name': operation }).lost).toEqual([
        expect.objectContaining({ attribute: 'gen_ai.operation.name' }),
      ]);
    },
  );

  it('has arguments and result of a tool, query and documents of a retrieval', () => {
    const tool = {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.call.arguments': '{"a":1}',
      'gen_ai.tool.call.result': 'ok',
    };
    const there = toLangfuse(tool);
    expect(there.attributes).toEqual({
      'langfuse.observation.type': 'tool',
      'langfuse.observation.input': { a: 1 },
      'langfuse.observation.output': 'ok',
    });
    expect(toGenAI(flat(there.attributes)).attributes).toEqual(parsed(tool));
    const retrieval = {
      'gen_ai.operation.name': 'retrieval',
      'gen_ai.retrieval.query.text': 'q',
      'gen_ai.retrieval.documents': '[{"id":"1","score":0.5}]',
    };
    expect(toGenAI(flat(toLangfuse(retrieval).attributes)).attributes).toEqual(parsed(retrieval));
  });
});

describe('langfuse, what it counts', () => {
  const usage = (details: unknown) => {
    const { attributes, lost } = toGenAI({ 'langfuse.observation.usage_details': json(details) });
    const { 'gen_ai.operation.name': _, ...counts } = attributes;
    return { counts, lost };
  };
  const counts = (input: number, output: number, cacheRead?: number, cacheWrite?: number, reasoning?: number) => ({
    'gen_ai.usage.input_tokens': input,
    'gen_ai.usage.output_tokens': output,
    ...(cacheRead === undefined ? {} : { 'gen_ai.usage.cache_read.input_tokens': cacheRead }),
    ...(cacheWrite === undefined ? {} : { 'gen_ai.usage.cache_write.input_tokens': cacheWrite }),
    ...(reasoning === undefined ? {} : { 'gen_ai.usage.reasoning.output_tokens': reasoning }),
  });

  it.each<[string, Record<string, unknown>, Record<string, number>]>([
    [
      'its integration of OpenAI',
      { input: 4, output: 2, total: 16, input_cached_tokens: 6, output_reasoning_tokens: 4 },
      counts(10, 6, 6, undefined, 4),
    ],
    [
      'Anthropic, whose input excludes what is cached',
      { input: 4, output: 6, cache_read_input_tokens: 5, cache_creation_input_tokens: 1 },
      counts(10, 6, 5, 1),
    ],
    [
      'Anthropic as it is',
      { input_tokens: 4, output_tokens: 6, cache_read_input_tokens: 5, cache_creation_input_tokens: 1 },
      counts(10, 6, 5, 1),
    ],
    [
      'caches by how long they last',
      { input: 4, output: 6, input_cache_creation: 0, input_cache_creation_5m: 2, input_cache_creation_1h: 4 },
      counts(10, 6, undefined, 6),
    ],
    [
      'a chat of OpenAI as it is',
      {
        prompt_tokens: 10,
        completion_tokens: 6,
        total_tokens: 16,
        prompt_tokens_details: { cached_tokens: 6 },
        completion_tokens_details: { reasoning_tokens: 4 },
      },
      counts(10, 6, 6, undefined, 4),
    ],
    [
      'a response of OpenAI as it is',
      {
        input_tokens: 10,
        output_tokens: 6,
        total_tokens: 16,
        input_tokens_details: { cached_tokens: 6 },
        output_tokens_details: { reasoning_tokens: 4 },
      },
      counts(10, 6, 6, undefined, 4),
    ],
    ['the older names', { promptTokens: 10, completionTokens: 6, totalTokens: 16 }, counts(10, 6)],
  ])('adds up %s', (_, details, expected) => {
    expect(usage(details)).toEqual({ counts: expected, lost: [] });
  });

  it('counts what it does not know into the total, and says so', () => {
    const { counts: found, lost } = usage({ input: 4, input_prefill_tokens: 6, output: 1, thoughts: 3 });
    expect(found).toEqual(counts(10, 1));
    expect(lost).toHaveLength(2);
  });

  it('never writes a negative count, and says when parts exceed their total', () => {
    const { attributes, lost } = toLangfuse({
      'gen_ai.usage.input_tokens': 5,
      'gen_ai.usage.cache_read.input_tokens': 9,
    });
    expect(attributes['langfuse.observation.usage_details']).toEqual({ input: 0, input_cached_tokens: 9 });
    expect(lost).toEqual([expect.objectContaining({ attribute: 'gen_ai.usage.input_tokens' })]);
  });

  it('leaves the usage of an agent out, which its calls have told', () => {
    const { attributes, lost } = toLangfuse({
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.usage.input_tokens': 5,
      'genspan.usage.cost_usd': 1,
    });
    expect(attributes).toEqual({ 'langfuse.observation.type': 'agent' });
    expect(lost).toContainEqual(expect.objectContaining({ attribute: 'gen_ai.usage.input_tokens' }));
  });

  it('reports modalities, which would count twice', () => {
    const { lost } = toLangfuse({ 'gen_ai.usage.input_tokens': 5, 'gen_ai.usage.image.input_tokens': 2 });
    expect(lost).toEqual([expect.objectContaining({ attribute: 'gen_ai.usage.image.input_tokens' })]);
  });
});

describe('langfuse, the rest', () => {
  it('has one name for the model, and says which it left out', () => {
    const { attributes, lost } = toLangfuse({ 'gen_ai.request.model': 'm', 'gen_ai.response.model': 'r' });
    expect(attributes['langfuse.observation.model.name']).toBe('r');
    expect(lost.map(({ attribute }) => attribute).sort()).toEqual(['gen_ai.request.model', 'gen_ai.response.model']);
  });

  it('reads session and user under both spellings', () => {
    expect(toGenAI({ 'langfuse.session.id': 's', 'langfuse.user.id': 'u' }).attributes).toMatchObject({
      'gen_ai.conversation.id': 's',
      'user.id': 'u',
    });
    expect(toGenAI({ 'session.id': 's' }).attributes).toMatchObject({ 'gen_ai.conversation.id': 's' });
    expect(toLangfuse({ 'gen_ai.conversation.id': 's' }).attributes).toMatchObject({ 'session.id': 's' });
  });

  it('reads a time with quotes around it, and reports one that it cannot count from', () => {
    const quoted = { 'langfuse.observation.completion_start_time': '"2026-01-01T00:00:02.000Z"' };
    expect(toGenAI(quoted).attributes).toMatchObject({ 'gen_ai.response.time_to_first_chunk': 2 });
    expect(toGenAI(quoted, START + 10_000).lost).toHaveLength(1);
    const unknown = written({ ...GENERATION, ...quoted }, { from: 'langfuse', to: 'genai' });
    expect(unknown.lost).toEqual([
      expect.objectContaining({ attribute: 'langfuse.observation.completion_start_time' }),
    ]);
    const untold = written({ ...CHAT, 'gen_ai.response.time_to_first_chunk': 1 }, { to: 'langfuse' });
    expect(untold.lost).toEqual([expect.objectContaining({ attribute: 'gen_ai.response.time_to_first_chunk' })]);
  });

  it('takes what the trace says where the observation does not', () => {
    expect(toGenAI({ 'langfuse.trace.input': 'hi', 'langfuse.trace.metadata.a': '{"b":1}' }).attributes).toMatchObject({
      'gen_ai.input.messages': [{ role: 'user', parts: [text('hi')] }],
      'genspan.metadata.a': { b: 1 },
    });
  });

  it.each([
    ['langfuse.environment', 'production'],
    ['langfuse.trace.name', 'n'],
    ['langfuse.trace.public', true],
    ['langfuse.release', 'r'],
    ['langfuse.observation.level', 'WARNING'],
    ['langfuse.observation.status_message', 'm'],
    ['langfuse.observation.model.parameters', json({ logit_bias: { 5: 1 } })],
    ['langfuse.observation.input', json({ messages: [{ role: 'user', content: 'a' }], tool_choice: 'auto' })],
    ['langfuse.observation.usage_details', 'no JSON'],
    ['langfuse.observation.type', 'unheard of'],
  ])('leaves %s as it is, and reports it where nothing says the same', (key, value) => {
    expect(toGenAI({ [key]: value }).lost).toContainEqual(expect.objectContaining({ attribute: key }));
  });

  it('reports a version of a prompt that is no number', () => {
    const { attributes, lost } = toLangfuse({ 'gen_ai.prompt.name': 'p', 'gen_ai.prompt.version': 'v1' });
    expect(attributes).not.toHaveProperty(['langfuse.observation.prompt.version']);
    expect(lost).toEqual([expect.objectContaining({ attribute: 'gen_ai.prompt.version' })]);
  });
});
