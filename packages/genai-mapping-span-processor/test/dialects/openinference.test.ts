import { written, parsed } from './written.js';

const GENAI_CHAT = { 'gen_ai.operation.name': 'chat' };

function toOpenInference(attributes: Record<string, unknown>, options: { isLocalRoot?: boolean } = {}) {
  return written({ ...GENAI_CHAT, ...attributes }, { to: 'openinference', from: 'genai', ...options });
}

function toGenAI(attributes: Record<string, unknown>, options: { isLocalRoot?: boolean } = {}) {
  const result = written(
    { 'openinference.span.kind': 'LLM', ...attributes },
    { to: 'genai', from: 'openinference', ...options },
  );
  return { ...result, attributes: parsed(result.attributes) };
}

const user = (...parts: unknown[]) => ({ role: 'user', parts });
const assistant = (...parts: unknown[]) => ({ role: 'assistant', parts });
const text = (content: string) => ({ type: 'text', content });
const json = (value: unknown) => JSON.stringify(value);

describe('openinference, both ways', () => {
  // Attributes of the current conventions, and what OpenInference says instead.
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'a provider with a product of its own',
      { 'gen_ai.provider.name': 'openai' },
      { 'llm.provider': 'openai', 'llm.system': 'openai' },
    ],
    [
      'a host of a product',
      { 'gen_ai.provider.name': 'azure.ai.openai' },
      { 'llm.provider': 'azure', 'llm.system': 'openai' },
    ],
    ['a host of many', { 'gen_ai.provider.name': 'aws.bedrock' }, { 'llm.provider': 'aws' }],
    [
      'a product of a host',
      { 'gen_ai.provider.name': 'gcp.vertex_ai' },
      { 'llm.provider': 'google', 'llm.system': 'vertexai' },
    ],
    ['a provider that nobody knows', { 'gen_ai.provider.name': 'acme' }, { 'llm.provider': 'acme' }],
    [
      'the model that was asked for',
      { 'gen_ai.request.model': 'm' },
      { 'llm.model_name': 'm', 'llm.invocation_parameters': json({ model: 'm' }) },
    ],
    [
      'the model that answered',
      { 'gen_ai.response.model': 'r' },
      { 'llm.model_name': 'r', 'llm.response.model_name': 'r' },
    ],
    [
      'both models',
      { 'gen_ai.request.model': 'm', 'gen_ai.response.model': 'r' },
      {
        'llm.model_name': 'r',
        'llm.request.model_name': 'm',
        'llm.response.model_name': 'r',
        'llm.invocation_parameters': json({ model: 'm' }),
      },
    ],
    [
      'parameters of OpenAI in its words',
      {
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.temperature': 0,
        'gen_ai.request.max_tokens': 5,
        'gen_ai.request.stop_sequences': ['a'],
        'gen_ai.request.choice.count': 1,
        'gen_ai.request.stream': true,
        'gen_ai.request.reasoning.level': 'low',
        'gen_ai.output.type': 'json',
        'openai.request.service_tier': 'auto',
      },
      {
        'llm.provider': 'openai',
        'llm.system': 'openai',
        'llm.invocation_parameters': json({
          temperature: 0,
          max_completion_tokens: 5,
          stop: ['a'],
          n: 1,
          stream: true,
          reasoning_effort: 'low',
          response_format: { type: 'json_object' },
          service_tier: 'auto',
        }),
      },
    ],
    [
      'parameters of Anthropic in its words',
      { 'gen_ai.provider.name': 'anthropic', 'gen_ai.request.max_tokens': 5, 'gen_ai.request.stop_sequences': ['a'] },
      {
        'llm.provider': 'anthropic',
        'llm.system': 'anthropic',
        'llm.invocation_parameters': json({ max_tokens: 5, stop_sequences: ['a'] }),
      },
    ],
    [
      'parameters of Bedrock in its words',
      { 'gen_ai.provider.name': 'aws.bedrock', 'gen_ai.request.top_p': 0.5, 'gen_ai.request.max_tokens': 5 },
      { 'llm.provider': 'aws', 'llm.invocation_parameters': json({ topP: 0.5, maxTokens: 5 }) },
    ],
    [
      'usage, a zero included',
      {
        'gen_ai.usage.input_tokens': 10,
        'gen_ai.usage.output_tokens': 0,
        'gen_ai.usage.cache_read.input_tokens': 4,
        'gen_ai.usage.cache_write.input_tokens': 0,
        'gen_ai.usage.audio.input_tokens': 1,
        'gen_ai.usage.reasoning.output_tokens': 0,
        'gen_ai.usage.audio.output_tokens': 0,
      },
      {
        'llm.token_count.prompt': 10,
        'llm.token_count.completion': 0,
        'llm.token_count.total': 10,
        'llm.token_count.prompt_details.cache_read': 4,
        'llm.token_count.prompt_details.cache_write': 0,
        'llm.token_count.prompt_details.audio': 1,
        'llm.token_count.completion_details.reasoning': 0,
        'llm.token_count.completion_details.audio': 0,
      },
    ],
    ['one count alone, without a total', { 'gen_ai.usage.input_tokens': 10 }, { 'llm.token_count.prompt': 10 }],
    ['why it ended', { 'gen_ai.response.finish_reasons': ['tool_call'] }, { 'llm.finish_reason': 'tool_call' }],
    ['the agent', { 'gen_ai.agent.name': 'a' }, { 'agent.name': 'a' }],
    [
      'the prompt',
      { 'gen_ai.prompt.name': 'p', 'gen_ai.prompt.version': '3' },
      { 'prompt.id': 'p', 'llm.prompt_template.version': '3' },
    ],
    [
      'a tool that the model may call',
      {
        'gen_ai.tool.definitions': json([
          { type: 'function', name: 'f', description: 'd', parameters: { type: 'object' } },
        ]),
      },
      {
        'llm.tools.0.tool.json_schema': json({
          type: 'function',
          function: { name: 'f', description: 'd', parameters: { type: 'object' } },
        }),
      },
    ],
    [
      'a tool that the provider runs',
      { 'gen_ai.tool.definitions': json([{ type: 'web_search', name: 'web_search' }]) },
      { 'llm.tools.0.tool.json_schema': json({ type: 'web_search', name: 'web_search' }) },
    ],
  ])('%s', (_, genai, openinference) => {
    const there = toOpenInference(genai);
    expect(there.attributes).toEqual({ 'openinference.span.kind': 'LLM', ...openinference });
    expect(there.lost).toEqual([]);
    const back = toGenAI(openinference);
    expect(back.attributes).toEqual({ ...GENAI_CHAT, ...parsed(genai) });
    expect(back.lost).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['a text', user(text('hi')), { 'message.role': 'user', 'message.content': 'hi' }],
    ['an empty text', user(text('')), { 'message.role': 'user', 'message.content': '' }],
    ['nothing', user(), { 'message.role': 'user' }],
    [
      'a role of a provider and a name',
      { role: 'developer', parts: [text('x')], name: 'n' },
      { 'message.role': 'developer', 'message.name': 'n', 'message.content': 'x' },
    ],
    [
      'text and an image by its address',
      user(text('look'), { type: 'uri', modality: 'image', uri: 'https://example.com/a.png' }),
      {
        'message.role': 'user',
        'message.contents.0.message_content.type': 'text',
        'message.contents.0.message_content.text': 'look',
        'message.contents.1.message_content.type': 'image',
        'message.contents.1.message_content.image.image.url': 'https://example.com/a.png',
      },
    ],
    [
      'an image inline',
      user({ type: 'blob', modality: 'image', content: 'iVBORw0KGgo=', mime_type: 'image/png' }),
      {
        'message.role': 'user',
        'message.contents.0.message_content.type': 'image',
        'message.contents.0.message_content.image.image.url': 'data:image/png;base64,iVBORw0KGgo=',
      },
    ],
    [
      'audio with what is said in it',
      user({ type: 'blob', modality: 'audio', content: 'AAAA', mime_type: 'audio/wav', transcript: 'hey' }),
      {
        'message.role': 'user',
        'message.contents.0.message_content.type': 'audio',
        'message.contents.0.message_content.audio.audio.url': 'data:audio/wav;base64,AAAA',
        'message.contents.0.message_content.audio.audio.mime_type': 'audio/wav',
        'message.contents.0.message_content.audio.audio.transcript': 'hey',
      },
    ],
    [
      'a video',
      user({ type: 'uri', modality: 'video', uri: 'gs://bucket/clip.mp4' }),
      {
        'message.role': 'user',
        'message.contents.0.message_content.type': 'video',
        'message.contents.0.message_content.video.video.url': 'gs://bucket/clip.mp4',
      },
    ],
    [
      'reasoning with what its provider wants back',
      assistant(
        { type: 'reasoning', content: 'hm', id: 'rs_1', signature: 's', data: 'd', encrypted_content: 'e' },
        text('a'),
      ),
      {
        'message.role': 'assistant',
        'message.contents.0.message_content.type': 'reasoning',
        'message.contents.0.message_content.text': 'hm',
        'message.contents.0.message_content.id': 'rs_1',
        'message.contents.0.message_content.signature': 's',
        'message.contents.0.message_content.data': 'd',
        'message.contents.0.message_content.encrypted_content': 'e',
        'message.contents.1.message_content.type': 'text',
        'message.contents.1.message_content.text': 'a',
      },
    ],
    [
      'text, then tool calls',
      assistant(
        text('wait'),
        { type: 'tool_call', id: 'c1', name: 'f', arguments: { a: 1 }, reasoning_signature: 's' },
        { type: 'tool_call', name: 'g', arguments: 'not JSON' },
      ),
      {
        'message.role': 'assistant',
        'message.content': 'wait',
        'message.tool_calls.0.tool_call.id': 'c1',
        'message.tool_calls.0.tool_call.function.name': 'f',
        'message.tool_calls.0.tool_call.function.arguments': '{"a":1}',
        'message.tool_calls.0.tool_call.reasoning_signature': 's',
        'message.tool_calls.1.tool_call.function.name': 'g',
        'message.tool_calls.1.tool_call.function.arguments': 'not JSON',
      },
    ],
    [
      'a tool call before a text, in its place',
      assistant({ type: 'tool_call', id: 'c1', name: 'f', arguments: {} }, text('done')),
      {
        'message.role': 'assistant',
        'message.tool_calls.0.tool_call.id': 'c1',
        'message.tool_calls.0.tool_call.function.name': 'f',
        'message.tool_calls.0.tool_call.function.arguments': '{}',
        'message.contents.0.message_content.type': 'tool_use',
        'message.contents.0.tool_call.id': 'c1',
        'message.contents.0.tool_call.function.name': 'f',
        'message.contents.0.tool_call.function.arguments': '{}',
        'message.contents.1.message_content.type': 'text',
        'message.contents.1.message_content.text': 'done',
      },
    ],
    [
      'the result of a tool, as text',
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: 'ok' }] },
      { 'message.role': 'tool', 'message.tool_call_id': 'c1', 'message.content': 'ok' },
    ],
    [
      'a refusal',
      assistant({ type: 'refusal', content: 'no' }),
      {
        'message.role': 'assistant',
        'message.contents.0.message_content.type': 'refusal',
        'message.contents.0.message_content.text': 'no',
      },
    ],
    [
      'a part that has no place, as JSON',
      user({ type: 'file', modality: 'document', file_id: 'file-1' }),
      {
        'message.role': 'user',
        'message.contents.0.message_content.type': 'file',
        'message.contents.0.message_content.text': '{"type":"file","modality":"document","file_id":"file-1"}',
      },
    ],
  ])('a message of %s', (_, message, fields) => {
    const flat = Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [`llm.input_messages.0.${key}`, value]),
    );
    const there = toOpenInference({ 'gen_ai.input.messages': json([message]) });
    expect(there.attributes).toEqual({
      'openinference.span.kind': 'LLM',
      'input.value': json([message]),
      'input.mime_type': 'application/json',
      ...flat,
    });
    expect(there.lost).toEqual([]);
    const back = toGenAI({ ...flat, 'input.value': json([message]), 'input.mime_type': 'application/json' });
    expect(back.attributes['gen_ai.input.messages']).toEqual([message]);
    expect(back.lost).toEqual([]);
  });

  it('splits the results of tools that stand in one message, and joins them again', () => {
    const parts = ['a', 'b', 'c'].map((id) => ({ type: 'tool_call_response', id, response: `${id}!` }));
    const message = { role: 'tool', parts };
    const there = toOpenInference({ 'gen_ai.input.messages': json([user(text('q')), message, user(text('r'))]) });
    expect(there.attributes).toMatchObject({
      'llm.input_messages.1.message.tool_call_id': 'a',
      'llm.input_messages.2.message.tool_call_id': 'b',
      'llm.input_messages.3.message.content': 'c!',
      'llm.input_messages.4.message.content': 'r',
    });
    expect(toGenAI(there.attributes).attributes['gen_ai.input.messages']).toEqual([
      user(text('q')),
      message,
      user(text('r')),
    ]);
  });

  it('writes the result of a tool as text, says so where it was none, and leaves JSON text a text', () => {
    const result = (response: unknown) => ({
      role: 'tool',
      parts: [{ type: 'tool_call_response', id: 'c', response }],
    });
    const structure = toOpenInference({ 'gen_ai.input.messages': json([result({ a: 1 })]) });
    expect(structure.attributes['llm.input_messages.0.message.content']).toBe('{"a":1}');
    expect(structure.lost).toEqual([expect.objectContaining({ attribute: 'gen_ai.input.messages' })]);
    const there = toOpenInference({ 'gen_ai.input.messages': json([result('{"a":1}')]) });
    expect(there.lost).toEqual([]);
    expect(toGenAI(there.attributes).attributes['gen_ai.input.messages']).toEqual([result('{"a":1}')]);
  });

  it('says that a tool result beside a text leaves its message', () => {
    const message = user({ type: 'tool_call_response', id: 'a', response: 'ok' }, text('go on'));
    const { attributes, lost } = toOpenInference({ 'gen_ai.input.messages': json([message]) });
    expect(attributes).toMatchObject({
      'llm.input_messages.0.message.role': 'tool',
      'llm.input_messages.0.message.tool_call_id': 'a',
      'llm.input_messages.1.message.role': 'user',
      'llm.input_messages.1.message.content': 'go on',
    });
    expect(lost.map(({ attribute }) => attribute)).toEqual(['gen_ai.input.messages', 'gen_ai.input.messages']);
  });

  it.each([
    ['text_completion', 'LLM'],
    ['embeddings', 'EMBEDDING'],
    ['retrieval', 'RETRIEVER'],
    ['execute_tool', 'TOOL'],
    ['invoke_agent', 'AGENT'],
  ])('knows %s as %s', (operation, kind) => {
    const prompts = operation === 'text_completion' ? { 'gen_ai.input.messages': json([user(text('p'))]) } : {};
    const there = toOpenInference({ 'gen_ai.operation.name': operation, ...prompts });
    expect(there.attributes['openinference.span.kind']).toBe(kind);
    expect(there.lost).toEqual([]);
    expect(toGenAI(there.attributes).attributes['gen_ai.operation.name']).toBe(operation);
  });

  it('takes a chain for a workflow where it is the root, and only there', () => {
    const chain = { 'openinference.span.kind': 'CHAIN' };
    expect(toGenAI(chain, { isLocalRoot: true }).attributes).toEqual({ 'gen_ai.operation.name': 'invoke_workflow' });
    expect(toGenAI(chain).attributes).toEqual({ 'gen_ai.operation.name': 'task' });
    expect(toOpenInference({ 'gen_ai.operation.name': 'task' }).attributes).toEqual(chain);
    expect(toOpenInference({ 'gen_ai.operation.name': 'invoke_workflow' }, { isLocalRoot: true }).lost).toEqual([]);
    expect(toOpenInference({ 'gen_ai.operation.name': 'invoke_workflow' }).lost).toHaveLength(1);
  });

  it.each(['generate_content', 'create_agent', 'plan', 'search_memory', 'fetch_response', 'anything'])(
    'says that %s shares its kind with others',
    (operation) => {
      const { attributes, lost } = toOpenInference({ 'gen_ai.operation.name': operation });
      expect(typeof attributes['openinference.span.kind']).toBe('string');
      expect(lost).toEqual([expect.objectContaining({ attribute: 'gen_ai.operation.name', to: 'openinference' })]);
    },
  );

  it.each([
    ['RERANKER', 'rerank'],
    ['GUARDRAIL', 'guardrail'],
    ['EVALUATOR', 'evaluate'],
    ['PROMPT', 'prompt'],
  ])('keeps %s, for which the conventions have no word, as %s', (kind, operation) => {
    const { attributes, lost } = toGenAI({ 'openinference.span.kind': kind });
    expect(attributes).toEqual({ 'gen_ai.operation.name': operation });
    expect(lost).toEqual([]);
    expect(toOpenInference(attributes).attributes).toEqual({ 'openinference.span.kind': kind });
  });
});

describe('openinference, the contents of each kind of span', () => {
  it('has arguments and result of a tool as values', () => {
    const tool = {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'f',
      'gen_ai.tool.description': 'd',
      'gen_ai.tool.call.id': 'c1',
      'gen_ai.tool.call.arguments': json({ a: 1 }),
      'gen_ai.tool.call.result': 'fine',
    };
    const there = toOpenInference(tool);
    expect(there).toEqual({
      attributes: {
        'openinference.span.kind': 'TOOL',
        'tool.name': 'f',
        'tool.description': 'd',
        'tool.id': 'c1',
        'tool.parameters': '{"a":1}',
        'input.value': '{"a":1}',
        'input.mime_type': 'application/json',
        'output.value': 'fine',
        'output.mime_type': 'text/plain',
      },
      lost: [],
      events: [],
    });
    const back = toGenAI(there.attributes);
    expect(back.attributes).toEqual(parsed(tool));
    expect(back.lost).toEqual([]);
  });

  it('reads arguments where others write them, and a definition as none', () => {
    const kind = { 'openinference.span.kind': 'TOOL', 'tool_call.id': 'c1' };
    expect(toGenAI({ ...kind, 'tool.parameters': '{"a":1}' }).attributes).toMatchObject({
      'gen_ai.tool.call.id': 'c1',
      'gen_ai.tool.call.arguments': { a: 1 },
    });
    const definition = toGenAI({ ...kind, 'tool.parameters': '{"type":"object","properties":{"a":{}}}' });
    expect(definition.attributes).not.toHaveProperty('gen_ai.tool.call.arguments');
    expect(definition.lost).toEqual([expect.objectContaining({ attribute: 'tool.parameters' })]);
  });

  it('keeps a text that looks like JSON a text where that is said', () => {
    const result = { 'openinference.span.kind': 'TOOL', 'output.value': '[1]', 'output.mime_type': 'text/plain' };
    const { attributes } = written(result, { to: ['langfuse', 'genai'], mode: 'replace' });
    expect(attributes['langfuse.observation.output']).toBe('[1]');
    expect(toGenAI({ ...result, 'output.mime_type': 'application/json' }).attributes).toMatchObject({
      'gen_ai.tool.call.result': [1],
    });
  });

  it('has query and documents of a retrieval', () => {
    const retrieval = {
      'gen_ai.operation.name': 'retrieval',
      'gen_ai.retrieval.query.text': 'q',
      'gen_ai.retrieval.documents': json([{ id: '1', score: 0.5, content: 'c', metadata: { a: 1 } }, { id: '2' }]),
    };
    const there = toOpenInference(retrieval);
    expect(there.attributes).toEqual({
      'openinference.span.kind': 'RETRIEVER',
      'input.value': 'q',
      'input.mime_type': 'text/plain',
      'retrieval.documents.0.document.id': '1',
      'retrieval.documents.0.document.content': 'c',
      'retrieval.documents.0.document.score': 0.5,
      'retrieval.documents.0.document.metadata': '{"a":1}',
      'retrieval.documents.1.document.id': '2',
    });
    expect(there.lost).toEqual([]);
    expect(toGenAI(there.attributes).attributes).toEqual(parsed(retrieval));
  });

  it('keeps what else a document holds among its metadata, and says so', () => {
    const documents = json([{ id: '1', title: 't', metadata: { a: 1 } }]);
    const { attributes, lost } = toOpenInference({
      'gen_ai.operation.name': 'retrieval',
      'gen_ai.retrieval.documents': documents,
    });
    expect(attributes['retrieval.documents.0.document.metadata']).toBe('{"title":"t","a":1}');
    expect(lost).toHaveLength(1);
  });

  it('has the texts of an embedding, and carries no vectors', () => {
    const { attributes, lost } = written(
      {
        'openinference.span.kind': 'EMBEDDING',
        'embedding.model_name': 'e',
        'llm.provider': 'openai',
        'embedding.embeddings.0.embedding.text': 'a',
        'embedding.embeddings.0.embedding.vector': [0.1, 0.2],
        'embedding.embeddings.1.embedding.text': 'b',
        'embedding.embeddings.1.embedding.vector': [0.1, 0.2],
        'input.value': '["a","b"]',
        'input.mime_type': 'application/json',
        'llm.token_count.prompt': 2,
        'llm.token_count.total': 2,
      },
      { to: 'genai' },
    );
    expect(attributes).toEqual({
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'e',
      'gen_ai.usage.input_tokens': 2,
    });
    expect(lost.filter(({ reason }) => reason.startsWith('vectors'))).toHaveLength(1);
  });

  it('writes the model of an embedding under its own name, and no provider, as its specification has it', () => {
    const { attributes, lost } = toOpenInference({
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'e',
      'gen_ai.request.encoding_formats': ['float'],
      'gen_ai.embeddings.dimension.count': 8,
    });
    expect(attributes).toEqual({
      'openinference.span.kind': 'EMBEDDING',
      'embedding.model_name': 'e',
      'embedding.invocation_parameters': json({ model: 'e', encoding_format: 'float', dimensions: 8 }),
    });
    expect(lost).toEqual([expect.objectContaining({ attribute: 'gen_ai.provider.name' })]);
  });

  it('has what an agent got and gave as plain texts, where that is all', () => {
    const agent = {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'a',
      'gen_ai.input.messages': json([user(text('{"q":1}'))]),
      'gen_ai.output.messages': json([assistant(text('yes'))]),
    };
    const there = toOpenInference(agent);
    expect(there.attributes).toEqual({
      'openinference.span.kind': 'AGENT',
      'agent.name': 'a',
      'input.value': '{"q":1}',
      'input.mime_type': 'application/json',
      'output.value': 'yes',
      'output.mime_type': 'text/plain',
    });
    expect(toGenAI(there.attributes).attributes).toEqual(parsed(agent));
  });

  it('has prompts and choices of a text completion', () => {
    const completion = {
      'gen_ai.operation.name': 'text_completion',
      'gen_ai.input.messages': json([user(text('p'))]),
      'gen_ai.output.messages': json([{ ...assistant(text('c')), finish_reason: 'stop' }]),
      'gen_ai.response.finish_reasons': ['stop'],
    };
    const there = toOpenInference(completion);
    expect(there.attributes).toMatchObject({ 'llm.prompts.0.prompt.text': 'p', 'llm.choices.0.completion.text': 'c' });
    expect(toGenAI(there.attributes).attributes).toEqual(parsed(completion));
    const { 'llm.prompts.0.prompt.text': prompt } = there.attributes;
    expect(toGenAI({ 'llm.prompts.0.prompt.text': prompt }).attributes).toEqual({
      'gen_ai.operation.name': 'text_completion',
      'gen_ai.input.messages': [user(text('p'))],
    });
  });

  it('writes system instructions as the first message, and says that they cannot be told from one', () => {
    const { attributes, lost } = toOpenInference({
      'gen_ai.system_instructions': json([text('be brief')]),
      'gen_ai.input.messages': json([user(text('hi'))]),
    });
    expect(attributes).toMatchObject({
      'llm.input_messages.0.message.role': 'system',
      'llm.input_messages.0.message.content': 'be brief',
      'llm.input_messages.1.message.role': 'user',
      'llm.input_messages.1.message.content': 'hi',
    });
    expect(lost).toEqual([expect.objectContaining({ attribute: 'gen_ai.system_instructions' })]);
  });

  it('keeps several choices apart, and of their reasons the first', () => {
    const choices = [assistant(text('a')), assistant(text('b'))];
    const there = toOpenInference({
      'gen_ai.output.messages': json(choices),
      'gen_ai.response.finish_reasons': ['stop', 'length'],
    });
    expect(there.attributes).toMatchObject({ 'llm.finish_reason': 'stop', 'llm.invocation_parameters': '{"n":2}' });
    expect(there.lost.map(({ attribute }) => attribute)).toEqual([
      'gen_ai.response.finish_reasons',
      'gen_ai.output.messages',
    ]);
    expect(toGenAI(there.attributes).attributes['gen_ai.output.messages']).toMatchObject(choices);
  });

  it('joins the items of one response, which its instrumentation writes as messages', () => {
    const { attributes } = toGenAI({
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.contents.0.message_content.type': 'reasoning',
      'llm.output_messages.0.message.contents.0.message_content.text': 'hm',
      'llm.output_messages.1.message.role': 'assistant',
      'llm.output_messages.1.message.contents.0.message_content.type': 'output_text',
      'llm.output_messages.1.message.contents.0.message_content.text': 'a',
      'llm.output_messages.2.message.role': 'assistant',
      'llm.output_messages.2.message.tool_calls.0.tool_call.id': 'c',
      'llm.output_messages.2.message.tool_calls.0.tool_call.function.name': 'f',
      'llm.output_messages.2.message.tool_calls.0.tool_call.function.arguments': '{}',
      'llm.finish_reason': 'tool_calls',
    });
    const parts = [
      { type: 'reasoning', content: 'hm' },
      text('a'),
      { type: 'tool_call', id: 'c', name: 'f', arguments: {} },
    ];
    expect(attributes['gen_ai.output.messages']).toEqual([{ ...assistant(...parts), finish_reason: 'tool_call' }]);
  });

  it('reads a request and a response that stand as values only', () => {
    const { attributes } = toGenAI({
      'input.value': json({ model: 'm', messages: [{ role: 'user', content: 'hi' }] }),
      'input.mime_type': 'application/json',
      'output.value': 'hello',
      'output.mime_type': 'text/plain',
    });
    expect(attributes).toMatchObject({
      'gen_ai.input.messages': [user(text('hi'))],
      'gen_ai.output.messages': [assistant(text('hello'))],
    });
  });
});

describe('openinference, the rest', () => {
  it('has session, user, tags, metadata, variables and cost', () => {
    const there = written(
      {
        ...GENAI_CHAT,
        'gen_ai.conversation.id': 's',
        'gen_ai.prompt.variable.name': 'Ada',
        'genspan.tags': ['a'],
        'genspan.metadata.team': 'ai',
        'genspan.usage.cost_usd': 3,
        'genspan.usage.input_cost_usd': 1,
        'genspan.usage.output_cost_usd': 2,
      },
      { to: 'openinference' },
    );
    expect(there.attributes).toEqual({
      'openinference.span.kind': 'LLM',
      'session.id': 's',
      'llm.prompt_template.variables': '{"name":"Ada"}',
      'tag.tags': ['a'],
      metadata: '{"team":"ai"}',
      'llm.cost.total': 3,
      'llm.cost.prompt': 1,
      'llm.cost.completion': 2,
    });
    expect(there.lost).toEqual([]);
    expect(toGenAI(there.attributes).attributes).toMatchObject({
      'gen_ai.conversation.id': 's',
      'gen_ai.prompt.variable.name': 'Ada',
      'genspan.tags': ['a'],
      'genspan.metadata.team': 'ai',
      'genspan.usage.cost_usd': 3,
    });
  });

  it('turns evaluations into events and back', () => {
    const flat = {
      'openinference.span.kind': 'CHAIN',
      'evaluations.0.evaluation.name': 'relevance',
      'evaluations.0.evaluation.score': 0.5,
      'annotations.0.annotation.name': 'tone',
      'annotations.0.annotation.label': 'kind',
      'annotations.0.annotation.explanation': 'says please',
      'annotations.0.annotation.annotator_kind': 'HUMAN',
    };
    const { events, lost } = written(flat, { to: 'genai' });
    expect(events).toEqual([
      expect.objectContaining({
        name: 'gen_ai.evaluation.result',
        attributes: { 'gen_ai.evaluation.name': 'relevance', 'gen_ai.evaluation.score.value': 0.5 },
      }),
      expect.objectContaining({
        attributes: {
          'gen_ai.evaluation.name': 'tone',
          'gen_ai.evaluation.score.label': 'kind',
          'gen_ai.evaluation.explanation': 'says please',
        },
      }),
    ]);
    expect(lost).toContainEqual(expect.objectContaining({ attribute: 'annotations.0.annotation.annotator_kind' }));
    const back = written({ ...GENAI_CHAT }, { to: 'openinference', events });
    expect(back.attributes).toMatchObject({
      'evaluations.0.evaluation.name': 'relevance',
      'evaluations.0.evaluation.score': 0.5,
      'evaluations.1.evaluation.label': 'kind',
    });
  });

  it('tells the model that answered by the one that was asked for', () => {
    const { attributes } = toGenAI({
      'llm.model_name': 'gpt-4o-2024-08-06',
      'llm.invocation_parameters': '{"model":"gpt-4o"}',
    });
    expect(attributes).toMatchObject({
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.response.model': 'gpt-4o-2024-08-06',
    });
  });

  it.each([
    ['llm.invocation_parameters', json({ temperature: 1, logit_bias: { 50: 1 } })],
    ['llm.token_count.total', 7],
    ['graph.node.id', 'n'],
    ['llm.prompt_template.template', 'Hi {name}'],
    ['prompt.url', 'https://example.com'],
    ['llm.input_messages.0.message.unheard_of', 'x'],
    ['llm.token_count.prompt', 'many'],
    ['openinference.span.kind', 'UNHEARD_OF'],
    ['session.evaluations.0.evaluation.name', 'x'],
  ])('reports %s as lost where nothing says the same', (key, value) => {
    const { lost } = toGenAI({ [key]: value });
    expect(lost).toContainEqual(expect.objectContaining({ attribute: key }));
  });

  it('writes nothing on a span that says nothing', () => {
    expect(written({ 'http.method': 'GET' }, { to: 'openinference' }).attributes).toEqual({});
  });
});
