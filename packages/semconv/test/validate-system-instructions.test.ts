import { validateSystemInstructions } from '../src/validate-system-instructions';

it.each([
  [
    'a list of texts',
    [
      { type: 'text', content: 'a' },
      { type: 'text', content: '' },
    ],
  ],
  ['the same as JSON', '[{"type":"text","content":"a"}]'],
  ['an empty list', []],
])('takes %s', (_title, value) => {
  expect(validateSystemInstructions(value)).toEqual([]);
});

it.each<[string, unknown, string, string, string]>([
  ['a plain string', 'You are kind.', '$', 'list of text parts', 'string that is not JSON'],
  ['a plain string that reads as JSON', '42', '$', 'list of text parts', 'number'],
  ['a list of strings', ['You are kind.'], '$[0]', 'object', 'string'],
  [
    'a part of another type',
    [{ type: 'uri', modality: 'image', uri: 'https://a' }],
    '$[0].type',
    'type text',
    'another type',
  ],
  ['a generic part', [{ type: 'input_text', text: 'a' }], '$[0].type', 'type text', 'another type'],
  ['a part without a type', [{ content: 'a' }], '$[0].type', 'type text', 'nothing'],
  ['a text without content', [{ type: 'text', text: 'a' }], '$[0].content', 'field `content`', 'field `text`'],
  ['a message', [{ role: 'system', parts: [] }], '$[0].type', 'type text', 'nothing'],
])('reports %s', (_title, value, path, expected, got) => {
  expect(validateSystemInstructions(value)).toEqual([{ path, expected, got }]);
});
