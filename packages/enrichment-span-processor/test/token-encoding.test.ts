import { encodingNameOf } from '../src/token-encoding.js';

test.each([
  ['gpt-4o-mini', 'o200k_base'],
  ['gpt-4.1', 'o200k_base'],
  ['gpt-5', 'o200k_base'],
  ['o3', 'o200k_base'],
  ['chatgpt-4o-latest', 'o200k_base'],
  ['claude-sonnet-4-5', 'o200k_base'],
  [undefined, 'o200k_base'],
  ['gpt-4', 'cl100k_base'],
  ['gpt-4-turbo-2024-04-09', 'cl100k_base'],
  ['openai/gpt-3.5-turbo', 'cl100k_base'],
  ['ft:gpt-3.5-turbo:org::id', 'cl100k_base'],
  ['gpt-35-turbo', 'cl100k_base'],
  ['text-embedding-3-small', 'cl100k_base'],
])('%s is counted by %s', (model, expected) => {
  expect(encodingNameOf(model)).toBe(expected);
});
