import { isTokenCount, writeUsage, type TokenUsage } from '../src/token-usage.js';

const written = (usage: TokenUsage) => {
  const attributes = {};
  writeUsage(usage, attributes);
  return attributes;
};

it('writes totals and their split by modality under the names of the conventions', () => {
  const usage: TokenUsage = {
    input: 100,
    output: 50,
    cacheRead: 40,
    cacheWrite: 7,
    reasoning: 20,
    inputByModality: { text: 60, image: 30, audio: 10 },
    cacheReadByModality: { text: 40 },
    outputByModality: { audio: 25 },
  };
  expect(written(usage)).toEqual({
    'gen_ai.usage.input_tokens': 100,
    'gen_ai.usage.output_tokens': 50,
    'gen_ai.usage.cache_read.input_tokens': 40,
    'gen_ai.usage.cache_write.input_tokens': 7,
    'gen_ai.usage.reasoning.output_tokens': 20,
    'gen_ai.usage.text.input_tokens': 60,
    'gen_ai.usage.image.input_tokens': 30,
    'gen_ai.usage.audio.input_tokens': 10,
    'gen_ai.usage.text.cache_read.input_tokens': 40,
    'gen_ai.usage.audio.output_tokens': 25,
  });
});

it('writes a zero that was reported, and nothing for what was not', () => {
  expect(written({ input: 0, output: undefined, inputByModality: {} })).toEqual({ 'gen_ai.usage.input_tokens': 0 });
});

it('leaves out what is no count', () => {
  const usage: TokenUsage = { input: -1, output: NaN, cacheRead: Infinity, inputByModality: { text: -3, image: 2 } };
  expect(written(usage)).toEqual({ 'gen_ai.usage.image.input_tokens': 2 });
});

it.each([
  [0, true],
  [12, true],
  [-1, false],
  [NaN, false],
  [Infinity, false],
  [undefined, false],
])('takes %p for a count: %p', (value, expected) => {
  expect(isTokenCount(value)).toBe(expected);
});
