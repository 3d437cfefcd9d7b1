import { dropUnpaired, messageFacts } from '../src/message-limits-facts.js';

const call = (id: string) =>
  messageFacts(JSON.stringify({ role: 'assistant', parts: [{ type: 'tool_call', id, name: 'f' }] }));
const response = (id: string) =>
  messageFacts(JSON.stringify({ role: 'tool', parts: [{ type: 'tool_call_response', id, response: 1 }] }));

describe('messageFacts', () => {
  it.each([
    [
      'GenAI',
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'a', name: 'f' }] },
      { calls: ['a'], responses: [] },
    ],
    [
      'OpenAI',
      { role: 'assistant', content: null, tool_calls: [{ id: 'a' }, { id: 'b' }] },
      { calls: ['a', 'b'], responses: [] },
    ],
    ['OpenAI', { role: 'tool', tool_call_id: 'a', content: 'r' }, { calls: [], responses: ['a'] }],
    [
      'Responses',
      { type: 'function_call_output', id: 'own', call_id: 'a', output: '' },
      { calls: [], responses: ['a'] },
    ],
    ['AI SDK', { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'a' }] }, { calls: [], responses: ['a'] }],
    [
      'Anthropic',
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a' }] },
      { calls: [], responses: ['a'] },
    ],
  ])('finds calls and responses of %s', (_, message, expected) => {
    expect(messageFacts(JSON.stringify(message))).toMatchObject(expected);
  });

  it('knows nothing of what is no message', () => {
    for (const json of [
      '1',
      '[]',
      'null',
      '{"parts":1,"tool_calls":{"id":1}}',
      '{',
      '{"__proto__":{"role":"system"}}',
    ]) {
      expect(messageFacts(json)).toMatchObject({ isSystem: false, calls: [], responses: [] });
    }
  });
});

describe('dropUnpaired', () => {
  it.each([
    ['a response without its call', [call('a'), response('a')], [false, true], [false, false]],
    ['a call without its response', [call('a'), response('a')], [true, false], [false, false]],
    [
      'one of two responses',
      [call('a'), call('b'), response('a'), response('b')],
      [true, true, true, false],
      [true, false, true, false],
    ],
    [
      'an earlier use of the id',
      [call('a'), response('a'), call('a'), response('a')],
      [false, true, true, true],
      [false, false, true, true],
    ],
    [
      'nothing, where a call waits for its response',
      [call('a'), response('a'), call('b')],
      [true, true, true],
      [true, true, true],
    ],
  ])('drops %s', (_, messages, kept, expected) => {
    dropUnpaired(messages, kept);
    expect(kept).toEqual(expected);
  });
});
