import { observedOpenAI, QUESTION, until, type ObservedOpenAI } from './observed-openai.js';

let observed: ObservedOpenAI;
beforeEach(async () => {
  // The client prints what it cannot parse.
  jest.spyOn(console, 'error').mockReturnValue(undefined);
  observed = await observedOpenAI({ captureMessageContent: true });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await observed.close();
});

const STREAMED = { ...QUESTION, stream: true as const };
const attributesOf = (at = 0): Record<string, unknown> => observed.spans()[at]?.attributes ?? {};
const outputOf = (at = 0): string => String(attributesOf(at)['gen_ai.output.messages']);

describe('a stream of the client', () => {
  it('hands on every chunk, and ends the span with the last one', async () => {
    const stream = await observed.client().chat.completions.create(STREAMED);
    expect(stream.constructor.name).toBe('Stream');
    let text = '';
    for await (const chunk of stream) {
      expect(observed.spans()).toHaveLength(0);
      text += chunk.choices[0]?.delta.content ?? '';
    }
    expect(outputOf()).toContain(text);
    expect(attributesOf()['gen_ai.response.finish_reasons']).toEqual(['stop']);
    expect(attributesOf()['gen_ai.response.time_to_first_chunk']).toBeGreaterThan(0);
    expect(attributesOf()).not.toHaveProperty('genspan.response.outcome');
  });

  it('records no usage that the API did not send, and all that it did', async () => {
    for await (const _ of await observed.client().chat.completions.create(STREAMED));
    expect(attributesOf(0)).not.toHaveProperty('gen_ai.usage.output_tokens');
    const withUsage = { ...STREAMED, stream_options: { include_usage: true } };
    for await (const _ of await observed.client().chat.completions.create(withUsage));
    expect(attributesOf(1)['gen_ai.usage.output_tokens']).toBeGreaterThan(0);
  });

  it('ends the span of a caller that breaks off, and the request is cancelled as without us', async () => {
    for await (const _ of await observed.client('slow-stream:5').chat.completions.create(STREAMED)) break;
    expect(attributesOf()['genspan.response.outcome']).toBe('broken_off');
    expect(attributesOf()['gen_ai.response.finish_reasons']).toEqual(['error']);
    await until(() => observed.server.requests[0]?.outcome === 'aborted by client');
  });

  it('ends the span when the body of the loop throws', async () => {
    const loop = async (): Promise<void> => {
      for await (const _ of await observed.client().chat.completions.create(STREAMED)) throw new Error('of the caller');
    };
    await expect(loop()).rejects.toThrow('of the caller');
    expect(attributesOf()['genspan.response.outcome']).toBe('broken_off');
    expect(observed.spans()[0]?.status.code).toBe(0);
  });

  it('ends the span as aborted when the controller aborts, without an error for the caller', async () => {
    const stream = await observed.client('slow-stream:5').chat.completions.create(STREAMED);
    for await (const _ of stream) stream.controller.abort();
    expect(attributesOf()['genspan.response.outcome']).toBe('aborted');
    expect(observed.spans()[0]?.status.code).toBe(0);
  });

  it.each(['error-mid-stream:2', 'invalid-json-mid-stream:2', 'reset-mid-stream:2'])(
    'fails the span and the loop on %s, with what was read before',
    async (scenario) => {
      let chunks = 0;
      const loop = async (): Promise<void> => {
        for await (const _ of await observed.client(scenario).chat.completions.create(STREAMED)) chunks++;
      };
      await expect(loop()).rejects.toThrow();
      expect(chunks).toBeGreaterThan(0);
      expect(observed.spans()[0]?.status.code).toBe(2);
      expect(attributesOf()['error.type']).toBeDefined();
      expect(attributesOf()['gen_ai.response.id']).toBeDefined();
    },
  );

  it('records a tee once, whichever branch is read', async () => {
    const [left, right] = (await observed.client().chat.completions.create(STREAMED)).tee();
    const read = async (branch: typeof left): Promise<number> => {
      let chunks = 0;
      for await (const _ of branch) chunks++;
      return chunks;
    };
    expect(await read(left)).toBe(await read(right));
    expect(observed.spans()).toHaveLength(1);
  });

  it('records what is read through toReadableStream', async () => {
    const stream = await observed.client().chat.completions.create(STREAMED);
    const reader = stream.toReadableStream().getReader();
    while (!(await reader.read()).done);
    expect(attributesOf()['gen_ai.response.finish_reasons']).toEqual(['stop']);
  });

  it('leaves the error of a second iteration to the client', async () => {
    const stream = await observed.client().chat.completions.create(STREAMED);
    for await (const _ of stream);
    const again = async (): Promise<void> => {
      for await (const _ of stream);
    };
    await expect(again()).rejects.toThrow(/consumed stream/);
    expect(observed.spans()).toHaveLength(1);
    expect(observed.spans()[0]?.status.code).toBe(0);
  });

  it('ends the span of a stream that nobody reads on shutdown, marked', async () => {
    await observed.client().chat.completions.create(STREAMED);
    expect(observed.spans()).toHaveLength(0);
    observed.instrumentation.shutdown();
    expect(attributesOf()['genspan.response.outcome']).toBe('unread');
  });

  it('pulls nothing that the caller does not pull', async () => {
    const stream = await observed.client('slow-stream:3').chat.completions.create(STREAMED);
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    const sent = observed.server.requests[0]?.sentEvents;
    expect(Object.prototype.toString.call(iterator)).toBe('[object AsyncGenerator]');
    await iterator.return?.();
    expect(sent).toBeLessThanOrEqual(3);
  });

  it('records each call of the helpers once', async () => {
    const completion = await observed.client().chat.completions.stream(QUESTION).finalChatCompletion();
    expect(observed.started()).toBe(1);
    expect(attributesOf()['gen_ai.response.id']).toBe(completion.id);
  });
});

describe('a stream whose usage is asked for', () => {
  beforeEach(() => observed.instrumentation.setConfig({ requestStreamUsage: true }));

  const read = async (scenario?: string): Promise<unknown[]> => {
    const chunks: unknown[] = [];
    for await (const chunk of await observed.client(scenario).chat.completions.create(STREAMED)) chunks.push(chunk);
    return chunks;
  };

  it('hands the caller the chunks that it would have got', async () => {
    const params = structuredClone(STREAMED);
    const observedChunks = await read();
    observed.instrumentation.setConfig({});
    expect(observedChunks).toEqual(await read());
    expect(STREAMED).toEqual(params);
    expect(attributesOf(0)['gen_ai.usage.input_tokens']).toBeGreaterThan(0);
    expect(attributesOf(1)).not.toHaveProperty('gen_ai.usage.input_tokens');
  });

  it('leaves a caller who says what it wants alone', async () => {
    const chunks: unknown[] = [];
    const params = { ...STREAMED, stream_options: { include_usage: true } };
    for await (const chunk of await observed.client().chat.completions.create(params)) chunks.push(chunk);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: expect.any(Number) } });
  });
});
