import type OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';

import { readAll, withClient } from '../with-client';

const { client } = withClient();

const create = (scenario: string, more: Partial<OpenAI.Responses.ResponseCreateParamsNonStreaming> = {}) =>
  client().responses.create({ model: `gpt-4o-mini@${scenario}`, input: 'hi', ...more });

const TOOL = {
  type: 'function' as const,
  name: 'book',
  parameters: { type: 'object', properties: { seats: { type: 'integer' } } },
  strict: false,
};

describe('a response', () => {
  it('answers', async () => {
    const response = await create('ok');
    expect(response).toMatchObject({ status: 'completed', output_text: expect.stringContaining('Paris'), error: null });
    expect(response.usage?.input_tokens_details.cached_tokens).toBeGreaterThan(0);
  });

  it('echoes what the request set', async () => {
    const asked = { instructions: 'Be brief.', temperature: 0.5, conversation: 'conv_9', metadata: { a: 'b' } };
    expect(await create('ok', asked)).toMatchObject({ ...asked, conversation: { id: 'conv_9' } });
  });

  it('calls an offered function, until the input has its result', async () => {
    const first = await create('ok', { tools: [TOOL] });
    expect(first.output).toEqual([
      expect.objectContaining({ type: 'function_call', call_id: 'call_1', name: 'book', arguments: '{"seats":3}' }),
    ]);
    const input = [{ type: 'function_call_output' as const, call_id: 'call_1', output: 'ok' }];
    expect((await create('ok', { tools: [TOOL], input })).output[0]?.type).toBe('message');
  });

  it('uses the built-in tools it is offered', async () => {
    const tools: OpenAI.Responses.Tool[] = [
      { type: 'web_search' },
      { type: 'mcp', server_label: 'a', server_url: 'https://example.com' },
    ];
    const { output } = await create('ok', { tools });
    expect(output.map(({ type }) => type)).toEqual(['web_search_call', 'mcp_list_tools', 'mcp_call', 'message']);
  });

  it('uses every one of them when asked to', async () => {
    const { output } = await create('builtin-tools,reasoning');
    expect(output.map(({ type }) => type).sort()).toEqual([
      'code_interpreter_call',
      'computer_call',
      'file_search_call',
      'image_generation_call',
      'mcp_call',
      'mcp_list_tools',
      'message',
      'reasoning',
      'web_search_call',
    ]);
  });

  it.each([
    ['incomplete', { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }],
    ['content-filter', { status: 'incomplete', incomplete_details: { reason: 'content_filter' } }],
    ['failed', { status: 'failed', error: { code: 'server_error' }, output: [] }],
    ['refusal', { output: [{ content: [{ type: 'refusal' }] }] }],
    ['no-usage', { usage: null }],
  ])('can be %s', async (scenario, expected) => {
    expect(await create(scenario)).toMatchObject(expected);
  });

  it('fits the schema asked for', async () => {
    const format = zodTextFormat(z.object({ city: z.string() }), 'answer');
    const parsed = await client().responses.parse({ model: 'm', input: 'hi', text: { format } });
    expect(parsed.output_parsed).toEqual({ city: 'Paris' });
  });

  it('runs in the background, is fetched, cancelled and deleted', async () => {
    const queued = await create('ok', { background: true });
    expect(queued).toMatchObject({ status: 'queued', background: true, output: [] });
    expect(await client().responses.retrieve(queued.id)).toMatchObject({ id: queued.id, status: 'completed' });
    expect(await client().responses.cancel(queued.id)).toMatchObject({ id: queued.id, status: 'cancelled' });
    await expect(client().responses.delete(queued.id)).resolves.not.toThrow();
    expect((await client().responses.inputItems.list(queued.id)).data).toHaveLength(1);
  });

  it('is fetched as a stream, from an event on', async () => {
    const { items } = await readAll(await client().responses.retrieve('resp_7', { stream: true, starting_after: 3 }));
    expect(items[0]?.sequence_number).toBe(4);
    expect(items.at(-1)).toMatchObject({ type: 'response.completed', response: { id: 'resp_7' } });
  });
});
