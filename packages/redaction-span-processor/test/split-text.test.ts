import { joinedTexts, mayHaveParts } from '../src/split-text.js';

const part = (text: string, more: object = {}): object => ({ type: 'text', text, ...more });
const texts = (json: string): string[] => joinedTexts(json).map(({ text }) => text);

describe('texts that are joined', () => {
  test.each<[string, unknown, readonly string[]]>([
    ['text parts of a provider', [part('a'), part('b'), part('c')], ['abc']],
    [
      'parts of the conventions',
      [
        {
          role: 'user',
          parts: [
            { type: 'text', content: 'a' },
            { type: 'text', content: 'b' },
          ],
        },
      ],
      ['ab'],
    ],
    [
      'other kinds of text',
      [
        { type: 'input_text', text: 'a' },
        { type: 'output_text', text: 'b' },
      ],
      ['ab'],
    ],
    ['both members', [{ content: 'a', type: 'text' }, part('b')], ['ab']],
    ['parts with more in them', [part('a', { cache_control: { type: 'ephemeral' } }), part('b', { n: 1 })], ['ab']],
    [
      'parts with something between them',
      [part('a'), part('b'), { type: 'image_url' }, part('c'), part('d')],
      ['ab', 'cd'],
    ],
    ['parts of two messages', [{ content: [part('a'), part('b')] }, { content: [part('c'), part('d')] }], ['ab', 'cd']],
    ['parts inside of parts', [part('a', { inner: [part('x'), part('y')] }), part('b')], ['xy', 'ab']],
    ['a single part', [part('a')], []],
    [
      'messages, which are no parts',
      [
        { role: 'user', content: 'a' },
        { role: 'user', content: 'b' },
      ],
      [],
    ],
    [
      'parts of another type',
      [
        { type: 'image', content: 'a' },
        { type: 'image', content: 'b' },
      ],
      [],
    ],
    [
      'parts whose text is none',
      [
        { type: 'text', text: 1 },
        { type: 'text', text: null },
      ],
      [],
    ],
    [
      'a type that is none',
      [
        { type: 1, text: 'a' },
        { type: ['text'], text: 'b' },
      ],
      [],
    ],
  ])('are those of %s', (_what, value, expected) => {
    expect(texts(JSON.stringify(value)).toSorted()).toEqual(expected.toSorted());
    expect(texts(JSON.stringify(value, undefined, 4)).toSorted()).toEqual(expected.toSorted());
  });

  test.each([
    '',
    '[',
    'a text',
    '{"type":"text"}',
    '["a","b"]',
    '[{"type":"text","text":"a"},{"type":"text","text":"b"',
  ])('are none of %j', (json) => {
    expect(texts(json)).toEqual([]);
  });

  test('come from where they say, escapes and all', () => {
    const json = String.raw`[{"type":"text","text":"a\u0040b"}, {"type":"text","text":"\n\"c"}]`;
    const [joined] = joinedTexts(json);
    expect(joined?.text).toBe('a@b\n"c');
    const raws = joined?.parts.map((one) => json.slice(...one.raw(one.start, one.end)));
    expect(raws).toEqual([String.raw`a\u0040b`, String.raw`\n\"c`]);
    const [first, second] = joined?.parts ?? [];
    expect([first?.start, first?.end, second?.start, second?.end]).toEqual([0, 3, 3, 6]);
    expect(json.slice(...(first?.raw(1, 2) ?? [0, 0]))).toBe(String.raw`\u0040`);
    expect(json.slice(...(second?.raw(4, 6) ?? [0, 0]))).toBe(String.raw`\"c`);
  });

  test('may be empty', () => {
    expect(texts(JSON.stringify([part(''), part('a')]))).toEqual(['a']);
  });
});

describe('what may have parts', () => {
  test.each<[string, unknown]>([
    ['parts', [part('a'), part('b')]],
    [
      'parts with their text first',
      [
        { text: 'a', type: 'text' },
        { text: 'b', type: 'text' },
      ],
    ],
    [
      'parts of the conventions',
      [
        { content: 'a', type: 'text' },
        { content: 'b', type: 'text' },
      ],
    ],
    ['parts that end with an object', [part('a', { cache_control: { type: 'ephemeral' } }), part('b')]],
    ['parts that end with a list', [part('a', { annotations: [] }), part('b')]],
    ['parts that end with a number', [part('a', { index: 0 }), part('b', { index: 1 })]],
    ['parts in a message', { messages: [{ role: 'user', content: [part('a'), part('b')] }] }],
    ['parts behind others', [{ type: 'image', url: 'x' }, part('a'), part('b')]],
  ])('is a text with %s', (_what, value) => {
    expect(joinedTexts(JSON.stringify(value))).not.toEqual([]);
    expect(mayHaveParts(JSON.stringify(value))).toBe(true);
    expect(mayHaveParts(JSON.stringify(value, undefined, 2))).toBe(true);
    expect(mayHaveParts(JSON.stringify(value, undefined, '\t'))).toBe(true);
    expect(mayHaveParts(JSON.stringify(value, undefined, 2).replaceAll('\n', '\r\n'))).toBe(true);
  });

  test.each([
    '',
    '}',
    '[{"role":"user","content":"a"},{"role":"user","content":"b"}]',
    '[{"role":"user","parts":[{"type":"text","content":"a"}]},{"role":"user","parts":[{"type":"text","content":"b"}]}]',
    '{"a":{"b":1},"type":"text"}',
  ])('is not %s', (json) => {
    expect(mayHaveParts(json)).toBe(false);
  });

  test('is found in linear time', () => {
    const hostile = ['}'.repeat(500_000), '},'.repeat(250_000), `${' '.repeat(500_000)}}`, '}   '.repeat(120_000)];
    for (const text of hostile) {
      const start = performance.now();
      expect(mayHaveParts(text)).toBe(false);
      expect(performance.now() - start).toBeLessThan(500);
    }
  });
});
