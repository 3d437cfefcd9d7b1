import { validateOutputMessages } from '@genspan/semconv';
import type { OperationEnd } from '@genspan/genai-operation';
import { fetchedResponse, generatedResponse } from '../../src/responses/response-result';
import { ResponseStreamReader } from '../../src/responses/stream-reader';

type Event = Record<string, unknown>;

const OPEN = { id: 'resp_1', object: 'response', model: 'gpt-5', status: 'in_progress', output: [] };
const MESSAGE = { type: 'message', id: 'msg_1', role: 'assistant', content: [{ type: 'output_text', text: 'Paris.' }] };
const CREATED = { type: 'response.created', response: { ...OPEN, conversation: { id: 'conv_1' } } };
const COMPLETED = {
  type: 'response.completed',
  response: { ...OPEN, status: 'completed', output: [MESSAGE], usage: { input_tokens: 3, output_tokens: 2 } },
};

function read(events: readonly Event[], capturesContent = true, translate = generatedResponse): OperationEnd {
  const reader = new ResponseStreamReader({ capturesContent }, translate);
  for (const event of events) reader.add(event);
  return reader.end();
}

function parts(end: OperationEnd): unknown {
  const { outputMessages = [] } = end.result?.content?.() ?? {};
  expect(validateOutputMessages(JSON.stringify(outputMessages))).toEqual([]);
  expect(outputMessages.length).toBeLessThanOrEqual(1);
  return outputMessages[0]?.parts;
}

describe('ResponseStreamReader', () => {
  it('takes all from the last event, with and without content', () => {
    for (const capturesContent of [true, false]) {
      const { result } = read(
        [CREATED, { type: 'response.output_text.delta', delta: 'Pa' }, COMPLETED],
        capturesContent,
      );
      expect(result).toMatchObject({
        responseId: 'resp_1',
        finishReasons: ['stop'],
        usage: { input: 3, output: 2 },
      });
    }
    expect(parts(read([CREATED, COMPLETED]))).toEqual([{ type: 'text', content: 'Paris.' }]);
  });

  it('fails when the response failed, and when an error event came', () => {
    const failed = { ...OPEN, status: 'failed', error: { code: 'rate_limit_exceeded', message: 'planted' } };
    expect(read([CREATED, { type: 'response.failed', response: failed }])).toMatchObject({
      failure: { errorType: 'rate_limit_exceeded' },
      result: { finishReasons: ['error'] },
    });
    const error = { type: 'error', code: 'server_error', message: 'planted', param: null };
    expect(read([CREATED, error])).toMatchObject({
      failure: { errorType: 'server_error', description: 'response failed: server_error' },
      result: { responseId: 'resp_1', finishReasons: ['error'] },
    });
  });

  it('tells what an incomplete response lacks', () => {
    const response = { ...OPEN, status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
    expect(read([CREATED, { type: 'response.incomplete', response }]).result?.finishReasons).toEqual(['length']);
  });

  it('gathers a stream that is cut short from its items: the finished ones whole, the others from their deltas', () => {
    const events: Event[] = [
      CREATED,
      { type: 'response.output_item.added', output_index: 1, item: { ...MESSAGE, content: [] } },
      { type: 'response.output_text.delta', output_index: 1, item_id: 'msg_1', content_index: 0, delta: 'Par' },
      { type: 'response.output_item.added', output_index: 0, item: { type: 'reasoning', id: 'rs_1', summary: [] } },
      { type: 'response.reasoning_summary_text.delta', output_index: 0, summary_index: 0, delta: 'dropped' },
      {
        type: 'response.output_item.done',
        output_index: 0,
        item: { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Easy.' }] },
      },
      { type: 'response.output_text.delta', output_index: 1, item_id: 'msg_1', content_index: 0, delta: 'is' },
    ];
    const end = read(events);
    expect(end.result).toMatchObject({
      responseId: 'resp_1',
      responseModel: 'gpt-5',
      finishReasons: ['error'],
      attributes: { 'gen_ai.conversation.id': 'conv_1' },
    });
    expect(end.failure).toBeUndefined();
    expect(parts(end)).toEqual([
      { type: 'reasoning', content: 'Easy.' },
      { type: 'text', content: 'Paris' },
    ]);
  });

  it('gathers every kind of delta, also where the item was added before the stream was resumed', () => {
    const at = (output_index: number) => ({ output_index, item_id: `item_${output_index}` });
    const added = (output_index: number, item: Event) => ({ type: 'response.output_item.added', output_index, item });
    const events: Event[] = [
      { type: 'response.reasoning_text.delta', ...at(0), content_index: 0, delta: 'Hm' },
      { type: 'response.reasoning_summary_text.delta', ...at(0), summary_index: 0, delta: 'So' },
      { type: 'response.output_text.delta', ...at(1), content_index: 0, delta: 'A' },
      { type: 'response.refusal.delta', ...at(1), content_index: 1, delta: 'No' },
      added(2, { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'f', arguments: '' }),
      { type: 'response.function_call_arguments.delta', ...at(2), delta: '{"a"' },
      { type: 'response.function_call_arguments.delta', ...at(2), delta: ':1}' },
      added(3, { type: 'custom_tool_call', id: 'ctc_1', call_id: 'call_2', name: 'g', input: '' }),
      { type: 'response.custom_tool_call_input.delta', ...at(3), delta: 'SELECT' },
      added(4, { type: 'mcp_call', id: 'mcp_1', name: 'ask', server_label: 'wiki', arguments: '' }),
      { type: 'response.mcp_call_arguments.delta', ...at(4), delta: '{}' },
      { type: 'response.code_interpreter_call_code.delta', ...at(5), delta: '6*7' },
    ];
    expect(parts(read(events))).toEqual([
      { type: 'reasoning', content: 'So' },
      { type: 'reasoning', content: 'Hm' },
      { type: 'text', content: 'A' },
      { type: 'refusal', content: 'No' },
      { type: 'tool_call', id: 'call_1', name: 'f', arguments: { a: 1 } },
      { type: 'tool_call', id: 'call_2', name: 'g', arguments: 'SELECT' },
      {
        type: 'server_tool_call',
        id: 'mcp_1',
        name: 'ask',
        server_tool_call: { type: 'mcp', server_label: 'wiki', arguments: {} },
      },
      {
        type: 'server_tool_call',
        id: 'item_5',
        name: 'code_interpreter',
        server_tool_call: { type: 'code_interpreter', code: '6*7' },
      },
    ]);
  });

  it('collects no text without content capture', () => {
    const delta = { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'Paris' };
    expect(parts(read([CREATED, delta], false))).toBeUndefined();
  });

  it('changes no event', () => {
    const added = { type: 'response.output_item.added', output_index: 0, item: { ...MESSAGE, content: [] } };
    const delta = { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'Paris' };
    const events = [CREATED, added, delta, delta, COMPLETED];
    const before = structuredClone(events);
    read(events);
    expect(events).toEqual(before);
  });

  it('takes the items it gathered when the last event leaves the output out', () => {
    const done = { type: 'response.output_item.done', output_index: 0, item: MESSAGE };
    const empty = { type: 'response.completed', response: { ...COMPLETED.response, output: [] } };
    const end = read([CREATED, done, empty]);
    expect(end.result?.finishReasons).toEqual(['stop']);
    expect(parts(end)).toEqual([{ type: 'text', content: 'Paris.' }]);
  });

  it('says nothing of a stream that nobody read', () => {
    const { result } = read([]);
    expect(result?.finishReasons).toBeUndefined();
    expect(result?.responseId).toBeUndefined();
  });

  it('reads a stored response that is streamed', () => {
    const created = { ...CREATED, response: { ...CREATED.response, instructions: 'Be brief.' } };
    const delta = { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'Paris' };
    const end = read([created, delta], true, fetchedResponse);
    expect(end.result).not.toHaveProperty('usage');
    expect(end.result?.attributes).toMatchObject({ 'gen_ai.response.status': 'in_progress' });
    expect(end.result?.content?.()).toMatchObject({ systemInstructions: [{ type: 'text', content: 'Be brief.' }] });
  });

  it.each([[null], [undefined], ['text'], [{}], [{ type: 'response.completed' }], [{ type: 5, response: 5 }]])(
    'takes %j for an event',
    (event) => {
      const reader = new ResponseStreamReader({ capturesContent: true }, generatedResponse);
      expect(() => {
        reader.add(event);
        reader.end();
      }).not.toThrow();
    },
  );

  it('takes deltas that are no strings, and an item that is none', () => {
    const events = [
      { type: 'response.output_text.delta', output_index: 1e9, delta: 5 },
      { type: 'response.output_text.delta', output_index: 1e9, content_index: 1e9, delta: 'a' },
      { type: 'response.output_item.done', output_index: 'x', item: null },
      { type: 'response.output_item.added' },
    ];
    expect(parts(read(events))).toContainEqual({ type: 'text', content: 'a' });
  });
});
