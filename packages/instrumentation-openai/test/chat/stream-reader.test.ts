import fc from 'fast-check';
import { chatResponse } from '../../src/chat/response.js';
import { ChatStreamReader } from '../../src/chat/stream-reader.js';
import { arbitraryJson } from '../arbitrary-json.js';
import { deepFrozen, everythingOf, responseMessages } from '../recorded-content.js';
import { streamedCompletion } from './arbitrary-chat.js';

function read(chunks: readonly unknown[], capturesContent = true) {
  const reader = new ChatStreamReader({ capturesContent });
  for (const chunk of chunks) reader.add(chunk);
  return reader.end();
}

const delta = (value: object, index = 0) => ({ choices: [{ index, delta: value, finish_reason: null }] });
const callPiece = (piece: object) => delta({ tool_calls: [piece] });

describe('ChatStreamReader', () => {
  it('gives what the response that is not streamed gives, however it is cut and interleaved', () => {
    fc.assert(
      fc.property(streamedCompletion, ({ completion, chunks }) => {
        expect(everythingOf(read(chunks))).toEqual(everythingOf(chatResponse(completion)));
      }),
    );
  });

  it('gives the same without the messages when content is not captured', () => {
    fc.assert(
      fc.property(streamedCompletion, ({ completion, chunks }) => {
        const { output: _output, ...withoutContent } = everythingOf(chatResponse(completion));
        const { output, ...seen } = everythingOf(read(chunks, false));
        expect(seen).toEqual(withoutContent);
        expect(output.flatMap(({ parts }) => parts)).toEqual([]);
      }),
    );
  });

  it('never throws, whatever the chunks, and what it gathers is valid', () => {
    const names = [
      'choices',
      'index',
      'delta',
      'content',
      'tool_calls',
      'function',
      'arguments',
      'name',
      'id',
      'audio',
    ];
    const chunk = arbitraryJson([
      ...names,
      'data',
      'usage',
      'role',
      'finish_reason',
      'function_call',
      'custom',
      'type',
    ]);
    const choice = chunk.map((value) => ({ choices: [{ index: 0, delta: value }, value] }));
    fc.assert(
      fc.property(fc.array(fc.oneof(chunk, choice), { maxLength: 5 }), (chunks) => {
        responseMessages(read(deepFrozen(chunks)));
      }),
      { numRuns: 300 },
    );
  });

  it('tells parallel tool calls apart whose pieces are interleaved', () => {
    const end = read([
      callPiece({ index: 0, id: 'call_a', type: 'function', function: { name: 'f', arguments: '' } }),
      callPiece({ index: 1, id: 'call_b', type: 'function', function: { name: 'g', arguments: '' } }),
      callPiece({ index: 1, function: { arguments: '{"b":' } }),
      callPiece({ index: 0, function: { arguments: '{"a":1}' } }),
      callPiece({ index: 1, function: { arguments: '2}' } }),
    ]);
    expect(responseMessages(end)[0]?.parts).toEqual([
      { type: 'tool_call', id: 'call_a', name: 'f', arguments: { a: 1 } },
      { type: 'tool_call', id: 'call_b', name: 'g', arguments: { b: 2 } },
    ]);
  });

  it('begins a new tool call at a new id where a server leaves the index out', () => {
    const end = read([
      callPiece({ id: 'call_a', type: 'function', function: { name: 'f', arguments: '{"a":' } }),
      callPiece({ function: { arguments: '1}' } }),
      callPiece({ id: 'call_b', type: 'function', function: { name: 'g', arguments: '{}' } }),
    ]);
    expect(responseMessages(end)[0]?.parts).toEqual([
      { type: 'tool_call', id: 'call_a', name: 'f', arguments: { a: 1 } },
      { type: 'tool_call', id: 'call_b', name: 'g', arguments: {} },
    ]);
  });

  it('is not led to fill memory by an index out of range', () => {
    const end = read([
      delta({ content: 'a' }, 4e9),
      delta({ content: 'b' }, -1),
      callPiece({ index: 1e9, id: 'call_a' }),
    ]);
    expect(end.result?.finishReasons).toEqual(['error']);
    expect(responseMessages(end)[0]?.parts).toEqual([
      { type: 'text', content: 'ab' },
      { type: 'tool_call', id: 'call_a', name: 'unknown' },
    ]);
  });

  it('keeps the place of a choice that was never heard of', () => {
    const end = read([{ choices: [{ index: 2, delta: { content: 'c' }, finish_reason: 'stop' }] }]);
    expect(end.result?.finishReasons).toEqual(['error', 'error', 'stop']);
    expect(responseMessages(end).map(({ parts }) => parts.length)).toEqual([0, 0, 1]);
  });

  it('takes id and model from the first chunk that has them', () => {
    const prompt = { id: '', model: '', choices: [], prompt_filter_results: [] };
    const end = read([prompt, { id: 'chatcmpl_1', model: 'gpt-4o', ...delta({ content: 'x' }) }]);
    expect(end.result).toMatchObject({ responseId: 'chatcmpl_1', responseModel: 'gpt-4o' });
  });

  it('reads the usage that Groq sends in a field of its own', () => {
    const end = read([{ choices: [], x_groq: { id: 'req_1', usage: { prompt_tokens: 3, completion_tokens: 5 } } }]);
    expect(end.result?.usage).toMatchObject({ input: 3, output: 5 });
  });

  it('reports no usage that was not sent', () => {
    expect(read([delta({ content: 'x' })]).result?.usage).toBeUndefined();
  });

  it('joins audio whose pieces were encoded one by one', () => {
    const pieces = ['a', 'bc', 'def'].map((bytes) => delta({ audio: { data: Buffer.from(bytes).toString('base64') } }));
    expect(responseMessages(read(pieces))[0]?.parts).toEqual([
      { type: 'blob', modality: 'audio', content: Buffer.from('abcdef').toString('base64') },
    ]);
  });

  it('says the same when asked twice', () => {
    const reader = new ChatStreamReader({ capturesContent: true });
    reader.add(callPiece({ index: 0, id: 'call_a', function: { name: 'f', arguments: '{}' } }));
    expect(everythingOf(reader.end())).toEqual(everythingOf(reader.end()));
  });
});
