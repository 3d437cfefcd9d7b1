import { validateOutputMessages, validateSystemInstructions, validateToolDefinitions } from '@genspan/semconv';
import { fetchedResponse, generatedResponse } from '../../src/responses/response-result';

const RESPONSE = {
  id: 'resp_1',
  object: 'response',
  model: 'gpt-5-2025-08-07',
  status: 'completed',
  service_tier: 'default',
  conversation: { id: 'conv_1' },
  instructions: 'Be brief.',
  tools: [{ type: 'function', name: 'get_weather', parameters: { type: 'object' } }],
  metadata: { note: 'planted' },
  user: 'planted',
  output: [
    { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Easy.' }], encrypted_content: 'opaque' },
    {
      type: 'message',
      id: 'msg_1',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'Paris', annotations: [{ type: 'url_citation' }], logprobs: [] }],
    },
    { type: 'web_search_call', id: 'ws_1', action: { type: 'search', query: 'Paris', sources: [] } },
    { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'get_weather', arguments: '{"city":"Paris"}' },
  ],
  usage: { input_tokens: 10, output_tokens: 5 },
};

describe('generatedResponse', () => {
  it('reads identity, reason, usage and service', () => {
    const { result, failure } = generatedResponse(RESPONSE);
    expect(failure).toBeUndefined();
    expect(result).toMatchObject({
      responseId: 'resp_1',
      responseModel: 'gpt-5-2025-08-07',
      finishReasons: ['tool_call'],
      usage: { input: 10, output: 5 },
      attributes: { 'gen_ai.conversation.id': 'conv_1' },
      metricAttributes: { 'openai.response.service_tier': 'default' },
    });
    expect(Object.keys(result?.attributes ?? {})).toEqual(['gen_ai.conversation.id']);
  });

  it('makes the output one message with its parts in order', () => {
    const { outputMessages, ...rest } = generatedResponse(RESPONSE).result?.content?.() ?? {};
    expect(validateOutputMessages(JSON.stringify(outputMessages))).toEqual([]);
    expect(rest).toEqual({});
    expect(outputMessages).toEqual([
      {
        role: 'assistant',
        finish_reason: 'tool_call',
        parts: [
          { type: 'reasoning', content: 'Easy.' },
          { type: 'text', content: 'Paris' },
          {
            type: 'server_tool_call',
            id: 'ws_1',
            name: 'web_search',
            server_tool_call: { type: 'web_search', action: { type: 'search', query: 'Paris' } },
          },
          {
            type: 'server_tool_call_response',
            id: 'ws_1',
            server_tool_call_response: { type: 'web_search', sources: [] },
          },
          { type: 'tool_call', id: 'call_1', name: 'get_weather', arguments: { city: 'Paris' } },
        ],
      },
    ]);
  });

  it('is a failed operation when the response failed', () => {
    const error = { code: 'server_error', message: 'Something planted' };
    const { result, failure } = generatedResponse({ id: 'resp_1', status: 'failed', error, output: [], usage: null });
    expect(failure).toMatchObject({ errorType: 'server_error', description: 'response failed: server_error' });
    expect(result).toMatchObject({ finishReasons: ['error'], usage: undefined });
    expect(result?.content?.()).toEqual({});
  });

  it('tells that a response is made in the background, and gives it no reason yet', () => {
    const { result, failure } = generatedResponse({ id: 'resp_1', status: 'queued', output: [], usage: null });
    expect(result?.finishReasons).toBeUndefined();
    expect(result?.attributes).toEqual({ 'gen_ai.response.status': 'queued' });
    expect(failure).toBeUndefined();
  });

  it('tells that the conversation was compacted', () => {
    const compacted = { id: 'resp_1', object: 'response.compaction', output: [], usage: { input_tokens: 9 } };
    expect(generatedResponse(compacted).result).toMatchObject({
      finishReasons: ['compaction'],
      attributes: { 'gen_ai.conversation.compacted': true },
      usage: { input: 9 },
    });
    const output = [{ type: 'compaction', id: 'cmp_1', encrypted_content: 'opaque' }];
    expect(generatedResponse({ status: 'completed', output }).result).toMatchObject({
      finishReasons: ['stop'],
      attributes: { 'gen_ai.conversation.compacted': true },
    });
  });

  it.each([[undefined], [null], ['text'], [[]], [{}], [{ output: 'x', usage: 'y', error: 5 }]])('takes %j', (value) => {
    const { result } = generatedResponse(value);
    expect(result?.content?.()).toEqual({});
  });
});

describe('fetchedResponse', () => {
  it('tells the status and never the usage, which was counted when the response was generated', () => {
    const { result } = fetchedResponse(RESPONSE);
    expect(result).toMatchObject({
      responseId: 'resp_1',
      finishReasons: ['tool_call'],
      attributes: { 'gen_ai.response.status': 'completed', 'gen_ai.conversation.id': 'conv_1' },
    });
    expect(result).not.toHaveProperty('usage');
  });

  it('has what was asked for among its content', () => {
    const content = fetchedResponse(RESPONSE).result?.content?.();
    expect(validateSystemInstructions(JSON.stringify(content?.systemInstructions))).toEqual([]);
    expect(validateToolDefinitions(JSON.stringify(content?.toolDefinitions))).toEqual([]);
    expect(content).toMatchObject({
      systemInstructions: [{ type: 'text', content: 'Be brief.' }],
      toolDefinitions: [{ type: 'function', name: 'get_weather' }],
      outputMessages: [{ role: 'assistant' }],
    });
  });

  it('is no failed operation when the response had failed', () => {
    const { result, failure } = fetchedResponse({ id: 'resp_1', status: 'failed', error: { code: 'server_error' } });
    expect(failure).toBeUndefined();
    expect(result).toMatchObject({ finishReasons: ['error'], attributes: { 'gen_ai.response.status': 'failed' } });
  });
});
