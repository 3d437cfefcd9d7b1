import { validateInputMessages, validateOutputMessages } from '@genspan/semconv';
import fc from 'fast-check';
import { itemParts, itemRole } from '../../src/responses/item-parts';
import { responseRequestContent } from '../../src/responses/request-content';
import { generatedResponse } from '../../src/responses/response-result';
import { ENCRYPTED, items } from './arbitrary-items';
import { sound } from './sound';

describe('itemParts', () => {
  it('matches calls and their outputs by call_id, not by the id of the item', () => {
    const call = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'get_weather', arguments: '{"city":1}' };
    const output = { type: 'function_call_output', id: 'fco_1', call_id: 'call_1', output: 'sunny' };
    expect(sound(itemParts(call))).toEqual([
      { type: 'tool_call', id: 'call_1', name: 'get_weather', arguments: { city: 1 } },
    ]);
    expect(sound(itemParts(output))).toEqual([{ type: 'tool_call_response', id: 'call_1', response: 'sunny' }]);
  });

  it('keeps arguments that are not JSON, and the input of a custom tool as it is', () => {
    const call = { type: 'function_call', call_id: 'call_1', name: 'f', arguments: '{"cut' };
    const custom = { type: 'custom_tool_call', call_id: 'call_2', name: 'run_sql', input: '42' };
    expect(sound(itemParts(call))).toEqual([{ type: 'tool_call', id: 'call_1', name: 'f', arguments: '{"cut' }]);
    expect(sound(itemParts(custom))).toEqual([{ type: 'tool_call', id: 'call_2', name: 'run_sql', arguments: '42' }]);
  });

  it('translates outputs that are lists of parts', () => {
    const content = [{ type: 'input_image', file_id: 'file-1' }];
    expect(sound(itemParts({ type: 'custom_tool_call_output', call_id: 'call_1', output: content }))).toEqual([
      {
        type: 'tool_call_response',
        id: 'call_1',
        response: [{ type: 'file', modality: 'image', file_id: 'file-1' }],
      },
    ]);
    expect(sound(itemParts({ type: 'function_call_output' }))).toEqual([
      { type: 'tool_call_response', response: null },
    ]);
  });

  it('shows the reasoning that is shown, first its summary, and none that is encrypted', () => {
    const item = {
      type: 'reasoning',
      id: 'rs_1',
      encrypted_content: ENCRYPTED,
      summary: [{ type: 'summary_text', text: 'In short.' }],
      content: [{ type: 'reasoning_text', text: 'At length.' }],
    };
    expect(sound(itemParts(item))).toEqual([
      { type: 'reasoning', content: 'In short.' },
      { type: 'reasoning', content: 'At length.' },
    ]);
    expect(itemParts({ type: 'reasoning', summary: [], encrypted_content: ENCRYPTED })).toEqual([]);
  });

  it('tells that a conversation was compacted, without the encrypted summary', () => {
    expect(sound(itemParts({ type: 'compaction', id: 'cmp_1', encrypted_content: ENCRYPTED }))).toEqual([
      { type: 'compaction', id: 'cmp_1' },
    ]);
  });

  it('keeps an item of an unknown type', () => {
    expect(sound(itemParts({ type: 'hologram_call', id: 'h_1', size: 3, encrypted_content: ENCRYPTED }))).toEqual([
      { type: 'hologram_call', id: 'h_1', size: 3 },
    ]);
    expect(sound(itemParts({ id: 'msg_1' }))).toEqual([{ type: 'item_reference', id: 'msg_1' }]);
    expect(sound([5, null, undefined].flatMap(itemParts))).toEqual(Array(3).fill({ type: 'unknown' }));
  });

  it('keeps no credentials of tools that are added on the way', () => {
    const tools = [{ type: 'mcp', server_label: 'wiki', authorization: 'key' }];
    expect(sound(itemParts({ type: 'additional_tools', role: 'developer', tools }))).toEqual([
      { type: 'additional_tools', tools: [{ type: 'mcp', name: 'wiki', server_label: 'wiki' }] },
    ]);
  });
});

describe('itemRole', () => {
  it.each([
    [{ role: 'developer', content: '' }, 'developer'],
    [{ type: 'message', role: 'user' }, 'user'],
    [{ type: 'function_call' }, 'assistant'],
    [{ type: 'function_call_output' }, 'tool'],
    [{ type: 'custom_tool_call' }, 'assistant'],
    [{ type: 'custom_tool_call_output' }, 'tool'],
    [{ type: 'computer_call_output' }, 'tool'],
    [{ type: 'web_search_call' }, 'assistant'],
    [{ type: 'reasoning' }, 'assistant'],
    [{ type: 'mcp_approval_request' }, 'assistant'],
    [{ type: 'mcp_approval_response' }, 'user'],
    [{ type: 'item_reference', id: 'msg_1' }, 'user'],
    [undefined, 'user'],
  ])('gives %j the role %s', (item, role) => {
    expect(itemRole(item)).toBe(role);
  });
});

describe('any list of items', () => {
  it('gives messages that the strict validators accept, without encrypted content and unchanged', () => {
    fc.assert(
      fc.property(items, (list) => {
        const before = structuredClone(list);
        const { inputMessages } = responseRequestContent({ input: list });
        const { result } = generatedResponse({ id: 'resp_1', status: 'completed', output: list });
        const { outputMessages } = result?.content?.() ?? {};
        const input = JSON.stringify(inputMessages);
        const output = JSON.stringify(outputMessages ?? []);
        expect(validateInputMessages(input)).toEqual([]);
        expect(validateOutputMessages(output)).toEqual([]);
        expect(input + output).not.toContain(ENCRYPTED);
        expect(outputMessages ?? []).toHaveLength(list.length === 0 ? 0 : 1);
        expect(list).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });
});
