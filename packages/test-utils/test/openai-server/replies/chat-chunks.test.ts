import { INPUT_TOKENS } from '@genspan/test-utils';
import type OpenAI from 'openai';

import { MESSAGES, readAll, withClient } from '../with-client';

const { client } = withClient();

type Streaming = Partial<OpenAI.ChatCompletionCreateParamsStreaming>;

async function chunksOf(scenario: string, more: Streaming = {}): Promise<OpenAI.ChatCompletionChunk[]> {
  const params = { model: `gpt-4o-mini@${scenario}`, messages: MESSAGES, stream: true as const, ...more };
  const { items, error } = await readAll(await client().chat.completions.create(params));
  expect(error).toBeUndefined();
  return items;
}

const deltasOf = (chunks: readonly OpenAI.ChatCompletionChunk[]) =>
  chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta));

describe('a streamed chat completion', () => {
  it.each(['ok', 'tools', 'tools-parallel', 'refusal'])('says the same as the whole one: %s', async (scenario) => {
    const params = { model: `gpt-4o-mini@${scenario}`, messages: MESSAGES };
    const [whole, streamed] = await Promise.all([
      client().chat.completions.create(params),
      client().chat.completions.stream(params).finalChatCompletion(),
    ]);
    const { content, refusal, tool_calls } = whole.choices[0]?.message ?? {};
    expect(streamed.choices[0]).toMatchObject({ finish_reason: whole.choices[0]?.finish_reason });
    expect(streamed.choices[0]?.message.content ?? '').toBe(content ?? '');
    expect(streamed.choices[0]?.message.refusal ?? null).toBe(refusal);
    expect(streamed.choices[0]?.message.tool_calls?.map((call) => call.id)).toEqual(tool_calls?.map((call) => call.id));
  });

  it('reports usage in a last chunk without choices, only when asked', async () => {
    const asked = await chunksOf('ok', { stream_options: { include_usage: true } });
    expect(asked.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: INPUT_TOKENS } });
    expect(asked.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
    expect((await chunksOf('ok')).some((chunk) => 'usage' in chunk)).toBe(false);
  });

  it('interleaves the arguments of parallel calls', async () => {
    const calls = deltasOf(await chunksOf('tools-parallel')).flatMap(({ tool_calls }) => tool_calls ?? []);
    const order = calls.map(({ index }) => index);
    expect(order.slice(0, 4)).toEqual([0, 1, 0, 1]);
    const argumentsOf = (wanted: number) =>
      calls
        .filter(({ index }) => index === wanted)
        .map((call) => call.function?.arguments)
        .join('');
    expect([argumentsOf(0), argumentsOf(1)]).toEqual(['{"city":"Paris"}', '{"city":"Paris"}']);
  });

  it('takes turns between choices', async () => {
    const indexes = (await chunksOf('ok', { n: 2 })).flatMap(({ choices }) => choices.map(({ index }) => index));
    expect(indexes.slice(0, 4)).toEqual([0, 1, 0, 1]);
  });

  it('reasons before it answers', async () => {
    const deltas = deltasOf(await chunksOf('reasoning'));
    const lastThought = deltas.findLastIndex((delta) => 'reasoning_content' in delta);
    const firstWord = deltas.findIndex(({ content }) => content != null && content !== '');
    expect(lastThought).toBeGreaterThan(0);
    expect(firstWord).toBeGreaterThan(lastThought);
  });

  it('speaks in pieces', async () => {
    const deltas = deltasOf(await chunksOf('ok', { modalities: ['text', 'audio'] }));
    const audio = deltas.flatMap((delta) => ('audio' in delta ? [delta.audio as { transcript?: string }] : []));
    expect(audio.map(({ transcript }) => transcript ?? '').join('')).toContain('Paris');
  });

  it('contains chunks no client expects, when asked to', async () => {
    const chunks = await chunksOf('odd-chunks');
    expect(chunks[0]).not.toHaveProperty('choices');
    expect(chunks.map(({ choices }) => choices)).toEqual(expect.arrayContaining([[], null, 'none']));
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop');
    expect((await chunksOf('null-choice'))[0]?.choices).toEqual([null]);
  });
});
