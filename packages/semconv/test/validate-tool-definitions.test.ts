import { validateToolDefinitions } from '../src/validate-tool-definitions';

it.each<[string, unknown]>([
  [
    'a function with all fields',
    [
      {
        type: 'function',
        name: 'f',
        description: 'd',
        parameters: { type: 'object', properties: {}, required: ['a'] },
      },
    ],
  ],
  ['a function with its name only', [{ type: 'function', name: 'f' }]],
  [
    'a function whose provider has no description',
    [{ type: 'function', name: 'f', description: null, parameters: null }],
  ],
  ['parameters of several types', [{ type: 'function', name: 'f', parameters: { type: ['object', 'null'] } }]],
  ['a tool of another kind', [{ type: 'mcp', name: 'deepwiki', parameters: 'free' }]],
  ['the same as JSON', '[{"type":"function","name":"f"}]'],
])('takes %s', (_title, value) => {
  expect(validateToolDefinitions(value)).toEqual([]);
});

const TYPES = 'one or several of array, boolean, integer, null, number, object, string';

it.each<[string, unknown, string, string, string]>([
  [
    "OpenAI's nested shape",
    [{ type: 'function', function: { name: 'f' } }],
    '$[0].name',
    'fields of the function at the top',
    'object `function`',
  ],
  ['a tool without a name', [{ type: 'web_search' }], '$[0].name', 'non-empty string', 'nothing'],
  ['a tool without a type', [{ name: 'f' }], '$[0].type', 'non-empty string', 'nothing'],
  [
    'a description that is a list',
    [{ type: 'function', name: 'f', description: [] }],
    '$[0].description',
    'string, null or nothing',
    'array',
  ],
  [
    'parameters as a string',
    [{ type: 'function', name: 'f', parameters: '{}' }],
    '$[0].parameters',
    'JSON Schema, null or nothing',
    'string',
  ],
  [
    'parameters as a list',
    [{ type: 'function', name: 'f', parameters: [] }],
    '$[0].parameters',
    'JSON Schema, null or nothing',
    'array',
  ],
  [
    'a type unknown to JSON Schema',
    [{ type: 'function', name: 'f', parameters: { type: 'ZodObject' } }],
    '$[0].parameters.type',
    TYPES,
    'string that is none of them',
  ],
  [
    'no type at all in a list',
    [{ type: 'function', name: 'f', parameters: { type: [] } }],
    '$[0].parameters.type',
    TYPES,
    'array',
  ],
  [
    'properties as a list',
    [{ type: 'function', name: 'f', parameters: { properties: [] } }],
    '$[0].parameters.properties',
    'object',
    'array',
  ],
  [
    'required as in draft-03',
    [{ type: 'function', name: 'f', parameters: { required: true } }],
    '$[0].parameters.required',
    'array of strings',
    'boolean',
  ],
  ['a map of tools', { f: { type: 'function', name: 'f' } }, '$', 'list of tool definitions', 'object'],
])('reports %s', (_title, value, path, expected, got) => {
  expect(validateToolDefinitions(value)).toEqual([{ path, expected, got }]);
});
