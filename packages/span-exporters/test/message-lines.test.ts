import { messageBlocks, valueLines } from '../src/message-lines.js';

const message = (role: string, ...parts: unknown[]) => ({ role, parts });
const lines = (value: unknown, maxChars = 100) =>
  messageBlocks(value, 'input', maxChars).flatMap(({ label, lines: own }) => own.map((line) => `${label}: ${line}`));

test.each([
  ['text', { type: 'text', content: 'hello\nyou' }, ['user: hello', 'user: you']],
  ['reasoning', { type: 'reasoning', content: 'hm' }, ['user: (reasoning)', 'user: hm']],
  ['a tool call', { type: 'tool_call', name: 'f', arguments: { a: 1 } }, ['user: → f({"a":1})']],
  ['a tool call without arguments', { type: 'tool_call', name: 'f' }, ['user: → f()']],
  ['a tool’s answer', { type: 'tool_call_response', response: [1] }, ['user: ← [1]']],
  [
    'bytes',
    { type: 'blob', modality: 'image', mime_type: 'image/png', content: 'A'.repeat(16_000) },
    ['user: [image/png, 12 KB]'],
  ],
  ['a reference', { type: 'uri', modality: 'image', uri: 'https://x/y.png' }, ['user: [image https://x/y.png]']],
  ['a file', { type: 'file', modality: 'document', file_id: 'f1' }, ['user: [document file f1]']],
  ['a part of a kind that is not known', { type: 'new', x: 1 }, ['user: {"type":"new","x":1}']],
  ['a part of a kind that every object knows', { type: 'constructor' }, ['user: {"type":"constructor"}']],
  ['what is not a part', 'plain', ['user: plain']],
])('prints %s', (_, part, expected) => {
  expect(lines([message('user', part)])).toEqual(expected);
  expect(lines(JSON.stringify([message('user', part)]))).toEqual(expected);
});

test('prints system instructions, which are parts without messages', () => {
  expect(lines([{ type: 'text', content: 'Be brief.' }])).toEqual(['input: Be brief.']);
});

test('prints what is not messages as it is', () => {
  expect(lines('not JSON')).toEqual(['input: not JSON']);
  expect(lines('{"role":"user"}')).toEqual(['input: {"role":"user"}']);
});

test('cuts each text at the bound, and a long conversation at its last messages', () => {
  expect(lines([message('user', { type: 'text', content: 'x'.repeat(50) })], 10)).toEqual([
    'user: xxxxxxxxxx',
    'user: … 40 more characters',
  ]);
  const many = Array.from({ length: 25 }, (_, i) => message('user', { type: 'text', content: String(i) }));
  expect(lines(many).slice(0, 2)).toEqual(['…: 5 earlier messages', 'user: 5']);
  const parts = Array.from({ length: 30 }, () => ({ type: 'text', content: 'p' }));
  expect(lines([message('user', ...parts)])).toHaveLength(21);
});

test('lets no escape sequence through, wherever it stands', () => {
  const evil = '\u001b]0;owned\u0007';
  const value = [
    message(evil, { type: 'text', content: evil }, { type: 'tool_call', name: evil, arguments: evil }),
    message('user', { type: 'uri', modality: evil, uri: evil }, { type: evil }),
  ];
  expect(lines(value).join('')).not.toMatch(/\p{Cc}/u);
});

test('survives a value that JSON cannot express', () => {
  const circular: unknown[] = [];
  circular.push(circular);
  expect(valueLines({ circular }, 100)).toEqual(['(not printable)']);
});
