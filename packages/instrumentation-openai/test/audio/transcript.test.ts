import { transcript } from '../../src/audio/transcript.js';
import { responseMessages } from '../recorded-content.js';

describe('transcript', () => {
  it.each([
    ['an object', { text: 'Hello.', language: 'english', duration: 2.5 }],
    ['a string', 'Hello.'],
  ])('reads the text of %s', (_kind, value) => {
    expect(responseMessages(transcript(value))).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'Hello.' }], finish_reason: 'stop' },
    ]);
  });

  it('makes no tokens of seconds', () => {
    expect(transcript({ text: 'Hello.', usage: { type: 'duration', seconds: 3 } }).result?.usage).toBeUndefined();
  });

  it.each([undefined, null, 7, [], {}, { text: null }])('finds no text in %p', (value) => {
    expect(responseMessages(transcript(value))).toEqual([]);
  });
});
