import { detectDialect } from '../src/detect-dialect';

describe('detectDialect', () => {
  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ['the current conventions', { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai' }, ['genai']],
    ['a tool that no provider runs', { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'f' }, ['genai']],
    [
      '1.41 by its name for cached tokens',
      { 'gen_ai.provider.name': 'openai', 'gen_ai.usage.cache_creation.input_tokens': 3 },
      ['genai-1.41'],
    ],
    [
      '1.41 by a retrieval',
      { 'gen_ai.operation.name': 'retrieval', 'gen_ai.request.top_k': 3 },
      ['genai', 'genai-1.41'],
    ],
    ['1.36', { 'gen_ai.operation.name': 'chat', 'gen_ai.system': 'openai' }, ['genai-1.36']],
    ['1.30 by a value', { 'gen_ai.operation.name': 'chat', 'gen_ai.system': 'az.ai.inference' }, ['genai-1.30']],
    [
      '1.30 by a name',
      { 'gen_ai.system': 'openai', 'gen_ai.openai.request.response_format': 'json_object' },
      ['genai-1.30'],
    ],
    ['1.27 by its prompt', { 'gen_ai.system': 'openai', 'gen_ai.prompt': '[]' }, ['genai-1.27']],
    ['1.26 by its usage', { 'gen_ai.system': 'openai', 'gen_ai.usage.prompt_tokens': 1 }, ['genai-1.27']],
    ['two at once', { 'gen_ai.provider.name': 'openai', 'gen_ai.system': 'openai' }, ['genai', 'genai-1.36']],
  ])('recognises %s', (_, attributes, dialects) => {
    expect(detectDialect(attributes)).toEqual(dialects);
  });

  it('recognises older versions by their events', () => {
    expect(detectDialect({}, { events: [{ name: 'gen_ai.content.prompt' }] })).toEqual(['genai-1.27']);
    expect(detectDialect({}, { events: [{ name: 'gen_ai.choice' }] })).toEqual(['genai-1.36']);
  });

  it('does not take flattened messages for the prompt of 1.27', () => {
    const attributes = { 'gen_ai.system': 'OpenAI', 'gen_ai.prompt.0.content': 'hi', 'llm.request.type': 'chat' };
    expect(detectDialect(attributes)).not.toContain('genai-1.27');
  });

  it.each<[string, Record<string, unknown>]>([
    ['a conversation id alone', { 'gen_ai.conversation.id': 'c' }],
    ['HTTP', { 'http.request.method': 'GET', 'url.full': 'https://example.com' }],
    ['nothing', {}],
  ])('makes nothing of %s', (_, attributes) => {
    expect(detectDialect(attributes)).toEqual([]);
  });

  it('throws at nothing', () => {
    const bad = {
      get 'gen_ai.system'(): string {
        throw new Error('no');
      },
    };
    const worse = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    expect(detectDialect(bad)).toEqual([]);
    expect(detectDialect(worse)).toEqual([]);
  });
});
