import { conversationId, responseRequestAttributes } from '../../src/responses/request-attributes';

describe('responseRequestAttributes', () => {
  it('says that log probabilities were asked for', () => {
    const include = ['message.output_text.logprobs'];
    expect(responseRequestAttributes({ include })).toHaveProperty(['genspan.request.logprobs'], true);
    expect(responseRequestAttributes({ include: [] })).not.toHaveProperty(['genspan.request.logprobs']);
  });

  it('reads what steers the model and what the request refers to', () => {
    const params = {
      model: 'gpt-5',
      temperature: 0.5,
      top_p: 0.9,
      max_output_tokens: 100,
      reasoning: { effort: 'low', summary: 'auto' },
      text: { format: { type: 'json_schema', name: 'answer', schema: {} } },
      service_tier: 'flex',
      conversation: { id: 'conv_123' },
      previous_response_id: 'resp_123',
      prompt: { id: 'pmpt_123', version: '2', variables: { city: 'Paris' } },
    };
    expect(responseRequestAttributes(params)).toEqual({
      'openai.api.type': 'responses',
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.top_p': 0.9,
      'gen_ai.request.max_tokens': 100,
      'gen_ai.request.reasoning.level': 'low',
      'gen_ai.output.type': 'json',
      'openai.request.service_tier': 'flex',
      'gen_ai.conversation.id': 'conv_123',
      'gen_ai.request.previous_response.id': 'resp_123',
      'gen_ai.prompt.name': 'pmpt_123',
      'gen_ai.prompt.version': '2',
    });
  });

  it('has nothing but the kind of API for a request without parameters', () => {
    expect(responseRequestAttributes({})).toEqual({ 'openai.api.type': 'responses' });
    expect(responseRequestAttributes({ service_tier: 'auto', prompt: { version: '2' } })).toEqual({
      'openai.api.type': 'responses',
    });
  });

  it('records free text from no field', () => {
    const secret = ['planted secret', 'text'].join(' ');
    const nested = { id: secret, effort: secret, type: secret, version: secret, format: { type: secret } };
    const names = [
      'temperature top_p max_output_tokens service_tier conversation previous_response_id metadata user include',
      'safety_identifier prompt_cache_key tool_choice truncation instructions input prompt reasoning text',
    ];
    const keys = names.join(' ').split(' ');
    const params = [
      Object.fromEntries(keys.map((name) => [name, secret])),
      Object.fromEntries(keys.map((name) => [name, nested])),
      { prompt: { id: 'pmpt_123', version: secret } },
    ];
    for (const one of params) expect(JSON.stringify(responseRequestAttributes(one))).not.toContain('planted');
  });
});

describe('conversationId', () => {
  it('reads an id, and an object with one', () => {
    expect(conversationId('conv_1')).toBe('conv_1');
    expect(conversationId({ id: 'conv_1' })).toBe('conv_1');
    expect(conversationId(null)).toBeUndefined();
    expect(conversationId('our talk')).toBeUndefined();
  });
});
