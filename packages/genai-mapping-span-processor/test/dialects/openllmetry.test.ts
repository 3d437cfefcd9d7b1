import { detectDialect, mapAttributes } from '../../src/index.js';
import { capturedSpan, capturedSpans, problemsOf, structure, toGenAI } from './captured-spans.js';

const FILES = ['openllmetry-12', 'openllmetry-22', 'openllmetry-27'];
const text = (content: string) => ({ type: 'text', content });
const TOOL = {
  type: 'function',
  name: 'get_weather',
  description: 'Weather of a city',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

interface ReadOptions {
  readonly scopeName?: string;
  readonly events?: readonly { name: string; attributes: Record<string, unknown> }[];
}

/** Reads attributes of the dialect. */
function read(attributes: Record<string, unknown>, options: ReadOptions = {}) {
  const result = mapAttributes(attributes, { from: 'openllmetry', to: 'genai', ...options });
  return { ...result, of: (key: string) => structure(result.attributes, key) };
}

/** Writes attributes of the current conventions in the dialect. */
function write(attributes: Record<string, unknown>) {
  const all = { 'gen_ai.operation.name': 'chat', ...attributes };
  return mapAttributes(all, { from: 'genai', to: 'openllmetry', mode: 'replace' });
}

describe('captured spans of OpenLLMetry', () => {
  it.each(FILES)('of %s are recognised and become valid in the current conventions', (file) => {
    for (const span of Object.values(capturedSpans(file)).flat()) {
      expect(detectDialect(span.attributes, { scopeName: span.scope })).toContain('openllmetry');
      const { attributes, failed, lost } = toGenAI(span);
      expect(failed).toEqual([]);
      expect(lost).toEqual([]);
      expect(problemsOf(attributes)).toEqual([]);
      expect(attributes['gen_ai.provider.name']).toBe('openai');
      expect(typeof attributes['gen_ai.operation.name']).toBe('string');
      for (const key of Object.keys(attributes)) {
        expect(key).not.toMatch(/^llm\.|^gen_ai\.(prompt|completion)\.|_tokens$(?<!put_tokens)(?<!max_tokens)/);
      }
    }
  });

  it.each(FILES)('of %s keep tool calls, tools and usage', (file) => {
    const [span] = capturedSpans(file)['tool call'] ?? [];
    if (span === undefined) throw new TypeError(`Expected a tool call in ${file}`);
    const { attributes } = toGenAI(span);
    expect(structure(attributes, 'gen_ai.output.messages')).toMatchObject([
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', name: 'get_weather', arguments: { city: 'Paris' } }],
        finish_reason: 'tool_call',
      },
    ]);
    expect(structure(attributes, 'gen_ai.tool.definitions')).toEqual([TOOL]);
    expect(attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.response.finish_reasons': ['tool_call'],
      'gen_ai.usage.input_tokens': 24,
      'gen_ai.usage.output_tokens': 9,
    });
  });

  it.each(FILES)('of %s keep images by data and by URL', (file) => {
    const [span] = capturedSpans(file)['image'] ?? [];
    if (span === undefined) throw new TypeError(`Expected an image in ${file}`);
    const png = expect.stringMatching(/^iVBORw0KGgo/) as unknown;
    expect(structure(toGenAI(span).attributes, 'gen_ai.input.messages')).toEqual([
      {
        role: 'user',
        parts: [
          text('What is this?'),
          { type: 'blob', modality: 'image', mime_type: 'image/png', content: png },
          { type: 'uri', modality: 'image', uri: 'https://example.com/cat.png' },
        ],
      },
    ]);
  });

  it('keep parameters, choices and what a tool answered', () => {
    const chat = toGenAI(capturedSpan('openllmetry-22', 'chat', 'openai.chat')).attributes;
    expect(chat).toMatchObject({
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.frequency_penalty': 0.1,
      'gen_ai.request.presence_penalty': 0.2,
      'gen_ai.response.finish_reasons': ['stop', 'stop'],
    });
    expect(structure(chat, 'gen_ai.output.messages')).toHaveLength(2);
    const answer = toGenAI(capturedSpan('openllmetry-22', 'tool result', 'openai.chat')).attributes;
    expect(structure(answer, 'gen_ai.input.messages')).toEqual([
      { role: 'user', parts: [text('Weather in Paris?')] },
      { role: 'assistant', parts: [] },
      { role: 'tool', parts: [{ type: 'tool_call_response', response: '{"celsius":21}' }] },
    ]);
    const completion = toGenAI(capturedSpan('openllmetry-22', 'completion', 'openai.completion')).attributes;
    expect(completion['gen_ai.operation.name']).toBe('text_completion');
  });

  it('that make images say so', () => {
    for (const [file, name] of [
      ['openllmetry-22', 'openai.images.generate'],
      ['openllmetry-27', 'image_generation dall-e-3'],
    ] as const) {
      const { attributes } = toGenAI(capturedSpan(file, 'image generation', name));
      expect(attributes).toMatchObject({ 'gen_ai.operation.name': 'generate_content', 'gen_ai.output.type': 'image' });
    }
  });
});

describe('reading flattened messages', () => {
  const prompt = { 'llm.request.type': 'chat', 'gen_ai.prompt.0.role': 'user' };

  it('reads the arguments and ids of tool calls, and the call that an answer belongs to', () => {
    const { of } = read({
      ...prompt,
      'gen_ai.prompt.0.role': 'assistant',
      'gen_ai.prompt.0.tool_calls.0.id': 'call_1',
      'gen_ai.prompt.0.tool_calls.0.name': 'a',
      'gen_ai.prompt.0.tool_calls.0.arguments': '{"x":1}',
      'gen_ai.prompt.0.tool_calls.1.name': 'b',
      'gen_ai.prompt.0.tool_calls.1.arguments': 'no JSON',
      'gen_ai.prompt.1.role': 'tool',
      'gen_ai.prompt.1.tool_call_id': 'call_1',
      'gen_ai.prompt.1.content': 'done',
    });
    expect(of('gen_ai.input.messages')).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'tool_call', id: 'call_1', name: 'a', arguments: { x: 1 } },
          { type: 'tool_call', name: 'b', arguments: 'no JSON' },
        ],
      },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: 'done' }] },
    ]);
  });

  it('reads the function calls of the older API', () => {
    const { of } = read({
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.function_call.name': 'f',
      'gen_ai.completion.0.function_call.arguments': '{}',
      'gen_ai.completion.0.finish_reason': 'function_call',
    });
    expect(of('gen_ai.output.messages')).toEqual([
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', name: 'f', arguments: {} }],
        finish_reason: 'tool_call',
      },
    ]);
  });

  it('takes a completion of the role thinking for the reasoning of the next one', () => {
    const { of, attributes } = read({
      'gen_ai.completion.0.role': 'thinking',
      'gen_ai.completion.0.content': 'Hm.',
      'gen_ai.completion.0.finish_reason': 'end_turn',
      'gen_ai.completion.1.role': 'assistant',
      'gen_ai.completion.1.content': 'Yes.',
    });
    expect(of('gen_ai.output.messages')).toEqual([
      { role: 'assistant', parts: [{ type: 'reasoning', content: 'Hm.' }, text('Yes.')], finish_reason: 'stop' },
    ]);
    expect(attributes['gen_ai.response.finish_reasons']).toEqual(['stop']);
  });

  it('reads no message where content was not captured', () => {
    const { attributes } = read({ 'llm.request.type': 'chat', 'gen_ai.completion.0.finish_reason': 'stop' });
    expect(attributes['gen_ai.response.finish_reasons']).toEqual(['stop']);
    expect(attributes).not.toHaveProperty(['gen_ai.output.messages']);
  });

  it('leaves the attributes of the conventions below the same name alone', () => {
    const { attributes } = read({ 'gen_ai.prompt.0.content': 'a', 'gen_ai.prompt.name': 'greeting' });
    expect(attributes['gen_ai.prompt.name']).toBe('greeting');
    expect(structure(attributes, 'gen_ai.input.messages')).toEqual([{ role: 'user', parts: [text('a')] }]);
  });

  it('says where messages may be missing', () => {
    const gap = read({ ...prompt, 'gen_ai.prompt.0.content': 'a', 'gen_ai.prompt.7.content': 'b' });
    expect(gap.lost).toContainEqual({ attribute: 'gen_ai.prompt', reason: 'an entry is missing between others' });
    expect(gap.of('gen_ai.input.messages')).toHaveLength(2);
    const many = Object.fromEntries(Array.from({ length: 128 }, (_, index) => [`gen_ai.prompt.${index}.content`, 'a']));
    expect(read(many).lost.map(({ reason }) => reason)).toContain(
      'the span has as many attributes as it may have, so that entries may be missing',
    );
    expect(read({ ...prompt, 'gen_ai.prompt.0.content': 'a' }).lost).toEqual([]);
  });
});

describe('reading the rest of OpenLLMetry', () => {
  it.each<[string, Record<string, unknown>, ReadOptions, Record<string, number | undefined>]>([
    [
      'underscored names',
      {
        'gen_ai.usage.prompt_tokens': 9,
        'gen_ai.usage.completion_tokens': 0,
        'gen_ai.usage.cache_read_input_tokens': 3,
        'gen_ai.usage.cache_creation_input_tokens': 2,
        'llm.usage.total_tokens': 9,
      },
      {},
      { input: 9, output: 0, cacheRead: 3, cacheWrite: 2 },
    ],
    [
      'dotted names',
      {
        'gen_ai.usage.input_tokens': 9,
        'gen_ai.usage.output_tokens': 5,
        'gen_ai.usage.cache_creation.input_tokens': 2,
        'gen_ai.usage.reasoning_tokens': 4,
        'gen_ai.usage.total_tokens': 14,
      },
      {},
      { input: 9, output: 5, cacheWrite: 2, reasoning: 4 },
    ],
    [
      'input without what is cached, by its instrumentation of Anthropic for JavaScript',
      { 'gen_ai.usage.input_tokens': 9, 'gen_ai.usage.cache_read.input_tokens': 3 },
      { scopeName: '@traceloop/instrumentation-anthropic' },
      { input: 12, cacheRead: 3 },
    ],
    [
      'more cached than there would be',
      { 'gen_ai.usage.prompt_tokens': 9, 'gen_ai.usage.cache_read_input_tokens': 30 },
      {},
      { input: 39, cacheRead: 30 },
    ],
  ])('counts %s once', (_, attributes, options, { input, output, cacheRead, cacheWrite, reasoning }) => {
    const result = mapAttributes(attributes, { from: 'openllmetry', to: 'genai', mode: 'replace', ...options });
    expect([
      result.attributes['gen_ai.usage.input_tokens'],
      result.attributes['gen_ai.usage.output_tokens'],
      result.attributes['gen_ai.usage.cache_read.input_tokens'],
      result.attributes['gen_ai.usage.cache_write.input_tokens'],
      result.attributes['gen_ai.usage.reasoning.output_tokens'],
    ]).toEqual([input, output, cacheRead, cacheWrite, reasoning]);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'a workflow',
      { 'traceloop.span.kind': 'workflow', 'traceloop.entity.name': 'joke', 'traceloop.workflow.name': 'joke' },
      { 'gen_ai.operation.name': 'invoke_workflow', 'gen_ai.workflow.name': 'joke' },
    ],
    [
      'an agent',
      { 'traceloop.span.kind': 'agent', 'traceloop.entity.name': 'planner', 'traceloop.entity.version': 2 },
      {
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.agent.name': 'planner',
        'gen_ai.agent.version': '2',
      },
    ],
    [
      'a tool',
      {
        'traceloop.span.kind': 'tool',
        'traceloop.entity.name': 'weather',
        'traceloop.entity.input': '{"args":[],"kwargs":{"city":"Paris"}}',
        'traceloop.entity.output': '{"celsius":21}',
      },
      {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'weather',
        'gen_ai.tool.call.arguments': '{"city":"Paris"}',
        'gen_ai.tool.call.result': '{"celsius":21}',
      },
    ],
    ['a task', { 'traceloop.span.kind': 'task' }, { 'gen_ai.operation.name': 'task' }],
    ['a call that embeds', { 'llm.request.type': 'embedding' }, { 'gen_ai.operation.name': 'embeddings' }],
    ['Azure', { 'gen_ai.system': 'Azure' }, { 'gen_ai.provider.name': 'azure.ai.openai' }],
    ['a bare word to stop at', { 'llm.chat.stop_sequences': 'END' }, { 'gen_ai.request.stop_sequences': ['END'] }],
    [
      'who asked, and in which session',
      {
        'traceloop.association.properties.user_id': 'u',
        'traceloop.association.properties.sessionId': 's',
        'traceloop.association.properties.chat_id': 'c',
        'traceloop.association.properties.tier': 'gold',
      },
      { 'user.id': 'u', 'session.id': 's', 'gen_ai.conversation.id': 'c', 'genspan.metadata.tier': 'gold' },
    ],
    [
      'a prompt of its registry',
      {
        'traceloop.prompt.key': 'greeting',
        'traceloop.prompt.version': 3,
        'traceloop.prompt.template_variables.name': 'Ada',
      },
      { 'gen_ai.prompt.name': 'greeting', 'gen_ai.prompt.version': '3', 'gen_ai.prompt.variable.name': 'Ada' },
    ],
  ])('reads %s', (_, attributes, expected) => {
    expect(read(attributes).attributes).toMatchObject(expected);
  });

  it('reads what went into a workflow and came out as messages', () => {
    const { of } = read({
      'traceloop.span.kind': 'workflow',
      'traceloop.entity.input': '{"args":["Tell a joke"],"kwargs":{}}',
      'traceloop.entity.output': '{"joke":"…"}',
    });
    expect(of('gen_ai.input.messages')).toEqual([{ role: 'user', parts: [text('Tell a joke')] }]);
    expect(of('gen_ai.output.messages')).toEqual([{ role: 'assistant', parts: [text('{"joke":"…"}')] }]);
  });

  it('reads the documents that a query of a vector database found', () => {
    const event = (name: string, attributes: Record<string, unknown>) => ({ name, attributes });
    const { of, attributes } = read(
      { 'db.system': 'chroma', 'db.vector.query.top_k': 2 },
      {
        events: [
          event('db.query.result', { 'db.query.result.id': 'a', 'db.query.result.distance': 0.2 }),
          event('db.query.result', {
            'db.query.result.id': 'b',
            'db.query.result.score': 0.9,
            'db.query.result.document': 'text',
            'db.query.result.metadata': '{"page":1}',
          }),
        ],
      },
    );
    expect(attributes).toMatchObject({ 'gen_ai.operation.name': 'retrieval', 'gen_ai.retrieval.top_k': 2 });
    expect(of('gen_ai.retrieval.documents')).toEqual([
      { id: 'a', distance: 0.2 },
      { id: 'b', score: 0.9, content: 'text', metadata: { page: 1 } },
    ]);
  });

  it('never carries headers into anything else', () => {
    const secret = ['header', 'value'].join('-');
    const { lost, attributes } = read({ 'llm.request.type': 'chat', 'llm.headers': secret });
    expect(lost).toContainEqual(expect.objectContaining({ attribute: 'llm.headers' }));
    expect(Object.keys(attributes).filter((key) => attributes[key] === secret)).toEqual(['llm.headers']);
  });
});

describe('writing as OpenLLMetry does', () => {
  it('has an attribute for each text, in the words of the older era', () => {
    const { attributes, lost } = write({
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.request.top_k': 5,
      'gen_ai.usage.input_tokens': 24,
      'gen_ai.usage.output_tokens': 9,
      'gen_ai.usage.cache_read.input_tokens': 8,
      'gen_ai.response.finish_reasons': ['tool_call'],
      'gen_ai.tool.definitions': JSON.stringify([TOOL]),
      'gen_ai.input.messages': JSON.stringify([
        { role: 'user', parts: [text('a'), { type: 'uri', modality: 'image', uri: 'https://example.com/a.png' }] },
      ]),
      'gen_ai.output.messages': JSON.stringify([
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', content: 'Hm.' },
            { type: 'tool_call', id: 'call_1', name: 'get_weather', arguments: { city: 'Paris' } },
          ],
        },
      ]),
    });
    expect(attributes).toEqual({
      'gen_ai.system': 'OpenAI',
      'llm.request.type': 'chat',
      'gen_ai.request.model': 'gpt-4o',
      'llm.top_k': 5,
      'gen_ai.usage.prompt_tokens': 24,
      'gen_ai.usage.completion_tokens': 9,
      'gen_ai.usage.cache_read_input_tokens': 8,
      'llm.usage.total_tokens': 33,
      'llm.request.functions.0.name': 'get_weather',
      'llm.request.functions.0.description': 'Weather of a city',
      'llm.request.functions.0.arguments': JSON.stringify(TOOL.parameters),
      'gen_ai.prompt.0.role': 'user',
      'gen_ai.prompt.0.content':
        '[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]',
      'gen_ai.completion.0.role': 'thinking',
      'gen_ai.completion.0.content': 'Hm.',
      'gen_ai.completion.1.role': 'assistant',
      'gen_ai.completion.1.finish_reason': 'tool_calls',
      'gen_ai.completion.1.tool_calls.0.id': 'call_1',
      'gen_ai.completion.1.tool_calls.0.name': 'get_weather',
      'gen_ai.completion.1.tool_calls.0.arguments': '{"city":"Paris"}',
    });
    expect(lost).toEqual([]);
  });

  it('puts instructions before the messages and says so', () => {
    const { attributes, lost } = write({
      'gen_ai.system_instructions': JSON.stringify([text('Be brief.')]),
      'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: [text('Hi')] }]),
    });
    expect(attributes).toMatchObject({ 'gen_ai.prompt.0.role': 'system', 'gen_ai.prompt.1.content': 'Hi' });
    expect(lost.map(({ attribute }) => attribute)).toContain('gen_ai.system_instructions');
  });

  it('keeps a text that looks like parts a text', () => {
    const tricky = '[{"type":"text","text":"b"}]';
    const input = JSON.stringify([{ role: 'user', parts: [text(tricky)] }]);
    const { attributes } = write({ 'gen_ai.input.messages': input });
    expect(read(attributes).of('gen_ai.input.messages')).toEqual([{ role: 'user', parts: [text(tricky)] }]);
  });

  it('writes what a retrieval found as events', () => {
    const { events, lost } = write({
      'gen_ai.operation.name': 'retrieval',
      'gen_ai.retrieval.documents': JSON.stringify([{ id: 'a', score: 0.5, content: 'x', metadata: { page: 1 } }]),
    });
    expect(events).toEqual([
      {
        name: 'db.query.result',
        attributes: {
          'db.query.result.id': 'a',
          'db.query.result.score': 0.5,
          'db.query.result.document': 'x',
          'db.query.result.metadata': '{"page":1}',
        },
      },
    ]);
    expect(lost).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['an operation that it lacks', { 'gen_ai.operation.name': 'create_agent' }, 'gen_ai.operation.name'],
    [
      'tools that are no functions',
      { 'gen_ai.tool.definitions': '[{"type":"mcp","name":"m"}]' },
      'gen_ai.tool.definitions',
    ],
    ['a seed', { 'gen_ai.request.seed': 1 }, 'gen_ai.request.seed'],
    ['the id of a call', { 'gen_ai.tool.call.id': 'call_1' }, 'gen_ai.tool.call.id'],
  ])('reports %s', (_, attributes, attribute) => {
    expect(write(attributes).lost).toContainEqual(expect.objectContaining({ attribute, to: 'openllmetry' }));
  });
});
