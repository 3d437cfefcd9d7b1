import { startOpenAIServer, type OpenAIServer, type OpenAIServerOptions } from '@genspan/test-utils';
import OpenAI from 'openai';

export const API_KEY = ['sk', 'test', 'x'.repeat(20)].join('-');

/** A server and a real client of it, for the suite that calls this. */
export function withClient(options: OpenAIServerOptions = {}): { server: () => OpenAIServer; client: () => OpenAI } {
  let server: OpenAIServer | undefined;
  let client: OpenAI | undefined;
  beforeAll(async () => {
    server = await startOpenAIServer(options);
    client = new OpenAI({ apiKey: API_KEY, baseURL: server.baseURL, maxRetries: 0, timeout: 5_000, logLevel: 'off' });
  });
  afterAll(() => server?.close());
  return { server: () => started(server), client: () => started(client) };
}

function started<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('Expected the server to be started by now');
  return value;
}

/** All items of a stream, and what it threw if it did. */
export async function readAll<T>(stream: AsyncIterable<T>): Promise<{ items: T[]; error: unknown }> {
  const items: T[] = [];
  try {
    for await (const item of stream) items.push(item);
  } catch (error) {
    return { items, error };
  }
  return { items, error: undefined };
}

export const MESSAGES: OpenAI.ChatCompletionMessageParam[] = [
  { role: 'user', content: 'What is the capital of France?' },
];
