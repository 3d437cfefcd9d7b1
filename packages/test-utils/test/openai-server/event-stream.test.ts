import { waitUntil } from '@genspan/test-utils';
import OpenAI from 'openai';

import { MESSAGES, readAll, withClient } from './with-client';

const { server, client } = withClient();

const open = (scenario: string) =>
  client().chat.completions.create({ model: `gpt-4o-mini@${scenario}`, messages: MESSAGES, stream: true });

describe('a stream', () => {
  it('is one chunk per event, closed by [DONE]', async () => {
    const text = await (await open('ok').asResponse()).text();
    const lines = text.trim().split('\n\n');
    expect(lines.every((line) => line.startsWith('data: '))).toBe(true);
    expect(lines.at(-1)).toBe('data: [DONE]');
    expect(server().requests.at(-1)?.sentEvents).toBe(lines.length);
  });

  it('ends with an error event', async () => {
    const { items, error } = await readAll(await open('error-mid-stream:3'));
    expect(items).toHaveLength(3);
    expect(error).toBeInstanceOf(OpenAI.APIError);
    expect(error).toMatchObject({ code: 'stream_error', type: 'server_error' });
  });

  it('ends with an event of its own type on the responses API', async () => {
    const stream = await client().responses.create({ model: 'm@error-mid-stream', input: 'hi', stream: true });
    const { items } = await readAll(stream);
    expect(items.at(-1)).toMatchObject({ type: 'error', code: 'stream_error', sequence_number: 2 });
  });

  it('ends with a reset', async () => {
    const { items, error } = await readAll(await open('reset-mid-stream'));
    expect(items).toHaveLength(2);
    expect(error).toHaveProperty('message', 'terminated');
    expect(server().requests.at(-1)?.outcome).toBe('reset by server');
  });

  it('ends with an event that is no JSON', async () => {
    const { items, error } = await readAll(await open('invalid-json-mid-stream:1'));
    expect(items).toHaveLength(1);
    expect(error).toBeInstanceOf(SyntaxError);
  });

  it('ends early, in good order', async () => {
    const { items, error } = await readAll(await open('end-mid-stream:2'));
    expect(items).toHaveLength(2);
    expect(error).toBeUndefined();
  });

  it('stops in the middle until the client gives up', async () => {
    const stream = await open('hang-mid-stream:2');
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    const recorded = server().requests.at(-1);
    expect(recorded).toMatchObject({ outcome: 'pending', sentEvents: 2 });
    await iterator.return?.();
    await waitUntil(
      () => recorded?.outcome === 'aborted by client',
      2_000,
      () => `an abort, got ${recorded?.outcome}`,
    );
  });

  it('waits before each event', async () => {
    const started = performance.now();
    await readAll(await open('slow-stream:10'));
    const events = server().requests.at(-1)?.sentEvents ?? 0;
    expect(performance.now() - started).toBeGreaterThan(events * 8);
  });

  it('is written no faster than it is read', async () => {
    const stream = await open('long-stream:4000');
    for await (const chunk of stream) {
      expect(chunk.choices[0]?.delta.content).toHaveLength(16 * 1024);
      break;
    }
    const recorded = server().requests.at(-1);
    await waitUntil(
      () => recorded?.outcome === 'aborted by client',
      2_000,
      () => `an abort, got ${recorded?.outcome}`,
    );
    expect(recorded?.sentEvents).toBeLessThan(4000);
  });
});
