import { toFinishReason, toOpenAIFinishReason, toVercelFinishReason } from '../../src/shapes/finish-reasons';

describe('toFinishReason', () => {
  it.each([
    ['stop', 'stop'],
    ['STOP', 'stop'],
    ['end_turn', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['content-filter', 'content_filter'],
    ['SAFETY', 'content_filter'],
    ['tool_calls', 'tool_call'],
    ['tool-calls', 'tool_call'],
    ['tool_use', 'tool_call'],
    ['error', 'error'],
  ])('says of %s that it is %s', (word, reason) => {
    expect(toFinishReason(word)).toBe(reason);
  });

  it.each(['other', 'PAUSE', 'constructor', '__proto__', ''])(
    'keeps %j, which it does not know, as it came',
    (word) => {
      expect(toFinishReason(word)).toBe(word);
    },
  );
});

describe('back to the words of others', () => {
  const reasons = ['stop', 'length', 'content_filter', 'tool_call', 'error'];

  it.each([
    ['OpenAI', toOpenAIFinishReason],
    ['the Vercel AI SDK', toVercelFinishReason],
  ])('gives words of %s that are read as what they were', (_, write) => {
    expect(reasons.map(write).map(toFinishReason)).toEqual(reasons);
  });

  it('uses the plural that OpenAI and Vercel use', () => {
    expect(toOpenAIFinishReason('tool_call')).toBe('tool_calls');
    expect(toVercelFinishReason('tool_call')).toBe('tool-calls');
    expect(toVercelFinishReason('content_filter')).toBe('content-filter');
  });
});
