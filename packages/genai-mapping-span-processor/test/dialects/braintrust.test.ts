import {
  validateInputMessages,
  validateOutputMessages,
  validateToolDefinitions,
  type InputMessage,
} from '@genspan/semconv';
import fc from 'fast-check';
import { fuzz } from '@genspan/test-utils';
import { detectDialect } from '../../src/detect-dialect.js';
import { mapAttributes } from '../../src/map-attributes.js';

type Attributes = Readonly<Record<string, unknown>>;

function toGenAI(attributes: Attributes): Record<string, unknown> {
  return mapAttributes(attributes, { from: 'braintrust', to: 'genai', mode: 'replace' }).attributes;
}

function toBraintrust(attributes: Attributes): Record<string, unknown> {
  return mapAttributes(attributes, { from: 'genai', to: 'braintrust', mode: 'replace' }).attributes;
}

const json = (value: unknown): string => JSON.stringify(value);
const parsed = (value: unknown): unknown => JSON.parse(String(value)) as unknown;

const TOOL = { name: 'weather', description: 'Weather', parameters: { type: 'object', properties: {} } };
/** As Braintrust's SDKs for OpenTelemetry write a call of a model. */
const CALL = {
  'braintrust.parent': 'project_name:mine',
  'braintrust.span_attributes': json({ type: 'llm' }),
  'braintrust.input_json': json([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }] },
  ]),
  'braintrust.output_json': json([
    {
      index: 0,
      finish_reason: 'tool_calls',
      message: {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }],
      },
    },
  ]),
  'braintrust.metadata': json({
    provider: 'openai',
    model: 'gpt-4o',
    temperature: 0.5,
    max_tokens: 10,
    stop: ['END'],
    tools: [{ type: 'function', function: TOOL }],
    feature: 'search',
  }),
  'braintrust.metrics': json({
    prompt_tokens: 24,
    completion_tokens: 9,
    tokens: 33,
    prompt_cached_tokens: 8,
    prompt_cache_creation_tokens: 3,
    completion_reasoning_tokens: 4,
    prompt_audio_tokens: 0,
    completion_image_tokens: 2,
    time_to_first_token: 0.25,
    start: 1_700_000_000.5,
    end: 1_700_000_001,
    estimated_cost: 0.002,
  }),
  'braintrust.tags': ['a', 'b'],
};

const CALL_IN_GENAI = {
  'braintrust.parent': 'project_name:mine',
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.request.temperature': 0.5,
  'gen_ai.request.max_tokens': 10,
  'gen_ai.request.stop_sequences': ['END'],
  'gen_ai.response.finish_reasons': ['tool_call'],
  'gen_ai.response.time_to_first_chunk': 0.25,
  'gen_ai.usage.input_tokens': 24,
  'gen_ai.usage.output_tokens': 9,
  'gen_ai.usage.cache_read.input_tokens': 8,
  'gen_ai.usage.cache_write.input_tokens': 3,
  'gen_ai.usage.reasoning.output_tokens': 4,
  'gen_ai.usage.audio.input_tokens': 0,
  'gen_ai.usage.image.output_tokens': 2,
  'genspan.usage.cost_usd': 0.002,
  'genspan.tags': ['a', 'b'],
  'genspan.metadata.feature': 'search',
  'gen_ai.tool.definitions': json([{ type: 'function', ...TOOL }]),
  'gen_ai.input.messages': json([
    { role: 'system', parts: [{ type: 'text', content: 'Be brief.' }] },
    { role: 'user', parts: [{ type: 'blob', modality: 'image', mime_type: 'image/png', content: 'iVBORw0KGgo=' }] },
  ]),
  'gen_ai.output.messages': json([
    {
      role: 'assistant',
      parts: [{ type: 'tool_call', id: 'c', name: 'weather', arguments: { city: 'Oslo' } }],
      finish_reason: 'tool_call',
    },
  ]),
};

/** With JSON parsed, so that the order of members does not matter. */
function plain(attributes: Attributes): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => {
      const isJson = typeof value === 'string' && /^[[{]/.test(value);
      return [key, isJson ? parsed(value) : value];
    }),
  );
}

/** The reasons of messages, and a model that is the response's or the request's. */
const DERIVED: ReadonlySet<string> = new Set(['gen_ai.response.finish_reasons', 'gen_ai.request.model']);

/** Messages without what `gen_ai.response.finish_reasons` says as well. */
function withoutReasons(attributes: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(attributes, (key, value: unknown) => (key === 'finish_reason' ? undefined : value));
  return JSON.parse(text) as Record<string, unknown>;
}

describe('the dialect of Braintrust', () => {
  it('is told by its fields, and not by where a span is sent to', () => {
    expect(detectDialect({ 'braintrust.metrics.prompt_tokens': 3 })).toEqual(['braintrust']);
    expect(detectDialect({ 'braintrust.parent': 'x', 'braintrust.org': 'x', 'braintrust.context_json': '{}' })).toEqual(
      [],
    );
  });

  it('reads a call of a model whole, and leaves where it is sent to alone', () => {
    const { attributes, lost } = mapAttributes(CALL, { from: 'braintrust', to: 'genai', mode: 'replace' });
    expect(plain(attributes)).toEqual(plain(CALL_IN_GENAI));
    expect(lost).toEqual([]);
    expect(validateInputMessages(attributes['gen_ai.input.messages'])).toEqual([]);
    expect(validateOutputMessages(attributes['gen_ai.output.messages'])).toEqual([]);
    expect(validateToolDefinitions(attributes['gen_ai.tool.definitions'])).toEqual([]);
  });

  it('is back what it was after a way through the current conventions', () => {
    const back = plain(toBraintrust(toGenAI(CALL)));
    const { start: _start, end: _end, ...metrics } = parsed(CALL['braintrust.metrics']) as Record<string, unknown>;
    const { max_tokens, ...metadata } = parsed(CALL['braintrust.metadata']) as Record<string, unknown>;
    expect(back).toEqual({
      ...plain(CALL),
      // What genspan calls its own stays: it is no other dialect's.
      'genspan.metadata.feature': 'search',
      'genspan.tags': ['a', 'b'],
      'genspan.usage.cost_usd': 0.002,
      'braintrust.metrics': metrics,
      // OpenAI's own word for it today.
      'braintrust.metadata': { ...metadata, max_completion_tokens: max_tokens },
    });
  });

  it('reads fields that are spread over attributes', () => {
    const attributes = toGenAI({
      'braintrust.span_attributes.type': 'llm',
      'braintrust.input.0.role': 'user',
      'braintrust.input.0.content': 'Hi',
      'braintrust.output.0.role': 'assistant',
      'braintrust.output.0.content': 'Hello',
      'braintrust.metadata.model': 'gpt-4o',
      'braintrust.metadata.tier': 'gold',
      'braintrust.metrics.prompt_tokens': 5,
      'braintrust.metrics.completion_tokens': 0,
      'braintrust.metrics.tokens': 5,
    });
    expect(plain(attributes)).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 5,
      'gen_ai.usage.output_tokens': 0,
      'genspan.metadata.tier': 'gold',
      'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }],
      'gen_ai.output.messages': [{ role: 'assistant', parts: [{ type: 'text', content: 'Hello' }] }],
    });
  });

  it('adds up cache writes that are told apart by how long they are kept, once, and says so', () => {
    const metrics = { prompt_cache_creation_5m_tokens: 2, prompt_cache_creation_1h_tokens: 3 };
    const read = (extra: Attributes) =>
      mapAttributes({ 'braintrust.metrics': json({ ...metrics, ...extra }) }, { from: 'braintrust', to: 'genai' });
    expect(read({}).attributes['gen_ai.usage.cache_write.input_tokens']).toBe(5);
    expect(read({ prompt_cache_creation_tokens: 5 }).attributes['gen_ai.usage.cache_write.input_tokens']).toBe(5);
    expect(read({}).lost).toHaveLength(1);
  });

  it('reads runs of tools, embeddings and scores', () => {
    expect(
      plain(
        toGenAI({
          'braintrust.span_attributes': json({ type: 'tool', name: 'weather' }),
          'braintrust.input_json': json({ city: 'Oslo' }),
          'braintrust.output_json': json(3),
        }),
      ),
    ).toEqual({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'weather',
      'gen_ai.tool.call.arguments': { city: 'Oslo' },
      'gen_ai.tool.call.result': '3',
    });
    expect(
      toGenAI({
        'braintrust.span_attributes': json({ type: 'llm' }),
        'braintrust.input_json': json(['a', 'b']),
        'braintrust.output_json': json({ embedding_length: 8 }),
      }),
    ).toMatchObject({ 'gen_ai.operation.name': 'embeddings', 'gen_ai.embeddings.dimension.count': 8 });
    const { events } = mapAttributes(
      { 'braintrust.scores': json({ Factuality: 0.5, Skipped: null }) },
      { from: 'braintrust', to: 'genai' },
    );
    expect(events).toEqual([
      {
        name: 'gen_ai.evaluation.result',
        attributes: { 'gen_ai.evaluation.name': 'Factuality', 'gen_ai.evaluation.score.value': 0.5 },
      },
    ]);
  });

  it('writes scores between 0 and 1, and reports the others', () => {
    const event = (name: string, score: number) => ({
      name: 'gen_ai.evaluation.result',
      attributes: { 'gen_ai.evaluation.name': name, 'gen_ai.evaluation.score.value': score },
    });
    const { attributes, lost } = mapAttributes(
      { 'gen_ai.operation.name': 'chat' },
      { from: 'genai', to: 'braintrust', events: [event('Good', 1), event('Stars', 4)] },
    );
    expect(parsed(attributes['braintrust.scores'])).toEqual({ Good: 1 });
    expect(lost.map(({ reason }) => reason)).toContain('a score of braintrust is a number between 0 and 1');
  });

  it('leaves in its place what is neither messages nor a tool call, and says so', () => {
    const attributes = {
      'braintrust.span_attributes': json({ type: 'task' }),
      'braintrust.input_json': json({ question: 'x' }),
      'braintrust.output_json': json('y'),
    };
    const { attributes: mapped, lost } = mapAttributes(attributes, {
      from: 'braintrust',
      to: 'genai',
      mode: 'replace',
    });
    expect(mapped['braintrust.input_json']).toBe(attributes['braintrust.input_json']);
    expect(mapped).not.toHaveProperty(['gen_ai.input.messages']);
    expect(lost).toContainEqual({
      attribute: 'braintrust.input_json',
      reason: 'other dialects have a place for messages only',
    });
    expect(plain(mapped)['gen_ai.output.messages']).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'y' }] },
    ]);
  });

  it('reads no parameters out of the metadata of what is no call of a model', () => {
    const attributes = toGenAI({
      'braintrust.span_attributes': json({ type: 'task' }),
      'braintrust.metadata': json({ model: 'T', n: 3, k: 4 }),
    });
    expect(attributes).toMatchObject({ 'genspan.metadata.model': 'T', 'genspan.metadata.n': 3 });
    expect(attributes).not.toHaveProperty(['gen_ai.request.model']);
  });

  it('keeps what Braintrust has no field for among the metadata, and reads it again', () => {
    const span = {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'Helper',
      'gen_ai.agent.id': 'agent-1',
      'gen_ai.conversation.id': 'conv-1',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.text.cache_read.input_tokens': 3,
      'gen_ai.prompt.variable.city': 'Oslo',
      'gen_ai.input.messages': json([{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }]),
    };
    const { attributes, lost } = mapAttributes(span, { from: 'genai', to: 'braintrust', mode: 'replace' });
    expect(parsed(attributes['braintrust.span_attributes'])).toEqual({ type: 'task' });
    expect(parsed(attributes['braintrust.input_json'])).toBe('Hi');
    expect(lost).toEqual([]);
    expect(plain(toGenAI(attributes))).toEqual(plain(span));
  });

  it('reports nothing but what is different after a way there and back', () => {
    const span = fc.record(
      {
        'gen_ai.operation.name': fc.constantFrom(
          'chat',
          'embeddings',
          'execute_tool',
          'invoke_agent',
          'retrieval',
          'plan',
        ),
        'gen_ai.provider.name': fc.constantFrom('openai', 'gcp.gemini', 'gcp.gen_ai', 'aws.bedrock', 'mine'),
        'gen_ai.request.model': fc.constantFrom('gpt-4o'),
        'gen_ai.response.model': fc.constantFrom('gpt-4o', 'gpt-4o-2024'),
        'gen_ai.request.seed': fc.constantFrom(0, 7),
        'gen_ai.request.max_tokens': fc.constantFrom(100),
        'gen_ai.request.choice.count': fc.constantFrom(2),
        'gen_ai.output.type': fc.constantFrom('json', 'text', 'speech'),
        'gen_ai.usage.input_tokens': fc.constantFrom(0, 12),
        'gen_ai.usage.output_tokens': fc.constantFrom(0, 12),
        'gen_ai.usage.cache_read.input_tokens': fc.constantFrom(0, 3),
        'gen_ai.usage.image.cache_read.input_tokens': fc.constantFrom(1),
        'gen_ai.response.finish_reasons': fc.constantFrom(['stop'], ['length', 'pause_turn'], []),
        'gen_ai.response.id': fc.constantFrom('r'),
        'gen_ai.tool.name': fc.constantFrom('weather'),
        'gen_ai.tool.call.id': fc.constantFrom('c'),
        'gen_ai.tool.call.arguments': fc.constantFrom(json({ a: 1 })),
        'gen_ai.tool.call.result': fc.constantFrom(json([1]), json({ b: 2 })),
        'gen_ai.retrieval.query.text': fc.constantFrom('q'),
        'gen_ai.retrieval.documents': fc.constantFrom(json([{ id: 'd', score: 0.5, text: 'x' }])),
        'gen_ai.tool.definitions': fc.constantFrom(json([{ type: 'function', ...TOOL }])),
        'gen_ai.input.messages': fc.constantFrom<unknown>(
          json([{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }]),
          json([
            { role: 'user', name: 'ada', parts: [{ type: 'text', content: 'Hi' }] },
            { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c', response: 'cold' }] },
          ] satisfies InputMessage[]),
        ),
        'gen_ai.output.messages': fc.constantFrom(
          json([{ role: 'assistant', parts: [{ type: 'text', content: 'Hi' }] }]),
          json([{ role: 'assistant', parts: [{ type: 'reasoning', content: 'Hm' }], finish_reason: 'stop' }]),
        ),
        'genspan.tags': fc.constantFrom(['a'], []),
        'genspan.metadata.model': fc.constantFrom('mine'),
        'genspan.metadata.team': fc.constantFrom('search'),
        'user.id': fc.constantFrom('u'),
        'http.route': fc.constantFrom('/x'),
      },
      { requiredKeys: ['gen_ai.operation.name'] },
    );
    fc.assert(
      fc.property(span, (attributes) => {
        const there = mapAttributes(attributes, { from: 'genai', to: 'braintrust', mode: 'replace' });
        const back = mapAttributes(there.attributes, { from: 'braintrust', to: 'genai', mode: 'replace' });
        const isKnown = new Set([...there.lost, ...back.lost].map(({ attribute }) => attribute));
        const isReported = (key: string): boolean =>
          isKnown.has(key) || (isKnown.size > 0 && key.startsWith('genspan.metadata'));
        const expected = withoutReasons(plain(attributes));
        const got = withoutReasons(plain(back.attributes));
        for (const key of Object.keys(expected)) {
          if (!isReported(key)) expect([key, got[key]]).toEqual([key, expected[key]]);
        }
        // Nothing comes out of nowhere either, but for what says the same in a second place.
        for (const key of Object.keys(got)) expect(key in expected || DERIVED.has(key) ? '' : key).toBe('');
      }),
      fuzz(500),
    );
  });

  it('throws nothing, whatever the attributes are', () => {
    const key = fc.constantFrom(
      ...['input_json', 'input', 'input.0.role', 'input.9999999999.content', 'output_json', 'output.x', 'metadata'],
      ...['metadata.__proto__', 'metadata.model', 'metrics', 'metrics.prompt_tokens', 'scores', 'scores.x', 'tags'],
      ...['span_attributes', 'span_attributes.type', 'expected', 'parent'],
    );
    const value = fc.oneof(
      fc.anything(),
      fc.json(),
      fc.constantFrom('{"type":"llm"}', '[{"role":"user"}]', '{"__proto__":{"a":1}}', '[[[[', '{"choices":[null]}'),
    );
    fc.assert(
      fc.property(fc.dictionary(key, value), (entries) => {
        const attributes = Object.fromEntries(Object.entries(entries).map(([name, v]) => [`braintrust.${name}`, v]));
        const there = mapAttributes(attributes, { to: ['genai', 'braintrust'], mode: 'replace' });
        expect(there.failed).toEqual([]);
        const back = mapAttributes(there.attributes, { from: 'genai', to: 'braintrust', mode: 'replace' });
        expect(back.failed).toEqual([]);
      }),
      fuzz(300),
    );
  });
});
