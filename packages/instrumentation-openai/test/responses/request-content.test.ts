import { validateInputMessages, validateSystemInstructions, validateToolDefinitions } from '@genspan/semconv';
import { responseRequestContent, systemInstructions } from '../../src/responses/request-content';

function content(params: Record<string, unknown>) {
  const translated = responseRequestContent(params);
  expect(validateInputMessages(JSON.stringify(translated.inputMessages))).toEqual([]);
  expect(validateSystemInstructions(JSON.stringify(translated.systemInstructions))).toEqual([]);
  expect(validateToolDefinitions(JSON.stringify(translated.toolDefinitions))).toEqual([]);
  return translated;
}

describe('responseRequestContent', () => {
  it('takes input and instructions that are strings', () => {
    expect(content({ input: 'Hello', instructions: 'Be brief.' })).toEqual({
      systemInstructions: [{ type: 'text', content: 'Be brief.' }],
      inputMessages: [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }],
      toolDefinitions: [],
      attributes: undefined,
    });
  });

  it('makes each item a message, in order, by who wrote it', () => {
    const input = [
      { role: 'developer', content: 'Use tools.' },
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Weather?' }] },
      { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'A tool.' }] },
      { type: 'reasoning', id: 'rs_2', summary: [], encrypted_content: 'opaque' },
      { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'get_weather', arguments: '{}' },
      { type: 'function_call_output', call_id: 'call_1', output: 'sunny' },
      { id: 'msg_1', type: 'item_reference' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Sunny.' }] },
    ];
    expect(content({ input }).inputMessages).toEqual([
      { role: 'developer', parts: [{ type: 'text', content: 'Use tools.' }] },
      { role: 'user', parts: [{ type: 'text', content: 'Weather?' }] },
      { role: 'assistant', parts: [{ type: 'reasoning', content: 'A tool.' }] },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'call_1', name: 'get_weather', arguments: {} }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: 'sunny' }] },
      { role: 'user', parts: [{ type: 'item_reference', id: 'msg_1' }] },
      { role: 'assistant', parts: [{ type: 'text', content: 'Sunny.' }] },
    ]);
  });

  it('keeps prompt variables as strings, whatever they hold', () => {
    const variables = { city: 'Paris', photo: { type: 'input_image', file_id: 'file-1' }, none: undefined };
    expect(content({ prompt: { id: 'pmpt_1', variables } }).attributes).toEqual({
      'gen_ai.prompt.variable.city': 'Paris',
      'gen_ai.prompt.variable.photo': '{"type":"input_image","file_id":"file-1"}',
    });
  });

  it('has nothing for a request without content', () => {
    expect(content({})).toEqual({
      systemInstructions: [],
      inputMessages: [],
      toolDefinitions: [],
      attributes: undefined,
    });
    expect(content({ input: null, instructions: null, tools: null, prompt: null }).inputMessages).toEqual([]);
  });
});

describe('systemInstructions', () => {
  it('takes the text of instructions that a stored response repeats as items', () => {
    const items = [
      { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'Be brief.' }] },
      { type: 'message', role: 'developer', content: [{ type: 'input_image', file_id: 'file-1' }] },
      { role: 'system', content: 'And kind.' },
    ];
    expect(systemInstructions(items)).toEqual([
      { type: 'text', content: 'Be brief.' },
      { type: 'text', content: 'And kind.' },
    ]);
  });
});
