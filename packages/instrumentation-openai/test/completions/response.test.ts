import { completionResponse } from '../../src/completions/response.js';
import { responseMessages } from '../recorded-content.js';

describe('completionResponse', () => {
  it('makes one message and one finish reason of every choice', () => {
    const choices = [
      { index: 0, text: 'one', finish_reason: 'length' },
      { index: 1, text: '', finish_reason: 'content_filter' },
      { index: 2, text: 'cut', finish_reason: null },
    ];
    const end = completionResponse({ choices });
    expect(end.result?.finishReasons).toEqual(['length', 'content_filter', 'error']);
    expect(responseMessages(end)).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'one' }], finish_reason: 'length' },
      { role: 'assistant', parts: [], finish_reason: 'content_filter' },
      { role: 'assistant', parts: [{ type: 'text', content: 'cut' }], finish_reason: 'error' },
    ]);
  });

  it.each([undefined, null, 'text', [], {}, { choices: null }, { choices: [null] }])('bears %p', (value) => {
    expect(() => responseMessages(completionResponse(value))).not.toThrow();
  });
});
