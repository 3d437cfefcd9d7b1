import { mediaUsage } from '../src/media-usage.js';

describe('mediaUsage', () => {
  it('reads the usage of images, split by modality', () => {
    const usage = {
      input_tokens: 50,
      input_tokens_details: { text_tokens: 10, image_tokens: 40, cached_tokens: 5 },
      output_tokens: 272,
      output_tokens_details: { text_tokens: 0, image_tokens: 272 },
    };
    expect(mediaUsage(usage)).toEqual({
      input: 50,
      output: 272,
      cacheRead: 5,
      inputByModality: { text: 10, image: 40, audio: undefined },
      outputByModality: { text: undefined, image: 272, audio: undefined },
    });
  });

  it('reads the usage of transcriptions, which spells its details otherwise', () => {
    const usage = { type: 'tokens', input_tokens: 14, input_token_details: { audio_tokens: 14 }, output_tokens: 7 };
    expect(mediaUsage(usage)).toMatchObject({ input: 14, output: 7, inputByModality: { audio: 14 } });
  });

  it.each([undefined, null, 7, 'a', {}, { type: 'duration', seconds: 3 }, { input_tokens: '9' }])(
    'finds no tokens in %p',
    (usage) => {
      expect(mediaUsage(usage)).toBeUndefined();
    },
  );
});
