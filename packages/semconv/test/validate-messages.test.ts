import { FINISH_REASONS } from '../src/messages';
import { validateInputMessages, validateOutputMessages } from '../src/validate-messages';

const BOTH = [
  ['input', validateInputMessages],
  ['output', validateOutputMessages],
] as const;

describe.each(BOTH)('%s messages', (_kind, validate) => {
  it.each<[string, unknown, string, string, string]>([
    ['nothing', undefined, '$', 'list of messages', 'nothing'],
    ['one message instead of a list', { role: 'user', parts: [] }, '$', 'list of messages', 'object'],
    ['a plain string', 'Hello', '$', 'list of messages', 'string that is not JSON'],
    ['a JSON string of a string', '"Hello"', '$', 'list of messages', 'string'],
    ['a string among the messages', ['Hello'], '$[0]', 'object', 'string'],
    ['null among the messages', [null], '$[0]', 'object', 'null'],
    ['an OpenAI message', [{ role: 'user', content: 'x' }], '$[0].parts', 'field `parts`', 'field `content`'],
    ['a message without parts', [{ role: 'user' }], '$[0].parts', 'list of parts', 'nothing'],
    ['parts that are a string', [{ role: 'user', parts: 'x' }], '$[0].parts', 'list of parts', 'string'],
    ['a string among the parts', [{ role: 'user', parts: ['x'] }], '$[0].parts[0]', 'object', 'string'],
    ['a message without a role', [{ parts: [] }], '$[0].role', 'non-empty string', 'nothing'],
    [
      'a name that is a number',
      [{ role: 'user', parts: [], name: 1 }],
      '$[0].name',
      'string, null or nothing',
      'number',
    ],
  ])('report %s', (_title, value, path, expected, got) => {
    expect(validate(value)).toEqual([{ path, expected, got }]);
  });

  it("take a provider's own role", () => {
    expect(validate([{ role: 'developer', parts: [{ type: 'text', content: 'x' }] }])).toEqual([]);
  });

  it('take an empty list', () => {
    expect(validate('[]')).toEqual([]);
  });

  it('tell the place in a later message', () => {
    const value = [
      { role: 'user', parts: [] },
      { role: 'user', parts: [{ type: 'a' }, { type: 'text' }] },
    ];
    expect(validate(value).map(({ path }) => path)).toEqual(['$[1].parts[1].content']);
  });

  it('never hold content, neither of values nor of fields', () => {
    const secret = ['sk', 'test', 'x'.repeat(20)].join('-');
    const values: unknown[] = [
      secret,
      JSON.stringify(secret),
      `[${secret}`,
      [secret, { [secret]: secret, role: [secret], parts: { [secret]: 1 } }],
      [
        {
          role: 'user',
          parts: [
            { type: 'text', content: { secret } },
            { type: 'uri', uri: `data:${secret}` },
          ],
        },
      ],
      [{ role: 'user', parts: [{ type: [secret] }, { type: 'blob', content: secret, mime_type: secret }] }],
      [{ role: 'user', parts: [], name: { secret }, finish_reason: secret }],
      { [secret]: secret },
    ];
    for (const value of values) {
      const problems = validate(value);
      expect(JSON.stringify(problems)).not.toContain(secret);
    }
  });

  it('report a value that throws when it is read', () => {
    const message = Object.defineProperty({}, 'role', {
      get() {
        throw new Error('no');
      },
    });
    expect(validate([message])).toEqual([
      { path: '$', expected: 'list of messages', got: 'value that throws when it is read' },
    ]);
  });

  it('leave the value as it is', () => {
    const value = Object.freeze([
      Object.freeze({ role: 'user', parts: Object.freeze([Object.freeze({ type: 'text' })]) }),
    ]);
    expect(validate(value)).toHaveLength(1);
  });
});

const choice = (finish_reason: unknown) => [{ role: 'assistant', parts: [], finish_reason }];

it.each([...FINISH_REASONS, null, undefined])('output messages take the finish reason %s', (reason) => {
  expect(validateOutputMessages(choice(reason))).toEqual([]);
});

it.each([
  ["OpenAI's tool_calls", 'tool_calls', 'string that is none of them'],
  ["Anthropic's end_turn", 'end_turn', 'string that is none of them'],
  ['an empty one', '', 'empty string'],
  ['a list of them', ['stop'], 'array'],
])('output messages report %s as finish reason', (_title, reason, got) => {
  expect(validateOutputMessages(choice(reason))).toEqual([
    {
      path: '$[0].finish_reason',
      expected: 'one of stop, length, content_filter, tool_call, compaction, error',
      got,
    },
  ]);
});

it('input messages may carry any finish reason, because the conventions give them none', () => {
  expect(validateInputMessages(choice('tool_calls'))).toEqual([]);
});
