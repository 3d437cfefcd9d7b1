import fc from 'fast-check';
import { completionResponse } from '../../src/completions/response.js';
import { CompletionStreamReader } from '../../src/completions/stream-reader.js';
import { arbitraryJson } from '../arbitrary-json.js';
import { deepFrozen, everythingOf, responseMessages } from '../recorded-content.js';

const read = (chunks: readonly unknown[], capturesContent = true) => {
  const reader = new CompletionStreamReader({ capturesContent });
  for (const chunk of chunks) reader.add(chunk);
  return reader.end();
};

const HEAD = { id: 'cmpl_1', model: 'm', system_fingerprint: 'fp_1' };
const USAGE = { prompt_tokens: 5, completion_tokens: 7 };
const choice = fc.record({
  pieces: fc.array(fc.string(), { maxLength: 5 }),
  finish_reason: fc.constantFrom('stop', 'length', 'content_filter'),
});

describe('CompletionStreamReader', () => {
  it('gives what the response that is not streamed gives, however the choices interleave', () => {
    fc.assert(
      fc.property(
        fc.array(choice, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 9 }),
        (choices, turns) => {
          const chunks: object[] = [];
          const lanes = choices.map(({ pieces, finish_reason }, index) => [
            ...pieces.map((text) => ({ index, text, finish_reason: null })),
            { index, text: '', finish_reason },
          ]);
          for (let turn = 0; lanes.some((lane) => lane.length > 0); turn++) {
            const open = lanes.filter((lane) => lane.length > 0);
            const piece = open[(turns[turn % turns.length] ?? 0) % open.length]?.shift();
            chunks.push({ ...HEAD, choices: [piece] });
          }
          chunks.push({ ...HEAD, choices: [], usage: USAGE });
          const whole = choices.map(({ pieces, finish_reason }) => ({ text: pieces.join(''), finish_reason }));
          expect(everythingOf(read(deepFrozen(chunks)))).toEqual(
            everythingOf(completionResponse({ ...HEAD, usage: USAGE, choices: whole })),
          );
        },
      ),
    );
  });

  it('gathers no text when content is not captured', () => {
    const end = read([{ ...HEAD, choices: [{ index: 0, text: 'secret', finish_reason: 'stop' }] }], false);
    expect(JSON.stringify(everythingOf(end))).not.toContain('secret');
    expect(end.result).toMatchObject({ responseId: 'cmpl_1', finishReasons: ['stop'] });
  });

  it('says error of a choice that was cut off', () => {
    const end = read([{ ...HEAD, choices: [{ index: 0, text: 'cut', finish_reason: null }] }]);
    expect(responseMessages(end)).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'cut' }], finish_reason: 'error' },
    ]);
    expect(end.result?.usage).toBeUndefined();
  });

  it('never throws, whatever the chunks', () => {
    const json = arbitraryJson(['choices', 'index', 'text', 'finish_reason', 'usage', 'id']);
    fc.assert(
      fc.property(fc.array(json, { maxLength: 4 }), (chunks) => void responseMessages(read(deepFrozen(chunks)))),
    );
  });
});
