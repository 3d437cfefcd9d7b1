import { validateInputMessages } from '../src/validate-messages';
import { officialSchema } from './official-schemas';

const official = officialSchema('current', 'input-messages');
const message = (part: unknown) => [{ role: 'user', parts: [part] }];

// Real mistakes of instrumentations and of formats that look alike. The official schema takes nearly all of them as generic parts.
const MISTAKES: readonly [title: string, part: object, field: string, expected: string, got: string][] = [
  ['text under `text`', { type: 'text', text: 'x' }, 'content', 'field `content`', 'field `text`'],
  ['text without content', { type: 'text' }, 'content', 'string', 'nothing'],
  ['text whose content is a list', { type: 'text', content: [] }, 'content', 'string', 'array'],
  ['reasoning under `text`', { type: 'reasoning', text: 'x' }, 'content', 'field `content`', 'field `text`'],
  ['a tool call without a name', { type: 'tool_call', id: 'a' }, 'name', 'non-empty string', 'nothing'],
  ['a tool call with an empty name', { type: 'tool_call', name: '' }, 'name', 'non-empty string', 'empty string'],
  [
    'a tool call with a number as id',
    { type: 'tool_call', name: 'f', id: 1 },
    'id',
    'string, null or nothing',
    'number',
  ],
  ['a nested OpenAI tool call', { type: 'tool_call', function: { name: 'f' } }, 'name', 'non-empty string', 'nothing'],
  [
    'a tool result under `result`',
    { type: 'tool_call_response', result: 1 },
    'response',
    'field `response`',
    'field `result`',
  ],
  ['a tool result without one', { type: 'tool_call_response', id: 'a' }, 'response', 'any value', 'nothing'],
  [
    'a server call without details',
    { type: 'server_tool_call', name: 's' },
    'server_tool_call',
    'object with a `type`',
    'nothing',
  ],
  [
    'server call details without a type',
    { type: 'server_tool_call', name: 's', server_tool_call: {} },
    'server_tool_call.type',
    'non-empty string',
    'nothing',
  ],
  [
    'a server result that is a string',
    { type: 'server_tool_call_response', server_tool_call_response: 'x' },
    'server_tool_call_response',
    'object with a `type`',
    'string',
  ],
  ['a blob without modality', { type: 'blob', content: 'AAAA' }, 'modality', 'non-empty string', 'nothing'],
  [
    'a blob that is a data: URL',
    { type: 'blob', modality: 'image', content: 'data:image/png;base64,AAAA' },
    'content',
    'base64 without a data: prefix',
    'data: URL',
  ],
  [
    'a blob that is not base64',
    { type: 'blob', modality: 'image', content: 'no base64!!!' },
    'content',
    'base64 without a data: prefix',
    'string that is not base64',
  ],
  [
    'a blob without padding',
    { type: 'blob', modality: 'image', content: 'AAA' },
    'content',
    'base64 without a data: prefix',
    'string that is not base64',
  ],
  [
    'a blob in the URL alphabet',
    { type: 'blob', modality: 'image', content: 'A-_A' },
    'content',
    'base64 without a data: prefix',
    'string that is not base64',
  ],
  [
    'a blob under `data`',
    { type: 'blob', modality: 'image', data: 'AAAA' },
    'content',
    'field `content`',
    'field `data`',
  ],
  [
    'a blob of bytes',
    { type: 'blob', modality: 'image', content: new Uint8Array(4) },
    'content',
    'base64 without a data: prefix',
    'object',
  ],
  [
    'a format where a MIME type belongs',
    { type: 'blob', modality: 'audio', content: 'AAAA', mime_type: 'wav' },
    'mime_type',
    'MIME type such as image/png, null or nothing',
    'string that is not a MIME type',
  ],
  [
    'a data: URL in a uri part',
    { type: 'uri', modality: 'image', uri: 'data:image/png;base64,AAAA' },
    'uri',
    'URI other than a data: URL',
    'data: URL',
  ],
  [
    'a DATA: URL in a uri part',
    { type: 'uri', modality: 'image', uri: 'DATA:,x' },
    'uri',
    'URI other than a data: URL',
    'data: URL',
  ],
  ['a uri under `url`', { type: 'uri', modality: 'image', url: 'https://a' }, 'uri', 'field `uri`', 'field `url`'],
  ['a file under `id`', { type: 'file', modality: 'image', id: 'f' }, 'file_id', 'field `file_id`', 'field `id`'],
  ['a compaction of numbers', { type: 'compaction', content: 1 }, 'content', 'string, null or nothing', 'number'],
  ['a part without a type', { content: 'x' }, 'type', 'non-empty string', 'nothing'],
  ['a part with an empty type', { type: '' }, 'type', 'non-empty string', 'empty string'],
  ['a part whose type is a number', { type: 1 }, 'type', 'non-empty string', 'number'],
];

it.each(MISTAKES)('reports %s', (_title, part, field, expected, got) => {
  expect(validateInputMessages(message(part))).toEqual([{ path: `$[0].parts[0].${field}`, expected, got }]);
});

it('is needed, because the official schema lets most of these pass', () => {
  const passed = MISTAKES.filter(([, part]) => official(message(part)));
  expect(passed.length).toBeGreaterThanOrEqual(MISTAKES.length - 2);
});

it.each([
  ['a generic part', { type: 'weather_map', anything: [1] }],
  ['a part called constructor', { type: 'constructor' }],
  ['a part called __proto__', { type: '__proto__' }],
  ['a known part with more fields', { type: 'text', content: '', provider_field: 1 }],
  ['a null tool result', { type: 'tool_call_response', response: null }],
  ['an empty compaction', { type: 'compaction' }],
  ['a modality of its own', { type: 'file', modality: 'hologram', file_id: 'f' }],
])('takes %s', (_title, part) => {
  expect(validateInputMessages(message(part))).toEqual([]);
});

it('reports every problem of a part, not only the first', () => {
  const problems = validateInputMessages(message({ type: 'blob', mime_type: 5 }));
  expect(problems.map(({ path }) => path)).toEqual([
    '$[0].parts[0].modality',
    '$[0].parts[0].mime_type',
    '$[0].parts[0].content',
  ]);
});
