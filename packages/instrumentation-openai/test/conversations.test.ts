import { observedOpenAI, type ObservedOpenAI } from './observed-openai.js';

const MESSAGE = { type: 'message' as const, role: 'user' as const, content: 'planted' };
let observed: ObservedOpenAI;

beforeEach(async () => {
  observed = await observedOpenAI({ captureMessageContent: 'span_and_event' });
});
afterEach(() => observed.close());

type Client = ReturnType<ObservedOpenAI['client']>;

const METHODS: readonly [name: string, id: string | undefined, call: (client: Client) => Promise<unknown>][] = [
  ['create', 'conv_1', (client) => client.conversations.create({ metadata: { topic: 'planted' }, items: [MESSAGE] })],
  ['retrieve', 'conv_9', (client) => client.conversations.retrieve('conv_9')],
  ['update', 'conv_9', (client) => client.conversations.update('conv_9', { metadata: { topic: 'planted' } })],
  ['delete', 'conv_9', (client) => client.conversations.delete('conv_9')],
  ['items.create', 'conv_9', (client) => client.conversations.items.create('conv_9', { items: [MESSAGE] })],
  ['items.list', 'conv_9', (client) => client.conversations.items.list('conv_9')],
  ['items.retrieve', 'conv_9', (client) => client.conversations.items.retrieve('msg_1', { conversation_id: 'conv_9' })],
  ['items.delete', 'conv_9', (client) => client.conversations.items.delete('msg_1', { conversation_id: 'conv_9' })],
];

describe('conversations', () => {
  it.each(METHODS)('%s is one span, with the id of the conversation and no content', async (method, id, call) => {
    await call(observed.client());
    expect(observed.started()).toBe(1);
    const [span] = observed.spans();
    expect(span?.name).toBe(`conversation ${method}`);
    expect(span?.attributes).toEqual({
      'gen_ai.operation.name': 'conversation',
      'gen_ai.provider.name': 'openai',
      'gen_ai.conversation.id': id,
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(observed.server.url).port),
    });
    const [point] = await observed.points('gen_ai.client.operation.duration');
    expect(point?.attributes).toMatchObject({ 'gen_ai.operation.name': 'conversation' });
  });

  it('gives each page of items that is asked for to the caller', async () => {
    const ids: unknown[] = [];
    for await (const item of observed.client().conversations.items.list('conv_9')) ids.push(item.id);
    expect(ids).toEqual(['msg_1', 'msg_2', 'msg_3']);
    expect(observed.spans()).toHaveLength(1);
  });

  it('records what failed', async () => {
    await expect(observed.client('error-404').conversations.retrieve('conv_9')).rejects.toThrow();
    expect(observed.spans()[0]?.attributes).toMatchObject({
      'gen_ai.conversation.id': 'conv_9',
      'error.type': 'model_not_found',
    });
  });

  it('records no id that is none', async () => {
    await observed.client().conversations.retrieve('our talk of yesterday');
    expect(observed.spans()[0]?.attributes).not.toHaveProperty('gen_ai.conversation.id');
  });
});
