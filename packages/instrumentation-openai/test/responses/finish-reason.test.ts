import { responseFinishReason, responseStatus } from '../../src/responses/finish-reason';

const MESSAGE = { type: 'message', role: 'assistant', content: [] };
const CALL = { type: 'function_call', call_id: 'call_1', name: 'f', arguments: '{}' };

describe('responseFinishReason', () => {
  it.each([
    [{ status: 'completed', output: [MESSAGE] }, 'stop'],
    [{ status: 'completed', output: [] }, 'stop'],
    [{ status: 'completed', output: [MESSAGE, CALL] }, 'tool_call'],
    [{ status: 'completed', output: [{ ...CALL, type: 'custom_tool_call' }] }, 'tool_call'],
    [{ status: 'completed', output: [{ ...CALL, type: 'computer_call' }] }, 'tool_call'],
    [{ status: 'completed', output: [{ type: 'mcp_approval_request', id: 'mcpr_1' }] }, 'tool_call'],
    [{ status: 'completed', output: [{ type: 'web_search_call' }, MESSAGE] }, 'stop'],
    [{ status: 'completed', output: [CALL, { type: 'function_call_output', call_id: 'call_1' }, MESSAGE] }, 'stop'],
    [{ status: 'completed', output: [{ ...CALL, type: 'shell_call' }] }, 'tool_call'],
    [{ status: 'completed', output: [{ type: 'shell_call', environment: { type: 'container_reference' } }] }, 'stop'],
    [{ status: 'completed', output: [{ type: 'tool_search_call', execution: 'client' }] }, 'tool_call'],
    [{ status: 'completed', output: [{ type: 'tool_search_call', execution: 'server' }] }, 'stop'],
    [{ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }, 'length'],
    [{ status: 'incomplete', incomplete_details: { reason: 'max_messages' } }, 'length'],
    [{ status: 'incomplete', incomplete_details: { reason: 'content_filter' } }, 'content_filter'],
    [{ status: 'incomplete', incomplete_details: { reason: 'steered' } }, 'stop'],
    [{ status: 'incomplete', incomplete_details: null }, 'error'],
    [{ status: 'failed', error: { code: 'server_error' } }, 'error'],
    [{ status: 'cancelled' }, 'error'],
    [{ status: 'queued' }, undefined],
    [{ status: 'in_progress', output: [MESSAGE] }, undefined],
    [{ object: 'response.compaction', output: [] }, 'compaction'],
    [{ output: [MESSAGE] }, 'stop'],
    [{ error: { message: 'no' } }, 'error'],
    [{ incomplete_details: { reason: 'content_filter' } }, 'content_filter'],
  ])('of %j is %s', (response, reason) => {
    expect(responseFinishReason(response)).toBe(reason);
  });
});

describe('responseStatus', () => {
  it('is told by the error and by what is incomplete, where a server leaves it out', () => {
    expect(responseStatus({ error: { message: 'no' } })).toBe('failed');
    expect(responseStatus({ incomplete_details: { reason: 'steered' } })).toBe('incomplete');
    expect(responseStatus({ error: null, incomplete_details: null })).toBeUndefined();
  });
});
