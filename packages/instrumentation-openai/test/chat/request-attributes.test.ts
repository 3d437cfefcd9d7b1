import { chatRequestAttributes, outputTypeOfFormat } from '../../src/chat/request-attributes.js';

describe('chatRequestAttributes', () => {
  it('says nothing that the caller did not', () => {
    expect(chatRequestAttributes({})).toEqual({ 'openai.api.type': 'chat_completions' });
    expect(chatRequestAttributes({ n: 1, service_tier: 'auto', temperature: null, seed: undefined })).toEqual({
      'openai.api.type': 'chat_completions',
    });
  });

  it('keeps zero, which is a setting', () => {
    expect(chatRequestAttributes({ temperature: 0, seed: 0 })).toMatchObject({
      'gen_ai.request.temperature': 0,
      'gen_ai.request.seed': 0,
    });
  });

  it('prefers max_completion_tokens to the name it replaced', () => {
    const both = { max_completion_tokens: 5, max_tokens: 9 };
    expect(chatRequestAttributes(both)['gen_ai.request.max_tokens']).toBe(5);
    expect(chatRequestAttributes({ max_tokens: 9 })['gen_ai.request.max_tokens']).toBe(9);
  });

  it('does not take top_logprobs for top_k', () => {
    expect(chatRequestAttributes({ top_logprobs: 4 })).not.toHaveProperty(['gen_ai.request.top_k']);
  });

  it('says that log probabilities were asked for, by the flag of chat completions or the count of completions', () => {
    expect(chatRequestAttributes({ logprobs: true })).toHaveProperty(['genspan.request.logprobs'], true);
    expect(chatRequestAttributes({ logprobs: 0 })).toHaveProperty(['genspan.request.logprobs'], true);
    expect(chatRequestAttributes({ logprobs: false })).not.toHaveProperty(['genspan.request.logprobs']);
  });

  it.each(['none', 'minimal', 'low', 'medium', 'high', 'xhigh'])('records the reasoning effort %s', (effort) => {
    expect(chatRequestAttributes({ reasoning_effort: effort })['gen_ai.request.reasoning.level']).toBe(effort);
    expect(chatRequestAttributes({ reasoning: { effort } })['gen_ai.request.reasoning.level']).toBe(effort);
  });
});

describe('outputTypeOfFormat', () => {
  it.each([
    ['text', 'text'],
    ['json_object', 'json'],
    ['json_schema', 'json'],
    ['grammar', undefined],
    [undefined, undefined],
    [7, undefined],
  ])('translates %p to %p', (format, expected) => {
    expect(outputTypeOfFormat(format)).toBe(expected);
  });
});
