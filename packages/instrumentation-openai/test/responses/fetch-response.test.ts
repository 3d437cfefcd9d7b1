import { validateOutputMessages, validateToolDefinitions } from '@genspan/semconv';
import { fetchResponse } from '../../src/responses/fetch-response';
import { observedOpenAI, type ObservedOpenAI } from '../observed-openai.js';

let observed: ObservedOpenAI;

beforeEach(async () => {
  observed = await observedOpenAI({ captureMessageContent: 'span_and_event' });
});
afterEach(() => observed.close());

function recorded(): Readonly<Record<string, unknown>> {
  expect([observed.started(), observed.spans().length]).toEqual([1, 1]);
  return observed.spans()[0]?.attributes ?? {};
}

describe('responses.retrieve', () => {
  it('is a span named by its operation, with the status and no tokens', async () => {
    const response = await observed.client().responses.retrieve('resp_42');
    expect(response.id).toBe('resp_42');
    expect(observed.spans()[0]?.name).toBe('fetch_response');
    expect(recorded()).toMatchObject({
      'gen_ai.operation.name': 'fetch_response',
      'gen_ai.response.id': 'resp_42',
      'gen_ai.response.status': 'completed',
      'gen_ai.response.finish_reasons': ['stop'],
    });
    expect(Object.keys(recorded()).filter((name) => name.includes('usage') || name.includes('request'))).toEqual([]);
    const names = [...(await observed.metrics()).entries()].filter(([, metric]) => metric.dataPoints.length > 0);
    expect(names.map(([name]) => name)).toEqual(['gen_ai.client.operation.duration']);
    expect(observed.events()).toEqual([]);
  });

  it('records what was answered, and never what was asked', async () => {
    await observed.client('builtin-tools').responses.retrieve('resp_42');
    expect(recorded()).not.toHaveProperty('gen_ai.input.messages');
    expect(validateOutputMessages(recorded()['gen_ai.output.messages'])).toEqual([]);
  });

  it('records instructions and tools that the stored response repeats', async () => {
    const tools = [{ type: 'function', name: 'get_weather', parameters: { type: 'object' } }];
    const stored = {
      id: 'resp_42',
      object: 'response',
      status: 'completed',
      instructions: 'Be brief.',
      tools,
      output: [],
    };
    const fetch = () => Promise.resolve(Response.json(stored));
    await observed.client(undefined, { fetch }).responses.retrieve('resp_42');
    expect(recorded()['gen_ai.system_instructions']).toBe('[{"type":"text","content":"Be brief."}]');
    expect(validateToolDefinitions(recorded()['gen_ai.tool.definitions'])).toEqual([]);
  });

  it('reads a stream that is resumed, with its cursor', async () => {
    const types: string[] = [];
    const query = { stream: true as const, starting_after: 4 };
    for await (const event of await observed.client().responses.retrieve('resp_42', query)) types.push(event.type);
    expect(types.at(-1)).toBe('response.completed');
    expect(types).not.toContain('response.created');
    expect(recorded()).toMatchObject({
      'gen_ai.request.stream_cursor': '4',
      'gen_ai.response.status': 'completed',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.output.messages': expect.stringContaining('Paris'),
    });
    expect(recorded()).not.toHaveProperty('gen_ai.usage.input_tokens');
  });

  it('has the id of a response that could not be fetched', async () => {
    await expect(observed.client('error-404').responses.retrieve('resp_42')).rejects.toThrow();
    expect(recorded()).toMatchObject({ 'gen_ai.response.id': 'resp_42', 'error.type': 'model_not_found' });
  });

  it('is no failure when the stored response had failed', async () => {
    await observed.client('failed').responses.retrieve('resp_42');
    expect(recorded()).toMatchObject({ 'gen_ai.response.status': 'failed' });
    expect(recorded()).not.toHaveProperty('error.type');
  });

  it('takes no id that is none', () => {
    expect(fetchResponse.request(['planted secret', { starting_after: 'planted' }]).attributes).toEqual({});
    expect(fetchResponse.request([]).attributes).toEqual({});
  });
});
