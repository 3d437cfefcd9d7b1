import fc from 'fast-check';
import { transcript } from '../../src/audio/transcript.js';
import { TranscriptStreamReader } from '../../src/audio/transcript-stream-reader.js';
import { everythingOf, responseMessages } from '../recorded-content.js';

const delta = (piece: string) => ({ type: 'transcript.text.delta', delta: piece });
const read = (events: readonly object[], capturesContent = true) => {
  const reader = new TranscriptStreamReader({ capturesContent });
  for (const event of events) reader.add(event);
  return reader.end();
};

describe('TranscriptStreamReader', () => {
  it('gives what the response that is not streamed gives', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.nat(), fc.nat(), (pieces, input, output) => {
        const whole = { text: pieces.join(''), usage: { type: 'tokens', input_tokens: input, output_tokens: output } };
        const events = [...pieces.map(delta), { type: 'transcript.text.done', ...whole }];
        expect(everythingOf(read(events))).toEqual(everythingOf(transcript(whole)));
      }),
    );
  });

  it('keeps what was said when the end never comes', () => {
    const end = read([delta('Good '), { type: 'transcript.text.segment', text: 'Good' }, delta('day')]);
    expect(responseMessages(end)).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'Good day' }], finish_reason: 'error' },
    ]);
  });

  it('gathers no text when content is not captured', () => {
    const end = read([delta('secret'), { type: 'transcript.text.done', text: 'secret' }], false);
    expect(responseMessages(end)).toEqual([]);
  });
});
