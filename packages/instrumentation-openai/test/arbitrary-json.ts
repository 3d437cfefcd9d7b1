import fc from 'fast-check';

const TRICKY = [
  '',
  'text',
  'image_url',
  'input_audio',
  'file',
  'refusal',
  'function',
  'custom',
  'tool',
  'tool_call',
  'tool_call_response',
  'blob',
  'uri',
  'reasoning',
  'compaction',
  '__proto__',
  'constructor',
  'toString',
  'data:',
  'data:,a%',
  'data:image/png;base64,YQ',
  'DATA:image/png;base64,YQ==',
  'https://example.com/a.png',
  'a.png',
  'YWJj',
  '{"a":1}',
  '[',
  'stop',
  'tool_calls',
  'image_generation.completed',
  'transcript.text.delta',
  'transcript.text.done',
];

/** Any JSON, made of the given names and of values that lead code astray: what a server or a caller may send. */
export function arbitraryJson(names: readonly string[]): fc.Arbitrary<unknown> {
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.oneof(fc.constantFrom<unknown>(null, true, false, 0, 1, -1, 0.5, 1e9, ...TRICKY), fc.string({ maxLength: 8 })),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 6 }),
    ),
  }));
  return value;
}
