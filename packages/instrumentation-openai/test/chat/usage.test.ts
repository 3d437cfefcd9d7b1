import { chatUsage } from '../../src/chat/usage.js';

const known = (usage: object) =>
  Object.fromEntries(Object.entries(chatUsage(usage) ?? {}).filter(([, value]) => value !== undefined));

describe('chatUsage', () => {
  it('reads all that OpenAI reports, split by modality', () => {
    const usage = {
      prompt_tokens: 100,
      completion_tokens: 50,
      prompt_tokens_details: { cached_tokens: 40, audio_tokens: 10, text_tokens: 90, image_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 20, audio_tokens: 5 },
    };
    expect(known(usage)).toEqual({
      input: 100,
      output: 50,
      cacheRead: 40,
      reasoning: 20,
      inputByModality: { text: 90, image: undefined, audio: 10 },
      outputByModality: { text: undefined, image: undefined, audio: 5 },
    });
  });

  it.each([
    ['DeepSeek', { prompt_cache_hit_tokens: 7, prompt_cache_miss_tokens: 3 }],
    ['Moonshot', { cached_tokens: 7 }],
    ['OpenAI', { prompt_tokens_details: { cached_tokens: 7 } }],
  ])('reads cache hits as %s reports them', (_provider, usage) => {
    expect(known(usage)).toEqual({ cacheRead: 7 });
  });

  it.each([undefined, null, true, 'no'])('is nothing where usage is %p', (usage) => {
    expect(chatUsage(usage)).toBeUndefined();
  });

  it('skips what is no number', () => {
    expect(known({ prompt_tokens: true, completion_tokens: '9', total_tokens: null })).toEqual({});
  });
});
