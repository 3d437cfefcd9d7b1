import { validateInputMessages, validateToolDefinitions } from '@genspan/semconv';
import type { Attributes } from '@opentelemetry/api';
import type { PayloadOptions } from '../src/payload-options.js';
import { apply, INPUT, message, parses, range, text } from './payload-fixtures.js';

describe('maxValueBytes', () => {
  it('hands on a value within the limit as the identical one, and changes nothing', () => {
    const { changes } = apply({}, { [INPUT]: JSON.stringify([message('user', text('x'.repeat(1_000_000)))]) });
    expect(changes).toBeUndefined();
  });

  it('cuts the longest text first and says how much is gone', () => {
    const given = [message('system', text('Be kind')), message('user', text('a'.repeat(20_000)), text('short one'))];
    const { attributes, stats } = apply({ maxValueBytes: 1_000 }, { [INPUT]: JSON.stringify(given) });
    const cut = String(attributes[INPUT]);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(1_000);
    expect(Buffer.byteLength(cut)).toBeGreaterThan(960);
    expect(validateInputMessages(cut)).toEqual([]);
    const [system, user] = JSON.parse(cut) as { parts: { content: string }[] }[];
    expect(system?.parts[0]?.content).toBe('Be kind');
    expect(user?.parts[1]?.content).toBe('short one');
    const [, kept, gone] = /^(a+)… \[([\d,]+) bytes cut\]$/.exec(user?.parts[0]?.content ?? '') ?? [];
    expect((kept?.length ?? 0) + Number(gone?.replace(',', ''))).toBe(20_000);
    expect(attributes['genspan.payload.truncated']).toEqual([INPUT]);
    expect(stats).toMatchObject({ truncatedValues: 1, droppedMessages: 0, replacedBlobs: 0 });
    expect(stats.bytesCut).toBeGreaterThan(19_000);
  });

  it('replaces an image by a note, and leaves the texts beside it', () => {
    const image = { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'iVBORw0K'.repeat(1_000) };
    const given = [message('user', text('b'.repeat(700)), image)];
    const { attributes, stats } = apply({ maxValueBytes: 1_000 }, { [INPUT]: JSON.stringify(given) });
    expect(JSON.parse(String(attributes[INPUT]))).toEqual([
      message('user', text('b'.repeat(700)), text('[image/png of 6,000 bytes cut]')),
    ]);
    expect(stats.replacedBlobs).toBe(1);
  });

  it('replaces base64 of other shapes and data URLs, in JSON and by itself', () => {
    const url = `data:image/jpeg;base64,${'QUJD'.repeat(1_000)}`;
    const openai = [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }];
    const audio = [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'QUJD'.repeat(900) } }] }];
    const { attributes } = apply(
      { maxValueBytes: 600 },
      {
        'ai.prompt.messages': JSON.stringify(openai),
        'input.value': JSON.stringify(audio),
        'llm.input_messages.0.message.contents.0.message_content.image.image.url': url,
      },
    );
    expect(attributes['ai.prompt.messages']).toContain('"url":"[image/jpeg of 3,000 bytes cut]"');
    expect(attributes['input.value']).toContain('"data":"[data of 2,700 bytes cut]"');
    expect(attributes['llm.input_messages.0.message.contents.0.message_content.image.image.url']).toBe(
      '[image/jpeg of 3,000 bytes cut]',
    );
  });

  it('leaves numbers, keys and layout as they are written', () => {
    const long = JSON.stringify('z'.repeat(2_000));
    const given = `{ "__proto__" : 12345678901234567890, "a":1.0e5, "a" :0.10, "t": ${long} }`;
    const { attributes } = apply({ maxValueBytes: 500 }, { 'gen_ai.tool.call.arguments': given });
    const cut = String(attributes['gen_ai.tool.call.arguments']);
    expect(cut.startsWith('{ "__proto__" : 12345678901234567890, "a":1.0e5, "a" :0.10, "t": "zzz')).toBe(true);
    expect(cut.endsWith(' bytes cut]" }')).toBe(true);
    expect(parses(cut)).toBe(true);
  });

  it('cuts no surrogate pair and no escape in half', () => {
    for (let pad = 0; pad < 14; pad++) {
      const raw = `["${'x'.repeat(pad)}${'\\ud83d\\ude00'.repeat(200)}"]`;
      const plain = JSON.stringify(['x'.repeat(pad) + '😀é'.repeat(400)]);
      for (const given of [raw, plain, '😀'.repeat(400) + 'x'.repeat(pad)]) {
        const { attributes } = apply({ maxValueBytes: 300 }, { value: given });
        const cut = String(attributes['value']);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(300);
        const [kept] = given.startsWith('[') ? (JSON.parse(cut) as string[]) : [cut];
        expect(kept).toMatch(/^x*(?:😀|é)*x*… \[[\d,]+ bytes cut\]$/u);
      }
    }
  });

  it('cuts large arguments and results of tools from their end, so that they stay JSON', () => {
    const rows = Array.from({ length: 5_000 }, (_unused, id) => ({ id, ok: true }));
    const given = [
      message('assistant', { type: 'tool_call', id: 'c1', name: 'query', arguments: { table: 'users' } }),
      message('tool', { type: 'tool_call_response', id: 'c1', response: rows }),
    ];
    const { attributes } = apply(
      { maxValueBytes: 2_000 },
      { [INPUT]: JSON.stringify(given), 'gen_ai.tool.call.result': JSON.stringify(rows) },
    );
    const cut = String(attributes[INPUT]);
    expect(validateInputMessages(cut)).toEqual([]);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(2_000);
    const [call, response] = JSON.parse(cut) as { parts: { response?: unknown[] }[] }[];
    expect(call).toEqual(given[0]);
    const kept = response?.parts[0]?.response ?? [];
    expect(kept.slice(0, 2)).toEqual([
      { id: 0, ok: true },
      { id: 1, ok: true },
    ]);
    expect(JSON.stringify(kept.at(-1))).toMatch(/bytes cut\]"\}?$/);
    const result = JSON.parse(String(attributes['gen_ai.tool.call.result'])) as unknown[];
    expect(result.length).toBeGreaterThan(50);
    expect(JSON.stringify(result.at(-1))).toMatch(/… \[[\d,]+ bytes cut\]"\}?$/);
  });

  it('drops messages of the middle where there are too many to cut them all, and keeps calls with their responses', () => {
    const turns = Array.from({ length: 500 }, (_, turn) => [
      message('assistant', { type: 'tool_call', id: `c${turn}`, name: 'f', arguments: {} }),
      message('tool', { type: 'tool_call_response', id: `c${turn}`, response: 'done' }),
    ]).flat();
    const given = [
      message('system', text('Rules')),
      message('user', text('Start')),
      ...turns,
      message('user', text('Go on')),
    ];
    const { attributes, stats } = apply({ maxValueBytes: 3_000 }, { [INPUT]: JSON.stringify(given) });
    const cut = String(attributes[INPUT]);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(3_000);
    expect(validateInputMessages(cut)).toEqual([]);
    const kept = JSON.parse(cut) as typeof given;
    expect(kept[0]).toEqual(given[0]);
    expect(kept[1]).toEqual(given[1]);
    expect(kept.at(-1)).toEqual(given.at(-1));
    expect(kept[2]).toEqual(message('system', text(`… [${stats.droppedMessages} messages cut]`)));
    expectPaired(kept);
    expect(kept.length).toBeGreaterThan(10);
  });

  it('keeps definitions of tools valid, with their names', () => {
    const tools = Array.from({ length: 6 }, (_, index) => ({
      type: 'function',
      name: `tool_${index}`,
      description: 'd'.repeat(400),
      parameters: {
        type: 'object',
        properties: Object.fromEntries(range(60).map((n) => [`p${n}`, { type: 'string' }])),
      },
    }));
    const { attributes } = apply({ maxValueBytes: 3_000 }, { 'gen_ai.tool.definitions': JSON.stringify(tools) });
    const cut = String(attributes['gen_ai.tool.definitions']);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(3_000);
    expect(validateToolDefinitions(cut)).toEqual([]);
    expect((JSON.parse(cut) as { name: string }[]).map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
  });

  it('cuts text that only looks like JSON as text', () => {
    const { attributes } = apply({ maxValueBytes: 256 }, { value: `[${'oops '.repeat(500)}]` });
    expect(attributes['value']).toMatch(/^\[oops .*… \[[\d,]+ bytes cut\]$/);
  });

  it('limits structured values and leaves them structured', () => {
    const structured = [message('user', text('a'.repeat(5_000)))];
    const bytes = new Uint8Array(5_000);
    const given = { [INPUT]: structured, deep: { list: [1n, new Uint8Array([1, 2]), 'b'.repeat(5_000)] }, bytes };
    const { attributes, stats } = apply({ maxValueBytes: 500 }, given as unknown as Attributes);
    expect(validateInputMessages(attributes[INPUT])).toEqual([]);
    expect(Array.isArray(attributes[INPUT])).toBe(true);
    expect(Buffer.byteLength(JSON.stringify(attributes[INPUT]))).toBeLessThanOrEqual(500);
    expect(attributes['deep']).toEqual({ list: ['1', new Uint8Array([1, 2]), expect.stringMatching(/bytes cut\]$/)] });
    expect(attributes['bytes']).toBe('… [5,000 bytes cut]');
    expect(structured[0]?.parts[0]).toEqual(text('a'.repeat(5_000)));
    expect(stats.truncatedValues).toBe(3);
  });

  it('replaces a structured value that cannot be read', () => {
    const cyclic: { self?: unknown; text: string } = { text: 'x'.repeat(400) };
    cyclic.self = cyclic;
    const throwing = Object.defineProperty({}, 'bad', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    const { attributes } = apply({ maxValueBytes: 500 }, { cyclic, throwing } as unknown as Attributes);
    expect(attributes).toMatchObject({ cyclic: '[unreadable value cut]', throwing: '[unreadable value cut]' });
  });

  it('limits arrays of strings, and JSON in them stays JSON', () => {
    const tools = range(3).map((n) => JSON.stringify({ name: `t${n}`, description: 'd'.repeat(n === 1 ? 3_000 : 10) }));
    const { attributes } = apply({ maxValueBytes: 600 }, { 'ai.prompt.tools': tools, many: range(500).map(String) });
    const cut = attributes['ai.prompt.tools'] as string[];
    expect(cut[0]).toBe(tools[0]);
    expect(cut.map((tool) => (JSON.parse(tool) as { name: string }).name)).toEqual(['t0', 't1', 't2']);
    expect(Buffer.byteLength(cut.join(''))).toBeLessThanOrEqual(600);
    expect((attributes['many'] as string[]).at(-1)).toMatch(/^… \[\d+ items cut\]$/);
  });

  it('limits attributes of events, exceptions among them', () => {
    const event = {
      name: 'exception',
      attributes: { 'exception.stacktrace': 'at f\n'.repeat(1_000), 'exception.type': 'E' },
    };
    const { attributes, events } = apply({ maxValueBytes: 512 }, {}, event);
    expect(Buffer.byteLength(String(events[0]?.attributes?.['exception.stacktrace']))).toBeLessThanOrEqual(512);
    expect(events[0]?.attributes?.['exception.type']).toBe('E');
    expect(event.attributes['exception.stacktrace']).toHaveLength(5_000);
    expect(attributes['genspan.payload.truncated']).toEqual(['exception.stacktrace']);
  });
});

describe('messages', () => {
  it('keeps the first and last ones and those of the system, and says how many are gone', () => {
    const given = [
      message('system', text('S')),
      ...range(10).map((n) => message(n % 2 === 0 ? 'user' : 'assistant', text(`m${n}`))),
    ];
    const options = { keepFirstMessages: 1, keepLastMessages: 2 };
    const { attributes, stats } = apply(options, { [INPUT]: JSON.stringify(given) });
    expect(JSON.parse(String(attributes[INPUT]))).toEqual([
      given[0],
      given[1],
      message('system', text('… [7 messages cut]')),
      given[9],
      given[10],
    ]);
    expect(stats.droppedMessages).toBe(7);
    expect(attributes['genspan.payload.truncated']).toEqual([INPUT]);
  });

  it('keeps no response of a tool without its call, even when ids come again, and no call without its response', () => {
    const turns = range(6).flatMap(() => [
      message('assistant', { type: 'tool_call', id: 'call_0', name: 'f', arguments: {} }),
      message('tool', { type: 'tool_call_response', id: 'call_0', response: 1 }),
    ]);
    const { attributes } = apply({ keepFirstMessages: 1, keepLastMessages: 3 }, { [INPUT]: JSON.stringify(turns) });
    const kept = JSON.parse(String(attributes[INPUT])) as object[];
    expect(kept).toEqual([message('system', text('… [10 messages cut]')), turns[10], turns[11]]);
  });

  it('keeps the choices of an output, however many', () => {
    const given = JSON.stringify(range(5).map((n) => message('assistant', text(`c${n}`))));
    expect(apply({ keepFirstMessages: 1 }, { 'gen_ai.output.messages': given }).changes).toBeUndefined();
  });

  it('limits messages of OpenAI and the AI SDK alike', () => {
    const given = [
      { role: 'user', content: 'one' },
      { role: 'assistant', tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }] },
      { role: 'tool', tool_call_id: 'a', content: 'r' },
      { role: 'user', content: 'last' },
    ];
    const { attributes } = apply({ keepLastMessages: 2 }, { 'ai.prompt.messages': JSON.stringify(given) });
    expect(JSON.parse(String(attributes['ai.prompt.messages']))).toEqual([
      { role: 'system', content: '… [3 messages cut]' },
      given[3],
    ]);
  });

  it('keeps each message within maxMessageBytes', () => {
    const given = [
      message('user', text('a'.repeat(5_000))),
      message('user', text('b')),
      message('assistant', ...range(300).map((n) => text(`p${n}`))),
    ];
    const { attributes } = apply({ maxMessageBytes: 300 }, { [INPUT]: JSON.stringify(given) });
    const cut = JSON.parse(String(attributes[INPUT])) as object[];
    expect(validateInputMessages(cut)).toEqual([]);
    for (const one of cut) expect(Buffer.byteLength(JSON.stringify(one))).toBeLessThanOrEqual(300);
    expect(cut[1]).toEqual(given[1]);
    expect(cut[2]).toMatchObject({ role: 'assistant' });
  });
});

describe('what is left out', () => {
  const tools = [{ type: 'function', name: 'f', description: 'd', parameters: { type: 'object' } }];

  it('removes definitions of tools, or all but their names', () => {
    const given = {
      'gen_ai.tool.definitions': JSON.stringify(tools),
      'ai.prompt.tools': [JSON.stringify(tools[0])],
      'llm.tools.0.tool.json_schema': JSON.stringify({ type: 'function', function: tools[0] }),
      'llm.request.functions.0.name': 'f',
      'llm.request.functions.0.arguments': '{}',
    };
    const removed = apply({ dropToolDefinitions: true }, given).attributes;
    expect(Object.keys(removed)).toEqual(['genspan.payload.truncated']);
    const { attributes } = apply({ dropToolDefinitions: 'names' }, given);
    expect(attributes).toMatchObject({
      'gen_ai.tool.definitions': '[{"type":"function","name":"f"}]',
      'ai.prompt.tools': ['{"type":"function","name":"f"}'],
      'llm.tools.0.tool.json_schema': '{"type":"function","function":{"name":"f"}}',
      'llm.request.functions.0.name': 'f',
    });
    expect(attributes).not.toHaveProperty(['llm.request.functions.0.arguments']);
    expect(validateToolDefinitions(attributes['gen_ai.tool.definitions'])).toEqual([]);
  });

  it('leaves of embeddings their length', () => {
    const vector = range(1_536).map((n) => n / 7);
    const { attributes, stats } = apply(
      { embeddings: 'length' },
      {
        'embedding.embeddings.0.embedding.vector': vector,
        'ai.embedding': JSON.stringify(vector),
        'ai.embeddings': [JSON.stringify(vector)],
        'output.value': JSON.stringify({ data: [{ embedding: vector, index: 0 }], few: [1, 2, 3] }),
        'app.sizes': range(20),
      },
    );
    expect(attributes).toMatchObject({
      'embedding.embeddings.0.embedding.vector': '[vector of 1,536 numbers]',
      'ai.embedding': '"[vector of 1,536 numbers]"',
      'ai.embeddings': ['"[vector of 1,536 numbers]"'],
      'output.value': '{"data":[{"embedding":"[vector of 1,536 numbers]","index":0}],"few":[1,2,3]}',
      'app.sizes': range(20),
    });
    expect(stats.replacedVectors).toBe(4);
  });

  it('excludes attributes and values in JSON by path', () => {
    const { attributes, stats } = apply(
      {
        excludeFields: [
          'gen_ai.tool.call.arguments.**.ssn',
          `${INPUT}[*].parts[*].content`,
          '*.authorization',
          'app.*.raw',
        ],
      },
      {
        'gen_ai.tool.call.arguments': '{"people":[{"ssn":12,"n":1}],"ssn":{"a":[1]}, "x":12345678901234567890}',
        [INPUT]: JSON.stringify([message('user', text('secret'))]),
        'http.request.header.Authorization': ['Bearer'],
        headers: '{"authorization":"b","nested":"{\\"headers\\":{\\"authorization\\":\\"c\\"}}"}',
        'app.any.raw': 'r',
        'app.any.rawer': 'r',
      },
    );
    expect(attributes).toEqual({
      'gen_ai.tool.call.arguments':
        '{"people":[{"ssn":"[EXCLUDED]","n":1}],"ssn":"[EXCLUDED]", "x":12345678901234567890}',
      [INPUT]: JSON.stringify([message('user', text('[EXCLUDED]'))]),
      'http.request.header.Authorization': '[EXCLUDED]',
      headers: '{"authorization":"[EXCLUDED]","nested":"{\\"headers\\":{\\"authorization\\":\\"[EXCLUDED]\\"}}"}',
      'app.any.raw': '[EXCLUDED]',
      'app.any.rawer': 'r',
    });
    expect(stats).toMatchObject({ excludedValues: 7, truncatedValues: 0 });
  });

  it('excludes all of a text that may hold the field and is not JSON', () => {
    const { attributes } = apply(
      { excludeFields: ['user.ssn'] },
      { a: '{"user":{"ssn":"1"', b: '{"user":{"ssn":"1"},}', c: '{"user":1,}' },
    );
    expect(attributes).toEqual({ a: '{"user":{"ssn":"1"', b: '[EXCLUDED]', c: '{"user":1,}' });
  });

  it.each([
    ['captureInputs', ['llm.input_messages', 'llm.prompts', 'llm.tools', 'embedding.embeddings', 'ai.documents']],
    ['captureInputs', ['input.images.0.image.url', 'ai.request.text', 'reranker.input_documents', 'embedding.text']],
    ['captureInputs', ['traceloop.prompt.template_variables.who', 'tool_call.function.arguments']],
    ['captureOutputs', ['llm.output_messages', 'llm.choices.0.completion.text', 'llm.function_call']],
    ['captureOutputs', ['retrieval.documents', 'reranker.output_documents', 'braintrust.expected', 'output.images.0']],
  ] as const)('removes without %s lists in one attribute, too: %j', (option, keys) => {
    const given = Object.fromEntries(keys.map((key) => [key, 'x']));
    expect(apply({ [option]: false }, given).attributes).toEqual({});
    const other = option === 'captureInputs' ? 'captureOutputs' : 'captureInputs';
    expect(apply({ [other]: false }, given).changes).toBeUndefined();
  });

  it('removes inputs or outputs of all dialects, of events too, and leaves what is no content', () => {
    const given = {
      [INPUT]: '[]',
      'gen_ai.output.messages': '[]',
      'gen_ai.prompt.name': 'greeting',
      'gen_ai.prompt.variable.who': 'Ann',
      'gen_ai.prompt.0.content': 'a',
      'gen_ai.prompt.0.role': 'user',
      'gen_ai.completion.0.content': 'b',
      'gen_ai.completion.0.finish_reason': 'stop',
      'llm.input_messages.0.message.content': 'a',
      'llm.output_messages.0.message.content': 'b',
      'input.value': 'a',
      'output.value': 'b',
      'gen_ai.usage.input_tokens': 3,
    };
    const event = {
      name: 'gen_ai.user.message',
      attributes: { content: 'a', role: 'user', 'gen_ai.system': 'openai' },
    };
    const without = (options: PayloadOptions) => apply(options, given, event);
    const noInput = without({ captureInputs: false });
    expect(Object.keys(noInput.attributes)).toEqual([
      'gen_ai.output.messages',
      'gen_ai.prompt.name',
      'gen_ai.prompt.0.role',
      'gen_ai.completion.0.content',
      'gen_ai.completion.0.finish_reason',
      'llm.output_messages.0.message.content',
      'output.value',
      'gen_ai.usage.input_tokens',
    ]);
    expect(noInput.events[0]?.attributes).toEqual({ role: 'user', 'gen_ai.system': 'openai' });
    expect(noInput.stats.removedAttributes).toBe(6);
    const noOutput = without({ captureOutputs: false });
    expect(Object.keys(noOutput.attributes)).not.toContain('output.value');
    expect(noOutput.attributes).toHaveProperty(['gen_ai.completion.0.finish_reason'], 'stop');
    expect(noOutput.events[0]?.attributes).toEqual(event.attributes);
  });
});

function expectPaired(messages: readonly { parts: object[] }[]): void {
  const idsOf = (type: string) =>
    messages.flatMap(({ parts }) =>
      parts.flatMap((part) => ('type' in part && part.type === type && 'id' in part ? [part.id] : [])),
    );
  expect(idsOf('tool_call')).toEqual(idsOf('tool_call_response'));
}
