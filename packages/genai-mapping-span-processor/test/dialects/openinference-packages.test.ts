import { convertGenAISpanAttributesToOpenInferenceSpanAttributes } from '@arizeai/openinference-genai';
import * as conventions from '@arizeai/openinference-semantic-conventions';
import { validateInputMessages, validateOutputMessages, validateToolDefinitions } from '@genspan/semconv';
import { parsed, written } from './written.js';

const json = (value: unknown) => JSON.stringify(value);
const PNG = 'iVBORw0KGgo=';

/** Spans of the current conventions, one of each kind, with all that OpenInference has a place for. */
const SPANS: Record<string, Record<string, unknown>> = {
  chat: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.response.model': 'gpt-4o-2024-08-06',
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.request.temperature': 0.5,
    'gen_ai.request.top_p': 1,
    'gen_ai.request.max_tokens': 10,
    'gen_ai.request.seed': 1,
    'gen_ai.request.frequency_penalty': 0,
    'gen_ai.request.presence_penalty': 0,
    'gen_ai.system_instructions': json([{ type: 'text', content: 'be brief' }]),
    'gen_ai.input.messages': json([
      {
        role: 'user',
        parts: [
          { type: 'text', content: 'one' },
          { type: 'text', content: 'two' },
        ],
      },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'f', arguments: { a: 1 } }] },
      {
        role: 'tool',
        parts: [
          { type: 'tool_call_response', id: 'c1', response: 'r1' },
          { type: 'tool_call_response', id: 'c2', response: { b: 2 } },
        ],
      },
    ]),
    'gen_ai.output.messages': json([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'hm' },
          { type: 'text', content: 'ok' },
        ],
        finish_reason: 'stop',
      },
    ]),
    'gen_ai.tool.definitions': json([
      { type: 'function', name: 'f', description: 'd', parameters: { type: 'object' } },
    ]),
    'gen_ai.usage.input_tokens': 10,
    'gen_ai.usage.output_tokens': 5,
    'gen_ai.usage.cache_read.input_tokens': 4,
    'gen_ai.usage.cache_write.input_tokens': 2,
    'gen_ai.usage.reasoning.output_tokens': 3,
    'gen_ai.usage.audio.input_tokens': 0,
    'gen_ai.usage.audio.output_tokens': 0,
    'gen_ai.conversation.id': 's',
    'user.id': 'u',
    'gen_ai.prompt.name': 'p',
    'gen_ai.prompt.version': '1',
    'gen_ai.prompt.variable.x': 'y',
    'genspan.tags': ['t'],
    'genspan.metadata.k': 'v',
    'genspan.usage.cost_usd': 3,
    'genspan.usage.input_cost_usd': 2,
    'genspan.usage.output_cost_usd': 1,
    'genspan.usage.cache_read_cost_usd': 0.5,
    'genspan.usage.cache_write_cost_usd': 0.5,
    'genspan.usage.reasoning_cost_usd': 0.5,
  },
  media: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.input.messages': json([
      {
        role: 'user',
        name: 'n',
        parts: [
          { type: 'text', content: 'look' },
          { type: 'blob', modality: 'image', content: PNG, mime_type: 'image/png' },
          {
            type: 'uri',
            modality: 'audio',
            uri: 'https://example.com/a.mp3',
            mime_type: 'audio/mpeg',
            transcript: 't',
          },
          { type: 'uri', modality: 'video', uri: 'https://example.com/a.mp4' },
          { type: 'file', modality: 'document', file_id: 'f' },
        ],
      },
    ]),
  },
  text_completion: {
    'gen_ai.operation.name': 'text_completion',
    'gen_ai.input.messages': json([{ role: 'user', parts: [{ type: 'text', content: 'p' }] }]),
    'gen_ai.output.messages': json([{ role: 'assistant', parts: [{ type: 'text', content: 'c' }] }]),
  },
  tool: {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': 'f',
    'gen_ai.tool.description': 'd',
    'gen_ai.tool.call.id': 'c1',
    'gen_ai.tool.call.arguments': json({ a: 1 }),
    'gen_ai.tool.call.result': json({ b: 2 }),
    'gen_ai.tool.definitions': json([{ type: 'function', name: 'f' }]),
  },
  agent: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'a', 'gen_ai.request.model': 'm' },
  embeddings: {
    'gen_ai.operation.name': 'embeddings',
    'gen_ai.request.model': 'e',
    'gen_ai.request.encoding_formats': ['float'],
    'gen_ai.usage.input_tokens': 3,
  },
  retrieval: {
    'gen_ai.operation.name': 'retrieval',
    'gen_ai.retrieval.query.text': 'q',
    'gen_ai.retrieval.documents': json([{ id: '1', score: 1, content: 'c', metadata: { a: 1 } }]),
  },
  rerank: {
    'gen_ai.operation.name': 'rerank',
    'gen_ai.request.model': 'r',
    'gen_ai.retrieval.query.text': 'q',
    'gen_ai.retrieval.top_k': 2,
    'gen_ai.retrieval.documents': json([{ id: '1', score: 1 }]),
  },
};

const ours = (span: Record<string, unknown>) => written(span, { to: 'openinference' }).attributes;
const theirs = (span: Record<string, unknown>): Record<string, unknown> =>
  convertGenAISpanAttributesToOpenInferenceSpanAttributes(span as never) as Record<string, unknown>;

describe('the keys that are written', () => {
  const names = new Set<string>(Object.values(conventions).filter((value) => typeof value === 'string'));
  // They are put together: `llm.input_messages.0.` with `message.contents.0.` with `message_content.image` with `image.url`.
  const known = [...names, ...Object.values(conventions.SemanticConventions)].sort((a, b) => b.length - a.length);
  // In the specification, and not among the exports of 2.12.0.
  const SPECIFIED = ['embedding.invocation_parameters', 'llm.prompts.prompt.text', 'llm.choices.completion.text'];

  function isMadeOfNames(key: string): boolean {
    const path = key.replace(/\.\d+(?=\.|$)/g, '');
    if (SPECIFIED.includes(path)) return true;
    let rest = path;
    while (rest !== '') {
      const name = known.find((candidate) => rest === candidate || rest.startsWith(`${candidate}.`));
      if (name === undefined) return false;
      rest = rest.slice(name.length + 1);
    }
    return true;
  }

  it.each(Object.keys(SPANS))('are all made of names that the package exports: %s', (name) => {
    const attributes = ours(SPANS[name] ?? {});
    expect(Object.keys(attributes).length).toBeGreaterThan(2);
    expect(Object.keys(attributes).filter((key) => !isMadeOfNames(key))).toEqual([]);
  });

  it('have values of the kinds that it lists', () => {
    const kinds = new Set<unknown>(Object.values(conventions.OpenInferenceSpanKind));
    const hosts = new Set<unknown>(Object.values(conventions.LLMProvider));
    const products = new Set<unknown>([...Object.values(conventions.LLMSystem), 'xai', 'deepseek']);
    for (const span of Object.values(SPANS)) expect(kinds).toContain(ours(span)['openinference.span.kind']);
    const providers = [
      'openai',
      'azure.ai.openai',
      'azure.ai.inference',
      'anthropic',
      'cohere',
      'gcp.vertex_ai',
      'gcp.gen_ai',
    ];
    for (const provider of [
      ...providers,
      'aws.bedrock',
      'x_ai',
      'deepseek',
      'groq',
      'mistral_ai',
      'perplexity',
      'moonshot_ai',
    ]) {
      const attributes = ours({ 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': provider });
      expect(hosts).toContain(attributes['llm.provider']);
      if ('llm.system' in attributes) expect(products).toContain(attributes['llm.system']);
    }
  });
});

describe('the conversion of @arizeai/openinference-genai 0.3.10', () => {
  /** What it writes that ours does not, or with another value; each a defect. */
  const DEFECTS: Record<string, Record<string, string>> = {
    chat: {
      // Metadata are one JSON text; a key below it is none of the conventions, and shows the instructions twice.
      'metadata.gen_ai.system_instructions': 'no such attribute',
      // One text alone has one attribute of its own, which is what readers of lists of messages show.
      'llm.input_messages.0.message.contents.0.message_content.type': 'message.content',
      'llm.input_messages.0.message.contents.0.message_content.text': 'message.content',
    },
    media: {
      // Media become JSON texts of a type that no reader knows, not images and audio.
      'llm.input_messages.0.message.contents.1.message_content.type': 'image, not blob',
      'llm.input_messages.0.message.contents.1.message_content.text': 'image',
      'llm.input_messages.0.message.contents.2.message_content.type': 'audio, not uri',
      'llm.input_messages.0.message.contents.2.message_content.text': 'audio',
      'llm.input_messages.0.message.contents.3.message_content.type': 'video, not uri',
      'llm.input_messages.0.message.contents.3.message_content.text': 'video',
    },
    text_completion: {
      'llm.input_messages.0.message.contents.0.message_content.type': 'message.content',
      'llm.input_messages.0.message.contents.0.message_content.text': 'message.content',
      'llm.output_messages.0.message.contents.0.message_content.type': 'message.content',
      'llm.output_messages.0.message.contents.0.message_content.text': 'message.content',
    },
    tool: {
      // The id of a tool span is `tool.id`; `tool_call.id` is that of a call in a message.
      'tool_call.id': 'tool.id',
      // The tool that is run is not one that a model was offered.
      'llm.tools.0.tool.json_schema': 'tool.json_schema',
    },
    embeddings: {
      // Spans of embeddings have names of their own for the model and its parameters.
      'llm.model_name': 'embedding.model_name',
      'llm.invocation_parameters': 'embedding.invocation_parameters',
    },
    rerank: {
      'openinference.span.kind': 'RERANKER, not LLM',
      'llm.model_name': 'reranker.model_name',
    },
  };

  it.each(Object.keys(SPANS))('agrees with ours but for its defects: %s', (name) => {
    const span = SPANS[name] ?? {};
    const mine = parsed(ours(span));
    const defects = DEFECTS[name] ?? {};
    const differing = Object.entries(parsed(theirs(span)))
      .filter(([key, value]) => json(sorted(mine[key])) !== json(sorted(value)))
      .map(([key]) => key);
    expect(differing.sort()).toEqual(Object.keys(defects).sort());
  });

  it.each(Object.keys(SPANS))('reads as the same span as ours, as far as it goes: %s', (name) => {
    const back = (attributes: Record<string, unknown>) =>
      parsed(written(attributes, { from: 'openinference', to: 'genai' }).attributes);
    const mine = back(ours(SPANS[name] ?? {}));
    const other = back(theirs(SPANS[name] ?? {}));
    // Theirs does not say what tells these operations from a chat.
    if (name === 'rerank' || name === 'text_completion') delete other['gen_ai.operation.name'];
    for (const [key, value] of Object.entries(other))
      if (name !== 'media') expect({ [key]: mine[key] }).toEqual({ [key]: value });
    expect(Object.keys(mine).length).toBeGreaterThanOrEqual(Object.keys(other).length);
  });

  it('loses what ours keeps', () => {
    const lacking = Object.keys(ours(SPANS['chat'] ?? {})).filter((key) => !(key in theirs(SPANS['chat'] ?? {})));
    expect(lacking).toEqual(
      expect.arrayContaining([
        'llm.request.model_name',
        'llm.response.model_name',
        'llm.token_count.prompt_details.cache_write',
        'llm.token_count.completion_details.reasoning',
        'session.id',
        'llm.cost.total',
      ]),
    );
    expect(theirs(SPANS['retrieval'] ?? {})).not.toHaveProperty(['retrieval.documents.0.document.id']);
    expect(ours(SPANS['retrieval'] ?? {})).toHaveProperty(['retrieval.documents.0.document.id'], '1');
  });

  it('makes up a reason to stop and copies a host into the product, and ours does neither', () => {
    const span = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'azure.ai.openai',
      'gen_ai.response.finish_reasons': [],
    };
    expect(theirs(span)).toMatchObject({
      'llm.finish_reason': 'stop',
      'llm.system': 'azure.ai.openai',
      'llm.provider': 'azure.ai.openai',
    });
    expect(ours(span)).toEqual({ 'openinference.span.kind': 'LLM', 'llm.provider': 'azure', 'llm.system': 'openai' });
  });

  it('names the stop sequences of OpenAI as no request does, and ours as it does', () => {
    const span = { ...SPANS['agent'], 'gen_ai.provider.name': 'openai', 'gen_ai.request.stop_sequences': ['a'] };
    expect(theirs(span)['llm.invocation_parameters']).toBe('{"model":"m","stop_sequences":["a"]}');
    expect(ours(span)['llm.invocation_parameters']).toBe('{"model":"m","stop":["a"]}');
  });
});

describe('a span as Phoenix’s instrumentation of OpenAI writes it', () => {
  // The attributes that `@arizeai/openinference-instrumentation-openai` 4 sets for a chat completion.
  const request = {
    model: 'gpt-4o',
    temperature: 0,
    tools: [{ type: 'function', function: { name: 'weather', parameters: { type: 'object', properties: {} } } }],
    tool_choice: 'auto',
  };
  const span = {
    'openinference.span.kind': 'LLM',
    'llm.model_name': 'gpt-4o-2024-08-06',
    'llm.provider': 'openai',
    'llm.system': 'openai',
    'llm.invocation_parameters': json(request),
    'llm.input_messages.0.message.role': 'developer',
    'llm.input_messages.0.message.content': 'be brief',
    'llm.input_messages.1.message.role': 'user',
    'llm.input_messages.1.message.contents.0.message_content.type': 'text',
    'llm.input_messages.1.message.contents.0.message_content.text': 'where is this?',
    'llm.input_messages.1.message.contents.1.message_content.type': 'image',
    'llm.input_messages.1.message.contents.1.message_content.image.image.url': `data:image/png;base64,${PNG}`,
    'llm.input_messages.2.message.role': 'assistant',
    'llm.input_messages.2.message.tool_calls.0.tool_call.id': 'c1',
    'llm.input_messages.2.message.tool_calls.0.tool_call.function.name': 'weather',
    'llm.input_messages.2.message.tool_calls.0.tool_call.function.arguments': '{"city":"Rome"}',
    'llm.input_messages.3.message.role': 'tool',
    'llm.input_messages.3.message.tool_call_id': 'c1',
    'llm.input_messages.3.message.content': 'sunny',
    'llm.output_messages.0.message.role': 'assistant',
    'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'c2',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'weather',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"city":"Oslo"}',
    'llm.finish_reason': 'tool_calls',
    'llm.tools.0.tool.json_schema': json(request.tools[0]),
    'llm.token_count.prompt': 20,
    'llm.token_count.completion': 8,
    'llm.token_count.total': 28,
    'llm.token_count.prompt_details.cache_read': 16,
    'llm.token_count.completion_details.reasoning': 0,
    'input.value': json({ ...request, messages: [] }),
    'input.mime_type': 'application/json',
    'output.value': '{"id":"chatcmpl-1"}',
    'output.mime_type': 'application/json',
  };

  it('is valid by the current conventions, with tool calls, image and usage whole', () => {
    const { attributes, lost } = written(span, { to: 'genai' });
    expect(validateInputMessages(attributes['gen_ai.input.messages'])).toEqual([]);
    expect(validateOutputMessages(attributes['gen_ai.output.messages'])).toEqual([]);
    expect(validateToolDefinitions(attributes['gen_ai.tool.definitions'])).toEqual([]);
    expect(parsed(attributes)).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.response.model': 'gpt-4o-2024-08-06',
      'gen_ai.request.temperature': 0,
      'gen_ai.response.finish_reasons': ['tool_call'],
      'gen_ai.input.messages': [
        { role: 'developer', parts: [{ type: 'text', content: 'be brief' }] },
        {
          role: 'user',
          parts: [
            { type: 'text', content: 'where is this?' },
            { type: 'blob', modality: 'image', mime_type: 'image/png', content: PNG },
          ],
        },
        { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Rome' } }] },
        { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: 'sunny' }] },
      ],
      'gen_ai.output.messages': [
        {
          role: 'assistant',
          parts: [{ type: 'tool_call', id: 'c2', name: 'weather', arguments: { city: 'Oslo' } }],
          finish_reason: 'tool_call',
        },
      ],
      'gen_ai.tool.definitions': [
        { type: 'function', name: 'weather', parameters: { type: 'object', properties: {} } },
      ],
      'gen_ai.usage.input_tokens': 20,
      'gen_ai.usage.output_tokens': 8,
      'gen_ai.usage.cache_read.input_tokens': 16,
      'gen_ai.usage.reasoning.output_tokens': 0,
    });
    // `tool_choice` among the parameters, and request and response as they were sent.
    expect(lost.map(({ attribute }) => attribute).sort()).toEqual([
      'input.value',
      'llm.invocation_parameters',
      'output.value',
    ]);
  });
});

/** With the members of objects in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
