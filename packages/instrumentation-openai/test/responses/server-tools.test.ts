import { serverToolParts } from '../../src/responses/server-tools';
import { sound } from './sound';

const IMAGE = Buffer.from('image').toString('base64');

/** An item, the call it holds and the result it holds, both as details of the part. */
const ITEMS: readonly [item: { type: string } & Record<string, unknown>, call: unknown, result: unknown][] = [
  [
    {
      type: 'web_search_call',
      id: 'ws_1',
      action: { type: 'search', query: 'Paris', sources: [{ type: 'url', url: 'https://example.com' }] },
    },
    { name: 'web_search', type: 'web_search', action: { type: 'search', query: 'Paris' } },
    { type: 'web_search', sources: [{ type: 'url', url: 'https://example.com' }] },
  ],
  [
    { type: 'web_search_call', id: 'ws_2', action: { type: 'open_page', url: 'https://example.com' } },
    { name: 'web_search', type: 'web_search', action: { type: 'open_page', url: 'https://example.com' } },
    undefined,
  ],
  [
    { type: 'file_search_call', id: 'fs_1', queries: ['capital'], results: [{ file_id: 'file-1', text: 'Paris' }] },
    { name: 'file_search', type: 'file_search', queries: ['capital'] },
    { type: 'file_search', results: [{ file_id: 'file-1', text: 'Paris' }] },
  ],
  [
    { type: 'file_search_call', id: 'fs_2', queries: ['capital'], results: null },
    { name: 'file_search', type: 'file_search', queries: ['capital'] },
    undefined,
  ],
  [
    { type: 'file_search_call', id: 'fs_3', queries: [], results: null, status: 'failed' },
    { name: 'file_search', type: 'file_search', queries: [] },
    { type: 'file_search', status: 'failed' },
  ],
  [
    { type: 'code_interpreter_call', id: 'ci_1', code: '6*7', container_id: 'cntr_1', outputs: [{ logs: '42' }] },
    { name: 'code_interpreter', type: 'code_interpreter', code: '6*7', container_id: 'cntr_1' },
    { type: 'code_interpreter', outputs: [{ logs: '42' }] },
  ],
  [
    { type: 'image_generation_call', id: 'ig_1', result: IMAGE, output_format: 'png', revised_prompt: 'A cat.' },
    { name: 'image_generation', type: 'image_generation', output_format: 'png', revised_prompt: 'A cat.' },
    { type: 'image_generation', image: { type: 'blob', modality: 'image', mime_type: 'image/png', content: IMAGE } },
  ],
  [
    { type: 'image_generation_call', id: 'ig_2', result: null, status: 'failed', error: { code: 'moderation' } },
    { name: 'image_generation', type: 'image_generation' },
    { type: 'image_generation', error: { code: 'moderation' } },
  ],
  [
    { type: 'computer_call', id: 'cu_1', call_id: 'call_1', action: { type: 'click', x: 1, y: 2 } },
    { name: 'computer', type: 'computer', action: { type: 'click', x: 1, y: 2 } },
    undefined,
  ],
  [
    { type: 'computer_call_output', call_id: 'call_1', output: { type: 'computer_screenshot', file_id: 'file-1' } },
    undefined,
    { type: 'computer', output: { type: 'file', modality: 'image', file_id: 'file-1' } },
  ],
  [
    { type: 'local_shell_call', id: 'lsh_1', call_id: 'call_1', action: { type: 'exec', command: ['ls'], env: {} } },
    { name: 'local_shell', type: 'local_shell', action: { type: 'exec', command: ['ls'], env: {} } },
    undefined,
  ],
  [
    { type: 'local_shell_call_output', id: 'call_1', output: 'a.txt' },
    undefined,
    { type: 'local_shell', output: 'a.txt' },
  ],
  [
    { type: 'shell_call', call_id: 'call_1', action: { commands: ['ls'] } },
    { name: 'shell', type: 'shell', action: { commands: ['ls'] } },
    undefined,
  ],
  [
    { type: 'apply_patch_call', call_id: 'call_1', operation: { type: 'delete_file', path: 'a' } },
    { name: 'apply_patch', type: 'apply_patch', operation: { type: 'delete_file', path: 'a' } },
    undefined,
  ],
  [
    { type: 'apply_patch_call_output', call_id: 'call_1', status: 'completed', output: 'done' },
    undefined,
    { type: 'apply_patch', status: 'completed', output: 'done' },
  ],
  [
    { type: 'mcp_call', id: 'mcp_1', name: 'ask', server_label: 'wiki', arguments: '{"q":"what?"}', output: 'This.' },
    { name: 'ask', type: 'mcp', server_label: 'wiki', arguments: { q: 'what?' } },
    { type: 'mcp', output: 'This.' },
  ],
  [
    { type: 'mcp_call', id: 'mcp_2', name: 'ask', server_label: 'wiki', arguments: '', error: { type: 'http_error' } },
    { name: 'ask', type: 'mcp', server_label: 'wiki', arguments: '' },
    { type: 'mcp', error: { type: 'http_error' } },
  ],
  [
    { type: 'mcp_list_tools', id: 'mcpl_1', server_label: 'wiki', tools: [{ name: 'ask' }] },
    { name: 'mcp_list_tools', type: 'mcp_list_tools', server_label: 'wiki' },
    { type: 'mcp_list_tools', tools: [{ name: 'ask' }] },
  ],
  [
    { type: 'mcp_approval_request', id: 'mcpr_1', name: 'ask', server_label: 'wiki', arguments: '{"q":1}' },
    { name: 'ask', type: 'mcp_approval_request', server_label: 'wiki', arguments: { q: 1 } },
    undefined,
  ],
  [
    { type: 'tool_search_call', call_id: 'call_1', execution: 'server', arguments: { q: 'weather' } },
    { name: 'tool_search', type: 'tool_search', execution: 'server', arguments: { q: 'weather' } },
    undefined,
  ],
  [
    { type: 'tool_search_output', call_id: 'call_1', tools: [{ type: 'mcp', server_label: 'x', authorization: 'k' }] },
    undefined,
    { type: 'tool_search', tools: [{ type: 'mcp', name: 'x', server_label: 'x' }] },
  ],
  [
    { type: 'program', id: 'prog_1', call_id: 'call_1', code: 'await f()', fingerprint: 'abc' },
    { name: 'program', type: 'program', code: 'await f()' },
    undefined,
  ],
];

describe('serverToolParts', () => {
  it.each(ITEMS)('tells call and result of %j apart', (item, call, result) => {
    const id = String(item['call_id'] ?? item['id']);
    const expected: unknown[] = [];
    if (call !== undefined) {
      const { name, ...details } = call as { name: string };
      expected.push({ type: 'server_tool_call', id, name, server_tool_call: details });
    }
    if (result !== undefined)
      expected.push({ type: 'server_tool_call_response', id, server_tool_call_response: result });
    expect(sound(serverToolParts(item.type, item) ?? [])).toEqual(expected);
  });

  it('has nothing for other items, whatever they call themselves', () => {
    for (const type of ['message', 'function_call', 'constructor', '__proto__']) {
      expect(serverToolParts(type, { type })).toBeUndefined();
    }
  });

  it.each(ITEMS)('takes %j without its fields', ({ type }) => {
    expect(sound(serverToolParts(type, { type }) ?? [])).not.toHaveLength(0);
  });
});
