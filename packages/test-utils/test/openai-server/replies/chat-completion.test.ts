import { CACHED_TOKENS, INPUT_TOKENS, OUTPUT_TOKENS, REASONING_TOKENS } from '@genspan/test-utils';
import type OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';

import { MESSAGES, withClient } from '../with-client';

const { client } = withClient();

const create = (scenario: string, more: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming> = {}) =>
  client().chat.completions.create({ model: `gpt-4o-mini@${scenario}`, messages: MESSAGES, ...more });

const TOOL: OpenAI.ChatCompletionTool = {
  type: 'function',
  function: { name: 'book', parameters: { type: 'object', properties: { seats: { type: 'integer' } } } },
};

describe('a chat completion', () => {
  it('answers, with usage in detail', async () => {
    const completion = await create('ok');
    expect(completion.model).toBe('gpt-4o-mini-2024-07-18');
    expect(completion.choices[0]).toMatchObject({ finish_reason: 'stop', message: { role: 'assistant' } });
    expect(completion.usage).toMatchObject({
      prompt_tokens: INPUT_TOKENS,
      completion_tokens: OUTPUT_TOKENS,
      prompt_tokens_details: { cached_tokens: CACHED_TOKENS },
    });
  });

  it('leaves the usage out when asked to', async () => {
    expect(await create('no-usage')).not.toHaveProperty('usage');
  });

  it('gives as many choices as asked for', async () => {
    const { choices } = await create('ok', { n: 3 });
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(new Set(choices.map(({ message }) => message.content)).size).toBe(3);
  });

  it('calls an offered tool, until the conversation has its result', async () => {
    const first = await create('ok', { tools: [TOOL] });
    expect(first.choices[0]?.finish_reason).toBe('tool_calls');
    const message = first.choices[0]?.message;
    expect(message?.tool_calls).toEqual([
      { id: 'call_1', type: 'function', function: { name: 'book', arguments: '{"seats":3}' } },
    ]);
    const messages = [
      ...MESSAGES,
      ...(message ? [message] : []),
      { role: 'tool' as const, tool_call_id: 'call_1', content: 'ok' },
    ];
    expect((await create('ok', { tools: [TOOL], messages })).choices[0]?.finish_reason).toBe('stop');
  });

  it('calls no tool when told not to', async () => {
    expect((await create('ok', { tools: [TOOL], tool_choice: 'none' })).choices[0]?.finish_reason).toBe('stop');
  });

  it('calls two at once', async () => {
    expect((await create('tools-parallel')).choices[0]?.message.tool_calls?.map(({ id }) => id)).toEqual([
      'call_1',
      'call_2',
    ]);
  });

  it('refuses', async () => {
    expect((await create('refusal')).choices[0]?.message).toMatchObject({ content: null, refusal: expect.any(String) });
  });

  it('reasons in a field of its own', async () => {
    const completion = await create('reasoning');
    expect(completion.choices[0]?.message).toHaveProperty('reasoning_content', expect.any(String));
    expect(completion.usage?.completion_tokens_details?.reasoning_tokens).toBe(REASONING_TOKENS);
  });

  it('gives the probability of each token', async () => {
    const choice = (await create('ok', { logprobs: true })).choices[0];
    expect(choice?.logprobs?.content?.map(({ token }) => token).join('')).toBe(choice?.message.content);
  });

  it('speaks', async () => {
    const { choices } = await create('ok', { modalities: ['text', 'audio'] });
    expect(choices[0]?.message).toMatchObject({ content: null, audio: { id: 'audio_1', data: expect.any(String) } });
  });

  it.each([
    ['content-filter', 'content_filter'],
    ['incomplete', 'length'],
  ])('stops for %s with %s', async (scenario, reason) => {
    expect((await create(scenario)).choices[0]?.finish_reason).toBe(reason);
  });

  it('fits the schema asked for', async () => {
    const response_format = zodResponseFormat(z.object({ city: z.string(), days: z.number().int() }), 'answer');
    const completion = await client().chat.completions.parse({
      model: 'gpt-4o-mini',
      messages: MESSAGES,
      response_format,
    });
    expect(completion.choices[0]?.message.parsed).toEqual({ city: 'Paris', days: 3 });
  });
});
