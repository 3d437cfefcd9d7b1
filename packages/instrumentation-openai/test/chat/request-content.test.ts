import { chatRequestContent, stopSequences } from '../../src/chat/request-content.js';
import { requestContent } from '../recorded-content.js';

const contentOf = (params: object) =>
  requestContent({ kind: 'inference', operationName: 'chat', content: () => chatRequestContent({ ...params }) });
const messageOf = (message: object) => contentOf({ messages: [message] }).input[0];

describe('chatRequestContent', () => {
  it('keeps the role and the name that the caller chose', () => {
    expect(messageOf({ role: 'developer', content: 'Be brief.', name: 'ops' })).toEqual({
      role: 'developer',
      name: 'ops',
      parts: [{ type: 'text', content: 'Be brief.' }],
    });
  });

  it('translates an answer of the assistant that is sent back: refusal, calls, sound', () => {
    const message = {
      role: 'assistant',
      content: null,
      refusal: 'No.',
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"a":[1]}' } },
        { id: 'call_2', type: 'custom', custom: { name: 'sql', input: 'SELECT 1' } },
      ],
      audio: { id: 'audio_1' },
    };
    expect(messageOf(message)?.parts).toEqual([
      { type: 'refusal', content: 'No.' },
      { type: 'tool_call', id: 'call_1', name: 'f', arguments: { a: [1] } },
      { type: 'tool_call', id: 'call_2', name: 'sql', arguments: 'SELECT 1' },
      { type: 'file', modality: 'audio', file_id: 'audio_1' },
    ]);
  });

  it('translates the older form of tools', () => {
    const { input, tools } = contentOf({
      functions: [{ name: 'f', description: 'F.', parameters: { type: 'object' } }],
      messages: [
        { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } },
        { role: 'function', name: 'f', content: '42' },
      ],
    });
    expect(tools).toEqual([{ type: 'function', name: 'f', description: 'F.', parameters: { type: 'object' } }]);
    expect(input.flatMap(({ parts }) => parts)).toEqual([
      { type: 'tool_call', name: 'f', arguments: {} },
      { type: 'tool_call_response', id: 'f', response: '42' },
    ]);
  });

  it('answers a tool call in the field that readers look at', () => {
    expect(messageOf({ role: 'tool', tool_call_id: 'call_1', content: 'sunny' })?.parts).toEqual([
      { type: 'tool_call_response', id: 'call_1', response: 'sunny' },
    ]);
    const parts = [{ type: 'text', text: 'sunny' }];
    expect(messageOf({ role: 'tool', tool_call_id: 'call_1', content: parts })?.parts).toEqual([
      { type: 'tool_call_response', id: 'call_1', response: [{ type: 'text', content: 'sunny' }] },
    ]);
  });
});

describe('stopSequences', () => {
  it.each([
    ['END', ['END']],
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    [null, []],
    [undefined, []],
    [['a', 7], ['a']],
  ])('reads %p as %p', (stop, expected) => {
    expect(stopSequences(stop)).toEqual(expected);
  });
});
