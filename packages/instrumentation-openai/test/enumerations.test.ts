import { encodingFormat, reasoningEffort, serviceTier } from '../src/enumerations.js';

const SECRET = ['hush', 'hush'].join('_');

describe('the words of request fields', () => {
  it.each([
    [serviceTier, ['auto', 'default', 'flex', 'scale', 'priority', 'on_demand']],
    [reasoningEffort, ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']],
    [encodingFormat, ['float', 'base64', 'int8', 'ubinary']],
  ])('are those that an API defines, and no others (%#)', (enumeration, words) => {
    expect(words.map(enumeration)).toEqual(words);
    for (const value of [SECRET, '', 'toString', 'AUTO', 7, null, undefined, ['auto'], {}]) {
      expect(enumeration(value)).toBeUndefined();
    }
  });
});
