import { startOpenAIServer, type OpenAIServer } from '@genspan/test-utils';
import OpenAI from 'openai';
import { wrapOpenAI } from '@genspan/instrumentation-openai';
import { inMemoryTelemetry, type InMemoryTelemetry } from './in-memory-telemetry.js';
import { QUESTION } from './observed-openai.js';

let telemetry: InMemoryTelemetry;
let server: OpenAIServer;
beforeEach(async () => {
  telemetry = inMemoryTelemetry();
  server = await startOpenAIServer();
});
afterEach(async () => {
  await server.close();
  await telemetry.shutdown();
});

const providers = (): Pick<InMemoryTelemetry, 'tracerProvider' | 'meterProvider' | 'loggerProvider'> => {
  const { tracerProvider, meterProvider, loggerProvider } = telemetry;
  return { tracerProvider, meterProvider, loggerProvider };
};
const newClient = (): OpenAI => new OpenAI({ apiKey: 'none', baseURL: server.baseURL, maxRetries: 0 });

describe('wrapOpenAI', () => {
  it('observes the one client, and returns it', async () => {
    const client = newClient();
    expect(wrapOpenAI(client, providers())).toBe(client);
    await client.chat.completions.create(QUESTION);
    await newClient().chat.completions.create(QUESTION);
    expect(telemetry.spans()).toHaveLength(1);
    expect(await telemetry.points('gen_ai.client.inference.duration')).toHaveLength(1);
    expect(telemetry.events()).toHaveLength(1);
  });

  it('observes what withOptions() makes of it', async () => {
    await wrapOpenAI(newClient(), providers()).withOptions({ timeout: 5000 }).chat.completions.create(QUESTION);
    expect(telemetry.spans()).toHaveLength(1);
  });

  it('records each call once when a client is wrapped twice', async () => {
    await wrapOpenAI(wrapOpenAI(newClient(), providers()), providers()).chat.completions.create(QUESTION);
    expect(telemetry.spans()).toHaveLength(1);
  });

  it('observes a client with plain promises', async () => {
    const completion = { id: 'c', model: 'm', choices: [{ finish_reason: 'stop', message: { content: 'hi' } }] };
    const create = (params: object): Promise<typeof completion> =>
      'fail' in params ? Promise.reject(new Error('of the client')) : Promise.resolve(completion);
    const client = wrapOpenAI({ baseURL: 'https://api.groq.com/v1', chat: { completions: { create } } }, providers());
    expect(await client.chat.completions.create({ model: 'm' })).toBe(completion);
    await expect(client.chat.completions.create({ model: 'm', fail: true })).rejects.toThrow('of the client');
    expect(telemetry.spans().map((span) => span.attributes['error.type'])).toEqual([undefined, 'Error']);
  });

  it('observes a client whose streams are plain async generators', async () => {
    async function* chunks(): AsyncGenerator<object> {
      yield { id: 'c', choices: [{ index: 0, delta: { content: 'h' } }] };
      yield { id: 'c', choices: [{ index: 0, delta: { content: 'i' }, finish_reason: 'stop' }] };
    }
    const stream = chunks();
    const create = (_params: object): Promise<typeof stream> => Promise.resolve(stream);
    const client = wrapOpenAI({ chat: { completions: { create } } }, { ...providers(), captureMessageContent: true });
    const received = await client.chat.completions.create({ model: 'm', stream: true });
    expect(received).toBe(stream);
    for await (const _ of received);
    expect(telemetry.spans()[0]?.attributes['gen_ai.output.messages']).toContain('"hi"');
  });

  it('hands on a stream that cannot be observed, and ends the span', async () => {
    const stream = Object.freeze({ iterator: () => [][Symbol.iterator](), [Symbol.asyncIterator]: () => undefined });
    const create = (_params: object): Promise<typeof stream> => Promise.resolve(stream);
    const client = wrapOpenAI({ chat: { completions: { create } } }, providers());
    expect(await client.chat.completions.create({ model: 'm', stream: true })).toBe(stream);
    expect(telemetry.spans()[0]?.attributes['genspan.response.outcome']).toBe('raw');
  });

  it('leaves parameters that cannot be read to the client', async () => {
    const params = {
      get stream(): boolean {
        throw new Error('of the caller');
      },
    };
    const create = (_params: object): Promise<string> => Promise.resolve('answer');
    const options = { ...providers(), requestStreamUsage: true };
    const client = wrapOpenAI({ chat: { completions: { create } } }, options);
    expect(await client.chat.completions.create(params)).toBe('answer');
    let reads = 0;
    const changing = {
      get stream(): boolean {
        if (++reads > 1) throw new Error('of the caller');
        return true;
      },
    };
    expect(await client.chat.completions.create(changing)).toBe('answer');
    expect(telemetry.started()).toBe(telemetry.spans().length);
  });

  it('passes a synchronous throw on, and records it', () => {
    const create = (): never => {
      throw new TypeError('of the client');
    };
    const client = wrapOpenAI({ chat: { completions: { create } } }, providers());
    expect(() => client.chat.completions.create()).toThrow('of the client');
    expect(telemetry.spans()[0]?.attributes['error.type']).toBe('TypeError');
  });

  it.each([null, 'client', 3])('refuses %j', (value) => {
    expect(() => wrapOpenAI(value as unknown as object)).toThrow(/Expected `client` to be an OpenAI client/);
  });

  it('refuses a bad option', () => {
    expect(() => wrapOpenAI(newClient(), { captureMessageContent: 'all' } as object)).toThrow(/captureMessageContent/);
  });
});
