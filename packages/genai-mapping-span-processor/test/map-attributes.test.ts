import { mapAttributes } from '../src/map-attributes';

const CHAT = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'x_ai',
  'gen_ai.request.model': 'grok',
  'gen_ai.usage.input_tokens': 0,
};

describe('mode add', () => {
  it('writes beside what is there', () => {
    const { attributes, from } = mapAttributes(CHAT, { to: 'genai-1.36' });
    expect(from).toEqual(['genai']);
    expect(attributes).toEqual({ ...CHAT, 'gen_ai.system': 'xai' });
  });

  it('leaves an attribute that says something else, and reports it', () => {
    const given = { ...CHAT, 'gen_ai.response.finish_reasons': ['tool_call'] };
    const { attributes, lost } = mapAttributes(given, { to: 'genai-1.36' });
    expect(attributes['gen_ai.response.finish_reasons']).toEqual(['tool_call']);
    expect(lost).toEqual([
      {
        attribute: 'gen_ai.response.finish_reasons',
        reason: 'an attribute of that name is there already and says something else',
        to: 'genai-1.36',
      },
    ]);
  });

  it('fills a target that is spoken already up with what is missing', () => {
    const given = {
      ...CHAT,
      'gen_ai.system': 'xai',
      'gen_ai.usage.prompt_tokens': 5,
      'gen_ai.usage.completion_tokens': 7,
    };
    const { attributes } = mapAttributes(given, { to: 'genai' });
    expect(attributes).toEqual({ ...given, 'gen_ai.usage.output_tokens': 7 });
  });
});

describe('mode replace', () => {
  it('takes away what was carried, and leaves the rest under its name', () => {
    const given = { ...CHAT, 'gen_ai.request.reasoning.level': 'low', 'gen_ai.memory.store.id': 's', mine: 1 };
    const { attributes, lost } = mapAttributes(given, { to: 'genai-1.36', mode: 'replace' });
    const { 'gen_ai.provider.name': _, ...rest } = given;
    expect(attributes).toEqual({ ...rest, 'gen_ai.system': 'xai' });
    expect(lost).toEqual([
      {
        attribute: 'gen_ai.request.reasoning.level',
        reason: 'genai-1.36 has no place for it',
        to: 'genai-1.36',
      },
    ]);
  });

  it('puts another value in the place of the one that it was made from', () => {
    const given = { ...CHAT, 'gen_ai.response.finish_reasons': ['tool_call'] };
    const { attributes } = mapAttributes(given, { to: 'genai-1.36', mode: 'replace' });
    expect(attributes['gen_ai.response.finish_reasons']).toEqual(['tool_calls']);
  });

  it('leaves what several dialects share where one of the targets needs it', () => {
    const { attributes } = mapAttributes(CHAT, { to: ['genai-1.41', 'genai-1.36'], mode: 'replace' });
    expect(attributes).toEqual({ ...CHAT, 'gen_ai.system': 'xai' });
  });
});

describe('versions of the conventions', () => {
  const input = [
    { role: 'user', parts: [{ type: 'text', content: 'weather?' }] },
    { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Oslo' } }] },
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: 'rain' }] },
  ];
  const output = [{ role: 'assistant', parts: [{ type: 'text', content: 'Rain.' }], finish_reason: 'stop' }];
  const given = {
    ...CHAT,
    'gen_ai.input.messages': JSON.stringify(input),
    'gen_ai.output.messages': JSON.stringify(output),
  };

  it('writes the log events of 1.36', () => {
    const { events } = mapAttributes(given, { to: 'genai-1.36', mode: 'replace' });
    const attributes = { 'gen_ai.system': 'xai' };
    const call = { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } };
    expect(events).toEqual([
      { name: 'gen_ai.user.message', attributes, body: { content: 'weather?' } },
      { name: 'gen_ai.assistant.message', attributes, body: { content: null, tool_calls: [call] } },
      { name: 'gen_ai.tool.message', attributes, body: { id: 'c1', content: 'rain' } },
      {
        name: 'gen_ai.choice',
        attributes,
        body: { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Rain.' } },
      },
    ]);
  });

  it('reads the log events of 1.36, their bodies as well as their attributes on a span', () => {
    const call = { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } };
    const events = [
      { name: 'gen_ai.user.message', body: { content: 'weather?' } },
      { name: 'gen_ai.assistant.message', attributes: { tool_calls: JSON.stringify([call]) } },
      { name: 'gen_ai.tool.message', attributes: { 'gen_ai.event.content': '{"id":"c1","content":"rain"}' } },
      { name: 'gen_ai.choice', attributes: { index: 0, finish_reason: 'stop', message: 'Rain.' } },
    ];
    const span = { 'gen_ai.system': 'openai', 'gen_ai.operation.name': 'chat' };
    const { attributes, lost, events: left } = mapAttributes(span, { to: 'genai', mode: 'replace', events });
    expect(JSON.parse(String(attributes['gen_ai.input.messages']))).toEqual(input);
    expect(JSON.parse(String(attributes['gen_ai.output.messages']))).toEqual(output);
    expect(attributes['gen_ai.response.finish_reasons']).toEqual(['stop']);
    expect([lost, left]).toEqual([[], []]);
  });

  it('writes and reads the span events of 1.27', () => {
    const there = mapAttributes(given, { to: 'genai-1.27', mode: 'replace' });
    expect(there.events.map(({ name }) => name)).toEqual(['gen_ai.content.prompt', 'gen_ai.content.completion']);
    const back = mapAttributes(there.attributes, { to: 'genai', mode: 'replace', events: there.events });
    expect(JSON.parse(String(back.attributes['gen_ai.input.messages']))).toEqual(input);
    expect(JSON.parse(String(back.attributes['gen_ai.output.messages']))).toEqual(output);
  });

  it('takes a prompt that is no JSON for what the user said', () => {
    const { attributes } = mapAttributes({ 'gen_ai.system': 'openai', 'gen_ai.prompt': 'weather?' }, { to: 'genai' });
    expect(JSON.parse(String(attributes['gen_ai.input.messages']))).toEqual([input[0]]);
  });

  it('gives output messages of 1.41 the reason that its schema wants', () => {
    const unfinished = [{ role: 'assistant', parts: [{ type: 'text', content: 'Rain.' }] }];
    const span = {
      ...CHAT,
      'gen_ai.output.messages': JSON.stringify(unfinished),
      'gen_ai.response.finish_reasons': ['length'],
    };
    const { attributes } = mapAttributes(span, { to: 'genai-1.41', mode: 'replace' });
    expect(JSON.parse(String(attributes['gen_ai.output.messages']))).toEqual([
      { ...unfinished[0], finish_reason: 'length' },
    ]);
  });

  it('moves the number of documents to find', () => {
    const span = { 'gen_ai.operation.name': 'retrieval', 'gen_ai.retrieval.top_k': 5 };
    const there = mapAttributes(span, { from: 'genai', to: 'genai-1.41', mode: 'replace' });
    expect(there.attributes).toEqual({ 'gen_ai.operation.name': 'retrieval', 'gen_ai.request.top_k': 5 });
    expect(mapAttributes(there.attributes, { from: 'genai-1.41', to: 'genai', mode: 'replace' }).attributes).toEqual(
      span,
    );
  });

  it('reads the event that has what a span may have', () => {
    const event = { name: 'gen_ai.client.inference.operation.details', attributes: { 'gen_ai.input.messages': input } };
    const { attributes } = mapAttributes(CHAT, { to: 'genai-1.27', events: [event] });
    expect(attributes).toMatchObject(CHAT);
    const { events } = mapAttributes(CHAT, { to: 'genai-1.27', events: [event] });
    expect(events.map(({ name }) => name)).toContain('gen_ai.content.prompt');
  });

  it('reads structures of SDK 3 as well as JSON', () => {
    const { events } = mapAttributes({ ...CHAT, 'gen_ai.input.messages': input }, { to: 'genai-1.27' });
    expect(events).toHaveLength(1);
  });
});

describe('hostile attributes', () => {
  it('leaves out what throws when it is read, and goes on', () => {
    const given = {
      ...CHAT,
      get bad(): never {
        throw new Error('no');
      },
    };
    const { attributes, failed } = mapAttributes(given, { to: 'genai-1.36' });
    expect(attributes['gen_ai.system']).toBe('xai');
    expect(failed).toEqual(['read']);
  });

  it.each([null, undefined, 7, 'text', []])('makes nothing of %j', (attributes) => {
    const { from, lost } = mapAttributes(attributes as unknown as Record<string, unknown>, { to: 'genai' });
    expect([from, lost]).toEqual([[], []]);
  });

  it('makes nothing of a proxy that throws at everything', () => {
    const refuse = (): never => {
      throw new Error('no');
    };
    const proxy = new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse });
    expect(mapAttributes(proxy, { to: 'genai' })).toMatchObject({ from: [], attributes: {}, failed: ['read'] });
  });

  it('keeps an attribute named __proto__ an attribute', () => {
    const given = JSON.parse(
      '{"__proto__": "x", "gen_ai.operation.name": "chat", "gen_ai.provider.name": "x_ai"}',
    ) as Record<string, unknown>;
    const { attributes } = mapAttributes(given, { to: 'genai-1.36' });
    expect(Object.keys(attributes)).toContain('__proto__');
    expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype);
  });
});

describe('several targets', () => {
  const ALL = ['genai', 'braintrust', 'langfuse', 'openinference', 'vercel', 'openllmetry'] as const;

  it.each([
    ['only a model of the response', { 'gen_ai.operation.name': 'chat', 'gen_ai.response.model': 'grok-2' }],
    ['a model that was asked for', { ...CHAT, 'gen_ai.response.model': 'grok-2' }],
  ])('add nothing the second time where %s is known', (_what, given) => {
    const { attributes: once } = mapAttributes(given, { to: ALL });
    const { attributes: twice } = mapAttributes(once, { to: ALL });
    expect(twice).toEqual(once);
  });

  it('are each written from what the span said, not from one another', () => {
    const { attributes } = mapAttributes(CHAT, { to: ['genai-1.36', 'openinference'] });
    const { attributes: alone } = mapAttributes(CHAT, { to: 'openinference' });
    expect(attributes).toEqual({ ...alone, 'gen_ai.system': 'xai' });
  });
});

describe('what is not carried', () => {
  const lostOf = (given: Record<string, unknown>, to: 'braintrust' | 'langfuse') =>
    mapAttributes(given, { to, mode: 'replace' }).lost.map(({ attribute }) => attribute);
  const messages = (part: object, role: string) => JSON.stringify([{ role, parts: [part] }]);
  const TEXT = { type: 'text', content: 'hi' };

  it.each([
    ['an empty list of tools', { ...CHAT, 'gen_ai.tool.definitions': '[]' }, 'gen_ai.tool.definitions'],
    [
      'arguments that are an empty text',
      { ...CHAT, 'gen_ai.output.messages': messages({ type: 'tool_call', name: 'f', arguments: '' }, 'assistant') },
      'gen_ai.output.messages',
    ],
  ])('is reported: %s', (_what, given, attribute) => {
    expect(lostOf(given, 'braintrust')).toContain(attribute);
  });

  it.each(['embeddings', 'retrieval', 'execute_tool'])('is reported: messages of %s in langfuse', (operation) => {
    const given = {
      'gen_ai.operation.name': operation,
      'gen_ai.input.messages': messages(TEXT, 'user'),
      'gen_ai.output.messages': messages(TEXT, 'assistant'),
    };
    const lost = lostOf(given, 'langfuse');
    expect(lost).toEqual(expect.arrayContaining(['gen_ai.input.messages', 'gen_ai.output.messages']));
  });

  it.each(['', '""', '"x"', '1.0', 'true', ' '])('is not the result of a tool: %j', (result) => {
    const given = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.call.result': result };
    for (const to of ['braintrust', 'langfuse'] as const) {
      const there = mapAttributes(given, { to, mode: 'replace' });
      const { attributes } = mapAttributes(there.attributes, { to: 'genai', mode: 'replace' });
      expect([to, there.lost, attributes['gen_ai.tool.call.result']]).toEqual([to, [], result]);
    }
  });
});

it('keeps numbers and switches among the metadata what they are, and makes texts of variables', () => {
  const given = {
    'braintrust.span_attributes': '{"type":"task"}',
    'braintrust.metadata': '{"n":1.5,"on":false,"deep":{"x":1},"gen_ai.prompt.variable":{"n":1}}',
  };
  expect(mapAttributes(given, { to: 'genai' }).attributes).toMatchObject({
    'genspan.metadata.n': 1.5,
    'genspan.metadata.on': false,
    'genspan.metadata.deep': '{"x":1}',
    'gen_ai.prompt.variable.n': '1',
  });
});
