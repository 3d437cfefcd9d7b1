import type OpenAI from 'openai';

import { readAll, withClient } from '../with-client';

const { client } = withClient();

async function eventsOf(scenario: string): Promise<OpenAI.Responses.ResponseStreamEvent[]> {
  const stream = await client().responses.create({ model: `m@${scenario}`, input: 'hi', stream: true });
  const { items, error } = await readAll(stream);
  expect(error).toBeUndefined();
  return items;
}

/** Without repeats, so that the number of deltas does not matter. */
function typesOf(events: readonly OpenAI.Responses.ResponseStreamEvent[]): string[] {
  return events.map(({ type }) => type.replace('response.', '')).filter((type, index, all) => type !== all[index - 1]);
}

describe('a streamed response', () => {
  it('numbers its events', async () => {
    const events = await eventsOf('builtin-tools,reasoning');
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
  });

  it.each([
    ['ok', ['content_part.added', 'output_text.delta', 'output_text.done', 'content_part.done']],
    ['refusal', ['content_part.added', 'refusal.delta', 'refusal.done', 'content_part.done']],
    ['tools', ['function_call_arguments.delta', 'function_call_arguments.done']],
  ])('goes through the events of %s', async (scenario, between) => {
    expect(typesOf(await eventsOf(scenario))).toEqual([
      'created',
      'in_progress',
      'output_item.added',
      ...between,
      'output_item.done',
      'completed',
    ]);
  });

  it('goes through the events of every kind of item', async () => {
    const types = typesOf(await eventsOf('builtin-tools,reasoning'));
    expect(types).toEqual(
      expect.arrayContaining([
        'mcp_list_tools.completed',
        'mcp_call_arguments.done',
        'mcp_call.completed',
        'web_search_call.searching',
        'file_search_call.completed',
        'code_interpreter_call_code.done',
        'code_interpreter_call.completed',
        'image_generation_call.partial_image',
        'reasoning_summary_part.added',
        'reasoning_summary_text.done',
      ]),
    );
  });

  it.each(['ok', 'tools', 'tools-parallel', 'refusal', 'reasoning', 'builtin-tools'])(
    'adds up to what it ends with: %s',
    async (scenario) => {
      const final = await client()
        .responses.stream({ model: `m@${scenario}`, input: 'hi' })
        .finalResponse();
      const whole = await client().responses.create({ model: `m@${scenario}`, input: 'hi' });
      expect(JSON.parse(JSON.stringify(final.output))).toMatchObject(
        JSON.parse(JSON.stringify(whole.output)) as object,
      );
    },
  );

  it.each(['incomplete', 'failed'])('closes with the event %s', async (scenario) => {
    expect((await eventsOf(scenario)).at(-1)?.type).toBe(`response.${scenario}`);
  });
});
