import { validateInputMessages } from '@genspan/semconv';
import type { InputMessage, MessagePart } from '@genspan/semconv';
import fc from 'fast-check';
import { fuzz } from '@genspan/test-utils';
import { readOpenAIMessages, writeOpenAIMessages } from '../../src/shapes/openai-messages.js';

const PIXEL = 'iVBORw0KGgo=';

/** Reads without losing anything. */
function read(value: unknown): unknown {
  const problems: string[] = [];
  const messages = readOpenAIMessages(value, (reason) => problems.push(reason));
  expect(problems).toEqual([]);
  return messages;
}

function partsOf(content: unknown): unknown {
  const [message] = readOpenAIMessages([{ role: 'user', content }], () => undefined) ?? [];
  expect(validateInputMessages([message])).toEqual([]);
  return message?.parts;
}

describe('readOpenAIMessages', () => {
  it('reads a conversation with tool calls', () => {
    const conversation = [
      { role: 'developer', content: 'Be brief.' },
      { role: 'user', name: 'ada', content: [{ type: 'text', text: 'Weather?' }] },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
          { id: 'call_2', type: 'function', function: { name: 'time', arguments: '' } },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: '{"degrees":3}' },
      { role: 'tool', tool_call_id: 'call_2', content: [{ type: 'text', text: 'noon' }] },
    ];
    const messages = [
      { role: 'developer', parts: [{ type: 'text', content: 'Be brief.' }] },
      { role: 'user', name: 'ada', parts: [{ type: 'text', content: 'Weather?' }] },
      {
        role: 'assistant',
        parts: [
          { type: 'tool_call', id: 'call_1', name: 'weather', arguments: { city: 'Oslo' } },
          { type: 'tool_call', id: 'call_2', name: 'time' },
        ],
      },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: '{"degrees":3}' }] },
      {
        role: 'tool',
        parts: [{ type: 'tool_call_response', id: 'call_2', response: [{ type: 'text', content: 'noon' }] }],
      },
    ];
    expect(read(conversation)).toEqual(messages);
    expect(read({ messages: conversation, model: 'm' })).toEqual(messages);
    expect(validateInputMessages(messages)).toEqual([]);
  });

  it.each<[unknown, MessagePart]>([
    [
      { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } },
      { type: 'uri', modality: 'image', uri: 'https://example.com/a.png' },
    ],
    [
      { type: 'image_url', image_url: { url: `data:image/png;base64,${PIXEL}` } },
      { type: 'blob', modality: 'image', mime_type: 'image/png', content: PIXEL },
    ],
    [
      { type: 'input_image', image_url: 'https://example.com/a.png' },
      { type: 'uri', modality: 'image', uri: 'https://example.com/a.png' },
    ],
    [
      { type: 'input_image', file_id: 'file-1' },
      { type: 'file', modality: 'image', file_id: 'file-1' },
    ],
    [
      { type: 'input_audio', input_audio: { data: PIXEL, format: 'wav' } },
      { type: 'blob', modality: 'audio', mime_type: 'audio/wav', content: PIXEL },
    ],
    [
      { type: 'file', file: { file_id: 'file-1', filename: 'a.pdf' } },
      { type: 'file', modality: 'document', file_id: 'file-1' },
    ],
    [
      { type: 'file', file: { file_data: `data:application/pdf;base64,${PIXEL}` } },
      { type: 'blob', modality: 'document', mime_type: 'application/pdf', content: PIXEL },
    ],
    [
      { type: 'input_file', file_data: PIXEL },
      { type: 'blob', modality: 'document', content: PIXEL },
    ],
    [
      { type: 'input_file', file_url: 'https://example.com/a.pdf' },
      { type: 'uri', modality: 'document', uri: 'https://example.com/a.pdf' },
    ],
    [
      { type: 'refusal', refusal: 'No.' },
      { type: 'refusal', content: 'No.' },
    ],
    [
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PIXEL } },
      { type: 'blob', modality: 'image', mime_type: 'image/png', content: PIXEL },
    ],
    [
      { type: 'tool_use', id: 'tu', name: 'weather', input: { city: 'Oslo' } },
      { type: 'tool_call', id: 'tu', name: 'weather', arguments: { city: 'Oslo' } },
    ],
    [
      { type: 'tool_result', tool_use_id: 'tu', content: [{ type: 'text', text: 'cold' }] },
      { type: 'tool_call_response', id: 'tu', response: [{ type: 'text', content: 'cold' }] },
    ],
    [
      { type: 'thinking', thinking: 'Hm.', signature: 'x' },
      { type: 'reasoning', content: 'Hm.', signature: 'x' },
    ],
    [
      { type: 'something_new', value: 1 },
      { type: 'something_new', value: 1 },
    ],
    // Names of the conventions' parts with another shape.
    [
      { type: 'uri', url: 'x' },
      { type: 'unknown', url: 'x' },
    ],
    [
      { type: 'image_url', image_url: { url: 'data:image/png;base64,cut off...' } },
      { type: 'image', url: 'data:image/png;base64,cut off...' },
    ],
    [
      { type: 'image_url', image_url: { url: '<omitted>' } },
      { type: 'image', url: '<omitted>' },
    ],
    // Braintrust puts attachments in the place of data.
    [
      {
        type: 'image_url',
        image_url: { url: { type: 'braintrust_attachment', key: 'k', filename: 'a.png', content_type: 'image/png' } },
      },
      { type: 'file', modality: 'image', file_id: 'k', mime_type: 'image/png' },
    ],
    [
      {
        type: 'file',
        file: {
          file_data: {
            type: 'external_attachment',
            url: 's3://bucket/a.pdf',
            filename: 'a.pdf',
            content_type: 'application/pdf',
          },
        },
      },
      { type: 'uri', modality: 'document', uri: 's3://bucket/a.pdf', mime_type: 'application/pdf' },
    ],
    [
      { type: 'base64_attachment', content: `data:image/png;base64,${PIXEL}` },
      { type: 'blob', modality: 'image', mime_type: 'image/png', content: PIXEL },
    ],
  ])('reads the part %j', (part, expected) => {
    expect(partsOf([part])).toEqual([expected]);
  });

  it('reads the older form of tool calls, custom tools and what a model reasoned', () => {
    const problems: string[] = [];
    const messages = readOpenAIMessages(
      [
        { role: 'assistant', content: null, function_call: { name: 'weather', arguments: 'not JSON' } },
        { role: 'function', name: 'weather', content: 'cold' },
        {
          role: 'assistant',
          reasoning_content: 'Hm.',
          content: 'Yes.',
          refusal: null,
          tool_calls: [{ id: 'c', type: 'custom', custom: { name: 'run', input: '{"a":1}' } }],
        },
      ],
      (reason) => problems.push(reason),
    );
    expect(messages).toEqual([
      { role: 'assistant', parts: [{ type: 'tool_call', name: 'weather', arguments: 'not JSON' }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'weather', response: 'cold' }] },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'Hm.' },
          { type: 'text', content: 'Yes.' },
          { type: 'tool_call', id: 'c', name: 'run', arguments: '{"a":1}' },
        ],
      },
    ]);
    expect(problems).toHaveLength(1);
  });

  it('reads the items of the Responses API', () => {
    const problems: string[] = [];
    const messages = readOpenAIMessages(
      [
        { role: 'user', content: [{ type: 'input_text', text: 'Weather?' }] },
        { type: 'reasoning', id: 'rs', summary: [{ type: 'summary_text', text: 'Look it up.' }] },
        { type: 'reasoning', id: 'rs_2', summary: [], encrypted_content: 'gAAAA' },
        { type: 'function_call', call_id: 'c', id: 'fc', name: 'weather', arguments: '{"city":"Oslo"}' },
        { type: 'function_call_output', call_id: 'c', output: 'cold' },
        { type: 'web_search_call', id: 'ws', status: 'completed', action: { type: 'search', query: 'Oslo' } },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Cold.' }] },
      ],
      (reason) => problems.push(reason),
    );
    expect(messages).toEqual([
      { role: 'user', parts: [{ type: 'text', content: 'Weather?' }] },
      { role: 'assistant', parts: [{ type: 'reasoning', content: 'Look it up.' }] },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'c', name: 'weather', arguments: { city: 'Oslo' } }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c', response: 'cold' }] },
      {
        role: 'assistant',
        parts: [
          {
            type: 'server_tool_call',
            id: 'ws',
            name: 'web_search',
            server_tool_call: { type: 'web_search', action: { type: 'search', query: 'Oslo' } },
          },
        ],
      },
      { role: 'assistant', parts: [{ type: 'text', content: 'Cold.' }] },
    ]);
    expect(validateInputMessages(messages)).toEqual([]);
    expect(problems).toEqual(['encrypted reasoning is left out']);
  });

  it('takes a text for what the user said, and nothing that is no messages', () => {
    expect(read('Hi')).toEqual([{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }]);
    for (const value of [undefined, null, 1, {}, { question: 'x' }, [{ question: 'x' }], [1], { messages: {} }]) {
      expect(read(value)).toBeUndefined();
    }
  });

  it('throws nothing, whatever it is given', () => {
    const word = fc.constantFrom(
      'role',
      'content',
      'parts',
      'tool_calls',
      'type',
      'image_url',
      'function',
      '__proto__',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom<unknown>('user', 'tool', 'image_url', 'reasoning', 'data:,', null, 7, true, '{"a":'),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(word, tie('tree'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const messages = readOpenAIMessages(value, () => undefined);
        writeOpenAIMessages(Array.isArray(value) ? (value as InputMessage[]) : [], () => undefined);
        if (messages !== undefined) writeOpenAIMessages(messages, () => undefined);
      }),
      fuzz(100),
    );
  });
});

const base64 = fc.uint8Array({ maxLength: 9 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const mimeType = fc.constantFrom('image/png', 'audio/wav', 'video/mp4', 'application/pdf', null, undefined);
const modality = fc.constantFrom('image', 'audio', 'video', 'document', 'scent');
const id = fc.constantFrom('call_1', undefined);
const text = fc.constantFrom('', 'Hi', '{"a":1}', '  ');
const part: fc.Arbitrary<MessagePart> = fc.oneof(
  text.map((content) => ({ type: 'text', content })),
  text.map((content) => ({ type: 'text', content, annotations: [] })),
  text.map((content) => ({ type: 'reasoning', content })),
  text.map((content) => ({ type: 'refusal', content })),
  fc.record({ type: fc.constant('blob'), modality, mime_type: mimeType, content: base64 }),
  fc.record({ type: fc.constant('uri'), modality, mime_type: mimeType, uri: fc.constant('https://example.com/x') }),
  fc.record({ type: fc.constant('file'), modality, mime_type: mimeType, file_id: fc.constant('file-1') }),
  fc.record({
    type: fc.constant('tool_call'),
    id,
    name: fc.constantFrom('weather', 'constructor'),
    arguments: fc.constantFrom<unknown>({ a: 1 }, 'free text', 5, [1], undefined, null),
  }),
  fc.record({
    type: fc.constant('tool_call_response'),
    id,
    response: fc.constantFrom<unknown>('cold', { a: 1 }, null, '', [], [{ type: 'text', content: 'x' }]),
  }),
  fc.constant({ type: 'server_tool_call', name: 'web_search', server_tool_call: { type: 'web_search' } }),
  fc.constant({ type: 'compaction', id: 'x', content: 'y' }),
  fc.constant({ type: 'own', of: { mine: [1] } }),
);
const message: fc.Arbitrary<InputMessage> = fc.record(
  {
    role: fc.constantFrom('system', 'developer', 'user', 'assistant', 'tool', 'function', 'critic'),
    parts: fc.array(part, { maxLength: 4 }),
    name: fc.constantFrom('ada'),
  },
  { requiredKeys: ['role', 'parts'] },
);

describe('writeOpenAIMessages', () => {
  it('loses nothing on the way there and back that it does not report', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 3 }), (messages) => {
        const problems: string[] = [];
        const written = writeOpenAIMessages(messages, (reason) => problems.push(reason));
        const there = JSON.parse(JSON.stringify(written)) as unknown;
        const back = readOpenAIMessages(there, (reason) => problems.push(reason));
        fc.pre(problems.length === 0);
        expect(plain(back)).toEqual(plain(messages));
      }),
      fuzz(1000),
    );
  });

  it('reports nothing for what chat completions can say', () => {
    const problems: string[] = [];
    const conversation = [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${PIXEL}` } },
          { type: 'input_audio', input_audio: { data: PIXEL, format: 'mp3' } },
          { type: 'file', file: { file_id: 'file-1' } },
        ],
      },
      {
        role: 'assistant',
        content: 'Let me see.',
        refusal: 'No.',
        reasoning_content: 'Hm.',
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }],
      },
      { role: 'tool', tool_call_id: 'c', content: 'cold' },
    ];
    const messages = readOpenAIMessages(conversation, (reason) => problems.push(reason)) ?? [];
    expect(writeOpenAIMessages(messages, (reason) => problems.push(reason))).toEqual(conversation);
    expect(problems).toEqual([]);
  });
});

/** `null` and an absent field say the same. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, field: unknown) => field ?? undefined) as unknown;
}
