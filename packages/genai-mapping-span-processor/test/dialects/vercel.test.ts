import { detectDialect, mapAttributes } from '../../src/index.js';
import { capturedSpan, capturedSpans, problemsOf, structure, toGenAI } from './captured-spans.js';

const FILES = ['vercel-4', 'vercel-5', 'vercel-6', 'vercel-7', 'vercel-7-genai'];
const CALL = { type: 'tool_call', id: 'call_1', name: 'getWeather', arguments: { city: 'Paris' } };
const ANSWER = { type: 'tool_call_response', id: 'call_1', response: { city: 'Paris', celsius: 21 } };
const text = (content: string) => ({ type: 'text', content });

/** Reads attributes of a span of a model call, besides those that make it one. */
function read(attributes: Record<string, unknown>, operationId = 'ai.generateText.doGenerate') {
  const all = { 'ai.operationId': operationId, ...attributes };
  const { attributes: read, lost } = mapAttributes(all, { from: 'vercel', to: 'genai' });
  return { read, lost, of: (key: string) => structure(read, key) };
}

/** Writes attributes of the current conventions as the SDK does. */
function write(attributes: Record<string, unknown>) {
  const all = { 'gen_ai.operation.name': 'chat', ...attributes };
  return mapAttributes(all, { from: 'genai', to: 'vercel', mode: 'replace' });
}

describe('captured spans of the Vercel AI SDK', () => {
  it.each(FILES)('of %s are recognised and become valid in the current conventions', (file) => {
    for (const span of Object.values(capturedSpans(file)).flat()) {
      expect(detectDialect(span.attributes, { scopeName: span.scope })).toContain('vercel');
      const { attributes, failed } = toGenAI(span);
      expect(failed).toEqual([]);
      expect(problemsOf(attributes)).toEqual([]);
      expect(typeof attributes['gen_ai.operation.name']).toBe('string');
      for (const key of Object.keys(attributes)) {
        expect(key).not.toMatch(/^ai\.(prompt|prompt\.messages|prompt\.tools|response\.(text|toolCalls|reasoning))$/);
      }
    }
  });

  it.each(['vercel-4', 'vercel-5', 'vercel-6', 'vercel-7', 'vercel-7-genai'])(
    'of %s keep tool calls, their results and the tools',
    (file) => {
      const name = file === 'vercel-7-genai' ? 'chat gpt-4o-mini' : 'ai.generateText.doGenerate';
      const calls = (capturedSpans(file)['generateText with tools'] ?? []).filter((span) => span.name === name);
      const [first, second] = calls.map((span) => toGenAI(span).attributes);
      expect(structure(first ?? {}, 'gen_ai.output.messages')).toMatchObject([
        { role: 'assistant', parts: [CALL], finish_reason: 'tool_call' },
      ]);
      expect(first?.['gen_ai.response.finish_reasons']).toEqual(['tool_call']);
      expect(structure(first ?? {}, 'gen_ai.tool.definitions')).toMatchObject([
        { type: 'function', name: 'getWeather', parameters: { properties: { city: { type: 'string' } } } },
      ]);
      const input = structure(second ?? {}, 'gen_ai.input.messages') as unknown[];
      expect(input.slice(-2)).toMatchObject([
        { role: 'assistant', parts: [CALL] },
        { role: 'tool', parts: [ANSWER] },
      ]);
      expect(second?.['gen_ai.usage.input_tokens']).toBe(24);
      expect(second?.['gen_ai.usage.output_tokens']).toBe(9);
    },
  );

  it.each(['vercel-4', 'vercel-5', 'vercel-6', 'vercel-7'])(
    'of %s keep images by data and by URL, and files',
    (file) => {
      for (const name of ['ai.generateText.doGenerate', 'ai.generateText']) {
        const { attributes, lost } = toGenAI(capturedSpan(file, 'image', name));
        const png = expect.stringMatching(/^iVBORw0KGgo/) as unknown;
        expect(structure(attributes, 'gen_ai.input.messages')).toEqual([
          {
            role: 'user',
            parts: [
              text('What is this?'),
              { type: 'blob', modality: 'image', mime_type: 'image/png', content: png },
              { type: 'uri', modality: 'image', uri: 'https://example.com/cat.png' },
              { type: 'blob', modality: 'document', mime_type: 'application/pdf', content: 'JVBERi0xLjQ=' },
            ],
          },
        ]);
        expect(lost.map(({ reason }) => reason)).toContain('the name of a file has no place');
      }
    },
  );

  it('tell a call of a model from the agent around it, which keeps its own sums', () => {
    const call = toGenAI(capturedSpan('vercel-7', 'generateText with tools', 'ai.generateText.doGenerate')).attributes;
    const agent = toGenAI(capturedSpan('vercel-7', 'generateText with tools', 'ai.generateText')).attributes;
    expect(call).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'openai.api.type': 'chat_completions',
      'gen_ai.request.model': 'gpt-4o-mini',
      'gen_ai.response.model': 'gpt-4o-mini-2024-07-18',
      'gen_ai.response.id': 'chatcmpl-1',
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.seed': 7,
      'gen_ai.request.stop_sequences': ['END'],
      'gen_ai.usage.input_tokens': 24,
      'gen_ai.usage.cache_read.input_tokens': 8,
      'gen_ai.usage.reasoning.output_tokens': 0,
    });
    expect(call).not.toHaveProperty(['gen_ai.request.stream']);
    expect(call).not.toHaveProperty(['gen_ai.usage.cache_write.input_tokens']);
    expect(agent).toMatchObject({
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'weather',
      'gen_ai.usage.input_tokens': 48,
      'gen_ai.usage.output_tokens': 18,
    });
    expect(structure(agent, 'gen_ai.system_instructions')).toEqual([text('Be brief.')]);
  });

  it('count what is embedded once', () => {
    const call = toGenAI(capturedSpan('vercel-7', 'embedMany', 'ai.embedMany.doEmbed'));
    const around = toGenAI(capturedSpan('vercel-7', 'embedMany', 'ai.embedMany'));
    expect(call.attributes['gen_ai.operation.name']).toBe('embeddings');
    expect(call.attributes['gen_ai.usage.input_tokens']).toBe(24);
    expect(around.attributes['gen_ai.operation.name']).toBe('task');
    expect(around.attributes).not.toHaveProperty(['gen_ai.usage.input_tokens']);
    expect(around.lost).toContainEqual({
      attribute: 'ai.usage.tokens',
      reason: 'the span of the model call inside says it',
    });
  });

  it('keep reasoning and its tokens, and what went along with the call', () => {
    const { attributes } = toGenAI(capturedSpan('vercel-6', 'reasoning', 'ai.generateText.doGenerate'));
    expect(structure(attributes, 'gen_ai.output.messages')).toEqual([
      {
        role: 'assistant',
        parts: [{ type: 'reasoning', content: 'The user asks for a capital.' }, text('It is sunny in Paris.')],
        finish_reason: 'stop',
      },
    ]);
    expect(attributes).toMatchObject({
      'gen_ai.usage.reasoning.output_tokens': 4,
      'gen_ai.usage.output_tokens': 9,
      'openai.api.type': 'responses',
      'session.id': 's-1',
      'user.id': 'u-1',
      'genspan.metadata.tier': 'gold',
    });
  });

  it('of a stream say how long the first piece took, and have no count that is none', () => {
    const later = toGenAI(capturedSpan('vercel-7', 'streamText with tools', 'ai.streamText.doStream')).attributes;
    expect(later['gen_ai.request.stream']).toBe(true);
    expect(later['gen_ai.response.time_to_first_chunk']).toBeCloseTo(0.10997261, 9);
    const span = capturedSpan('vercel-4', 'streamText with tools', 'ai.streamText.doStream');
    expect(mapAttributes(span.attributes, { from: 'vercel', to: 'langfuse' }).lost).toContainEqual({
      attribute: 'ai.usage.promptTokens',
      reason: 'it is no number',
    });
  });

  it('leave headers where they are and report them', () => {
    const { attributes, lost } = toGenAI(capturedSpan('vercel-7', 'generateText with tools', 'ai.generateText'));
    expect(attributes['ai.request.headers.x-tenant']).toBe('acme');
    expect(lost.map(({ attribute }) => attribute)).toContain('ai.request.headers.x-tenant');
    const others = Object.entries(attributes).filter(([key]) => !key.startsWith('ai.request.headers.'));
    expect(JSON.stringify(others)).not.toContain('acme');
  });
});

describe('spans of version 7 that went through the current conventions', () => {
  it.each([
    ['generateText with tools', 'ai.generateText.doGenerate'],
    ['generateText with tools', 'ai.toolCall'],
    ['streamText with tools', 'ai.streamText.doStream'],
    ['reasoning', 'ai.generateText.doGenerate'],
    ['generateObject', 'ai.generateObject.doGenerate'],
    ['embed', 'ai.embed.doEmbed'],
    ['content filter', 'ai.generateText.doGenerate'],
  ])('come back as they were, but for what is reported: %s, %s', (done, name) => {
    const { attributes } = capturedSpan('vercel-7', done, name);
    const there = mapAttributes(attributes, { from: 'vercel', to: 'genai' });
    const onlyThere = Object.entries(there.attributes).filter(
      ([key]) => !(key in attributes) || key.startsWith('gen_ai.'),
    );
    const back = mapAttributes(Object.fromEntries(onlyThere), { from: 'genai', to: 'vercel' });
    const lost = new Set(there.lost.map(({ attribute }) => attribute));
    const timeToFirstChunk = 'ai.response.msToFirstChunk';
    for (const [key, value] of Object.entries(attributes)) {
      if (!key.startsWith('ai.') || lost.has(key) || key === timeToFirstChunk) continue;
      expect([key, structureOr(back.attributes[key])]).toEqual([key, structureOr(value)]);
    }
    expect(Math.round(Number(back.attributes[timeToFirstChunk] ?? 0) * 1e6)).toBe(
      Math.round(Number(attributes[timeToFirstChunk] ?? 0) * 1e6),
    );
  });
});

describe('the GenAI form of version 7, mended', () => {
  const span = (attributes: Record<string, unknown>) => ({ name: 'chat', scope: 'gen_ai', attributes });

  it('calls a step a task, without the usage of the call inside', () => {
    const step = capturedSpan('vercel-7-genai', 'generateText with tools', 'step 1');
    const { attributes } = toGenAI(step);
    expect(attributes['gen_ai.operation.name']).toBe('task');
    expect(Object.keys(attributes).filter((key) => key.startsWith('gen_ai.usage.'))).toEqual([]);
  });

  it('has the names of the conventions for tokens, times, tools and kinds of data', () => {
    const image = toGenAI(capturedSpan('vercel-7-genai', 'image', 'chat gpt-4o-mini')).attributes;
    expect(structure(image, 'gen_ai.input.messages')).toMatchObject([
      { parts: [{}, { modality: 'image' }, { modality: 'image' }, { modality: 'document' }] },
    ]);
    const stream = toGenAI(capturedSpan('vercel-7-genai', 'streamText with tools', 'chat gpt-4o-mini')).attributes;
    expect(stream['gen_ai.response.time_to_first_chunk']).toBeCloseTo(0.0788, 3);
    expect(stream['gen_ai.response.finish_reasons']).toEqual(['tool_call']);
    const reasoning = toGenAI(capturedSpan('vercel-7-genai', 'reasoning', 'chat o4-mini@reasoning')).attributes;
    expect(reasoning['gen_ai.usage.reasoning.output_tokens']).toBe(4);
    const cached = toGenAI(
      span({ 'gen_ai.operation.name': 'chat', 'gen_ai.usage.cache_creation.input_tokens': 3 }),
    ).attributes;
    expect(cached['gen_ai.usage.cache_write.input_tokens']).toBe(3);
  });

  it('takes no stop for unknown reasons for a success, nor Azure OpenAI for another service', () => {
    const { attributes } = toGenAI(
      span({
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'azure.ai.inference',
        'gen_ai.response.finish_reasons': ['other'],
        'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: [text('a')], finish_reason: 'stop' }]),
      }),
    );
    expect(attributes['gen_ai.response.finish_reasons']).toEqual(['other']);
    expect(attributes['gen_ai.provider.name']).toBe('azure.ai.openai');
    expect(structure(attributes, 'gen_ai.output.messages')).toEqual([{ role: 'assistant', parts: [text('a')] }]);
  });

  it('says a system prompt once', () => {
    const { attributes } = toGenAI(
      span({
        'gen_ai.operation.name': 'chat',
        'gen_ai.system_instructions': JSON.stringify([text('Be brief.')]),
        'gen_ai.input.messages': JSON.stringify([
          { role: 'system', parts: [text('Be brief.')] },
          { role: 'user', parts: [text('Hi')] },
        ]),
      }),
    );
    expect(structure(attributes, 'gen_ai.input.messages')).toEqual([{ role: 'user', parts: [text('Hi')] }]);
  });

  it('stays as it is in mode add, with a word about what is wrong', () => {
    const { attributes, scope } = capturedSpan('vercel-7-genai', 'content filter', 'chat gpt-4o-mini@content-filter');
    const result = mapAttributes(attributes, { to: 'genai', scopeName: scope });
    expect(result.attributes['gen_ai.response.finish_reasons']).toEqual(['content-filter']);
    expect(result.lost).toContainEqual(expect.objectContaining({ attribute: 'gen_ai.response.finish_reasons' }));
  });
});

describe('what versions of the Vercel AI SDK write otherwise', () => {
  const metadata = (value: unknown) => ({ 'ai.response.providerMetadata': JSON.stringify(value) });
  const anthropic = { cacheCreationInputTokens: 30, cacheReadInputTokens: 50 };

  // Sources: @ai-sdk/anthropic 1 to 3, @ai-sdk/openai 1, @ai-sdk/google 2, @ai-sdk/amazon-bedrock 2.
  it.each<[string, Record<string, unknown>, Record<string, number | undefined>]>([
    [
      'input of Anthropic without what is cached',
      { 'ai.usage.promptTokens': 20, ...metadata({ anthropic }) },
      { input: 100, cache_read: 50, cache_write: 30 },
    ],
    [
      'input of Anthropic with it, as version 6 counts',
      {
        'ai.usage.inputTokens': 100,
        'ai.usage.inputTokenDetails.noCacheTokens': 20,
        'ai.usage.inputTokenDetails.cacheReadTokens': 50,
        ...metadata({ anthropic }),
      },
      { input: 100, cache_read: 50, cache_write: 30 },
    ],
    [
      'the same without details, told by what the provider reports',
      {
        'ai.usage.inputTokens': 100,
        ...metadata({ anthropic: { ...anthropic, usage: { input_tokens: 20 } } }),
      },
      { input: 100, cache_read: 50, cache_write: 30 },
    ],
    [
      'input of Bedrock without what is cached',
      { 'ai.usage.promptTokens': 20, ...metadata({ bedrock: { usage: { cacheReadInputTokens: 50 } } }) },
      { input: 70, cache_read: 50 },
    ],
    [
      'input of OpenAI with what is cached',
      { 'ai.usage.promptTokens': 24, ...metadata({ openai: { cachedPromptTokens: 8, reasoningTokens: 4 } }) },
      { input: 24, cache_read: 8, reasoning: 4 },
    ],
    [
      'output of Gemini without reasoning',
      {
        'ai.usage.inputTokens': 10,
        'ai.usage.outputTokens': 5,
        'ai.usage.reasoningTokens': 7,
        'ai.usage.totalTokens': 22,
      },
      { input: 10, output: 12, reasoning: 7 },
    ],
    ['a count of 0', { 'ai.usage.inputTokens': 0, 'ai.usage.cachedInputTokens': 0 }, { input: 0, cache_read: 0 }],
    ['no count', {}, {}],
  ])('counts %s once', (_, attributes, { input, output, cache_read, cache_write, reasoning }) => {
    const { read: result } = read(attributes);
    expect([
      result['gen_ai.usage.input_tokens'],
      result['gen_ai.usage.output_tokens'],
      result['gen_ai.usage.cache_read.input_tokens'],
      result['gen_ai.usage.cache_write.input_tokens'],
      result['gen_ai.usage.reasoning.output_tokens'],
    ]).toEqual([input, output, cache_read, cache_write, reasoning]);
  });

  it('reports a total that does not say what was input', () => {
    expect(read({ 'ai.usage.totalTokens': 9 }).lost).toContainEqual({
      attribute: 'ai.usage.totalTokens',
      reason: 'a total alone does not say what was input',
    });
  });

  it.each<[string, unknown, unknown]>([
    ['a text result', { type: 'text', value: 'sunny' }, 'sunny'],
    ['a JSON result', { type: 'json', value: [1] }, [1]],
    ['an error in text', { type: 'error-text', value: 'no' }, 'no'],
    ['an error in JSON', { type: 'error-json', value: { code: 1 } }, { code: 1 }],
    ['parts', { type: 'content', value: [{ type: 'text', text: 'a' }] }, [{ type: 'text', text: 'a' }]],
    ['a call that was denied', { type: 'execution-denied', reason: 'no' }, { type: 'execution-denied', reason: 'no' }],
  ])('reads %s of a tool', (_, output, response) => {
    const part = { type: 'tool-result', toolCallId: 'c', toolName: 't', output };
    const { of } = read({ 'ai.prompt.messages': JSON.stringify([{ role: 'tool', content: [part] }]) });
    expect(of('gen_ai.input.messages')).toEqual([
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c', response }] },
    ]);
  });

  it.each<[string, unknown, unknown]>([
    ['a data URL', { type: 'image', image: 'data:image/gif;base64,AAAA' }, blob('image', 'image/gif', 'AAAA')],
    ['bytes as JSON has them', { type: 'image', image: { 0: 0, 1: 0, 2: 0 } }, blob('image', undefined, 'AAAA')],
    [
      'data that says what it is',
      { type: 'file', mediaType: 'audio/wav', data: { type: 'data', data: 'AAAA' } },
      blob('audio', 'audio/wav', 'AAAA'),
    ],
    [
      'a URL that says so',
      { type: 'file', mediaType: 'video/*', data: { type: 'url', url: 'gs://bucket/a' } },
      { type: 'uri', modality: 'video', uri: 'gs://bucket/a' },
    ],
    [
      'a file that the provider knows',
      { type: 'file', mediaType: 'application/pdf', data: { openai: 'file-1' } },
      { type: 'file', modality: 'document', mime_type: 'application/pdf', file_id: 'file-1' },
    ],
    [
      'the text of a file',
      { type: 'file', mediaType: 'text/plain', data: 'Note: hello' },
      blob('document', 'text/plain', Buffer.from('Note: hello').toString('base64')),
    ],
    [
      'a tool of the provider',
      { type: 'tool-call', toolCallId: 'c', toolName: 'web', input: { q: 1 }, providerExecuted: true },
      { type: 'server_tool_call', id: 'c', name: 'web', server_tool_call: { type: 'web', arguments: { q: 1 } } },
    ],
    [
      'arguments of version 4',
      { type: 'tool-call', toolCallId: 'c', toolName: 't', args: '{"a":1}' },
      { type: 'tool_call', id: 'c', name: 't', arguments: { a: 1 } },
    ],
    ['what it does not know', { type: 'source', url: 'x' }, { type: 'source', url: 'x' }],
    [
      'data that was cut',
      { type: 'file', mediaType: 'image/png', data: 'iVB…' },
      expect.objectContaining({ type: 'unknown' }),
    ],
  ])('reads %s', (_, part, expected) => {
    const { of } = read({ 'ai.prompt.messages': JSON.stringify([{ role: 'user', content: [part] }]) });
    expect(of('gen_ai.input.messages')).toEqual([{ role: 'user', parts: [expected] }]);
  });

  it('puts reasoning, text, tool calls and files into one message', () => {
    const { of } = read({
      'ai.response.files': JSON.stringify([{ type: 'file', mediaType: 'image/png', data: 'AAAA' }]),
      'ai.response.toolCalls': JSON.stringify([{ toolCallId: 'c', toolName: 't', args: '{}' }]),
      'ai.response.text': 'a',
      'ai.response.reasoning': 'b',
      'ai.response.finishReason': 'unknown',
    });
    expect(of('gen_ai.output.messages')).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'b' },
          text('a'),
          { type: 'tool_call', id: 'c', name: 't', arguments: {} },
          blob('image', 'image/png', 'AAAA'),
        ],
      },
    ]);
    expect(of('gen_ai.response.finish_reasons')).toEqual(['unknown']);
  });

  it('reads what was ranked, spoken and completed', () => {
    const ranked = read(
      {
        'ai.documents': ['"a"', '"b"'],
        'ai.ranking': ['{"index":1,"relevanceScore":0.9}', '{"index":0,"relevanceScore":0.1}'],
      },
      'ai.rerank.doRerank',
    );
    expect(ranked.read['gen_ai.operation.name']).toBe('rerank');
    expect(ranked.of('gen_ai.retrieval.documents')).toEqual([
      { id: '1', score: 0.9 },
      { id: '0', score: 0.1 },
    ]);
    const spoken = read({ 'ai.request.text': 'Hi', 'ai.usage.input_tokens': 2 }, 'ai.generateSpeech');
    expect(spoken.read).toMatchObject({ 'gen_ai.output.type': 'speech', 'gen_ai.usage.input_tokens': 2 });
    const completed = read({ 'ai.model.provider': 'openai.completion' });
    expect(completed.read['gen_ai.operation.name']).toBe('text_completion');
  });

  it('reports what is no JSON any more', () => {
    const { read: result, lost } = read({ 'ai.prompt.messages': '[{"role":"us', 'ai.response.toolCalls': '[{' });
    expect(lost.map(({ attribute }) => attribute)).toEqual(['ai.prompt.messages', 'ai.response.toolCalls']);
    expect(result).not.toHaveProperty(['gen_ai.input.messages']);
  });
});

describe('writing as version 7 of the Vercel AI SDK does', () => {
  it('has all that follows from usage, and times in milliseconds', () => {
    const { attributes } = write({
      'gen_ai.provider.name': 'openai',
      'openai.api.type': 'responses',
      'gen_ai.request.stream': true,
      'gen_ai.agent.name': 'weather',
      'gen_ai.response.time_to_first_chunk': 0.25,
      'gen_ai.usage.input_tokens': 24,
      'gen_ai.usage.output_tokens': 9,
      'gen_ai.usage.cache_read.input_tokens': 8,
      'gen_ai.usage.reasoning.output_tokens': 4,
    });
    expect(attributes).toMatchObject({
      'ai.operationId': 'ai.streamText.doStream',
      'operation.name': 'ai.streamText.doStream weather',
      'ai.telemetry.functionId': 'weather',
      'ai.model.provider': 'openai.responses',
      'ai.response.msToFirstChunk': 250,
      'ai.usage.inputTokens': 24,
      'ai.usage.totalTokens': 33,
      'ai.usage.cachedInputTokens': 8,
      'ai.usage.inputTokenDetails.noCacheTokens': 16,
      'ai.usage.outputTokenDetails.textTokens': 5,
    });
  });

  it('writes an agent’s prompt with its instructions, and the JSON of an answer as an object', () => {
    const message = [{ role: 'user', parts: [text('Hi')] }];
    const { attributes, lost } = write({
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.output.type': 'json',
      'gen_ai.system_instructions': JSON.stringify([text('Be brief.')]),
      'gen_ai.input.messages': JSON.stringify(message),
      'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: [text('{"a":1}')] }]),
    });
    expect(attributes['ai.operationId']).toBe('ai.generateObject');
    expect(structure(attributes, 'ai.prompt')).toEqual({
      system: 'Be brief.',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    });
    expect(attributes['ai.response.object']).toBe('{"a":1}');
    expect(lost).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['an operation that it lacks', { 'gen_ai.operation.name': 'create_agent' }, 'gen_ai.operation.name'],
    ['more than one choice', { 'gen_ai.response.finish_reasons': ['stop', 'stop'] }, 'gen_ai.response.finish_reasons'],
    ['an answer of a tool in what comes out', { 'gen_ai.output.messages': output(ANSWER) }, 'gen_ai.output.messages'],
    ['the order of parts', { 'gen_ai.output.messages': output(CALL, text('a')) }, 'gen_ai.output.messages'],
    ['a conversation that was compacted', { 'gen_ai.conversation.compacted': true }, 'gen_ai.conversation.compacted'],
  ])('reports %s', (_, attributes, attribute) => {
    expect(write(attributes).lost).toContainEqual(expect.objectContaining({ attribute, to: 'vercel' }));
  });
});

function blob(modality: string, mimeType: string | undefined, content: string) {
  return { type: 'blob', modality, ...(mimeType === undefined ? {} : { mime_type: mimeType }), content };
}

/** What JSON texts hold, however their members are ordered. */
function structureOr(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structureOr);
  return typeof value === 'string' && /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value;
}

function output(...parts: unknown[]): string {
  return JSON.stringify([{ role: 'assistant', parts }]);
}
