import { validateInputMessages, validateOutputMessages, validateSystemInstructions } from '@genspan/semconv';
import type { Attributes } from '@opentelemetry/api';
import * as fc from 'fast-check';
import type { PayloadOptions } from '../src/payload-options.js';
import { apply, INPUT, message, parses, range, text } from './payload-fixtures.js';

const LONE_SURROGATE = /[\ud800-\udfff]/u;

describe('laws', () => {
  const content = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.constant('long text '.repeat(200)),
    fc.constant('"\\\n😀'.repeat(150)),
  );
  const anyPart = fc.oneof(
    content.map(text),
    fc.record({ type: fc.constant('reasoning'), content }),
    fc.record({
      type: fc.constant('tool_call'),
      id: fc.constantFrom('a', 'b', 'c'),
      name: fc.constant('f'),
      arguments: fc.jsonValue(),
    }),
    fc.record({
      type: fc.constant('tool_call_response'),
      id: fc.constantFrom('a', 'b', 'c'),
      response: fc.oneof(fc.jsonValue(), content),
    }),
    fc.record({
      type: fc.constant('blob'),
      modality: fc.constant('image'),
      content: fc.base64String({ maxLength: 2_000 }),
    }),
  );
  const messages = fc.array(
    fc.record({
      role: fc.constantFrom('system', 'user', 'assistant', 'tool'),
      parts: fc.array(anyPart, { maxLength: 6 }),
    }),
    { maxLength: 12 },
  );
  const limits = fc.integer({ min: 256, max: 4_000 });
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const options = fc
    .record({
      maxValueBytes: limits,
      maxMessageBytes: optional(limits),
      keepFirstMessages: optional(fc.integer({ min: 0, max: 3 })),
      keepLastMessages: optional(fc.integer({ min: 0, max: 3 })),
      embeddings: fc.constantFrom('keep' as const, 'length' as const),
      dropToolDefinitions: fc.constantFrom(false, 'names' as const),
    })
    .map(
      (record) =>
        Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as PayloadOptions,
    );

  it('messages stay valid and within the limit, and a second pass changes nothing', () => {
    fc.assert(
      fc.property(messages, options, (given, chosen) => {
        const json = JSON.stringify(given);
        fc.pre(validateInputMessages(json).length === 0);
        const once = apply(chosen, {
          [INPUT]: json,
          'gen_ai.output.messages': json,
          'gen_ai.system_instructions': json,
        });
        for (const key of [INPUT, 'gen_ai.output.messages']) {
          const cut = String(once.attributes[key]);
          expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(chosen.maxValueBytes ?? 0);
          expect(validateInputMessages(cut)).toEqual([]);
          expect(validateOutputMessages(cut)).toEqual([]);
          if (once.attributes[key] !== json) expect(once.attributes['genspan.payload.truncated']).toContain(key);
        }
        expect(apply(chosen, once.attributes as Attributes).changes).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });

  it('instructions and structured messages stay valid, too', () => {
    fc.assert(
      fc.property(fc.array(content.map(text), { maxLength: 30 }), messages, limits, (parts, given, maxValueBytes) => {
        const json = JSON.stringify(parts);
        const { attributes } = apply({ maxValueBytes }, {
          'gen_ai.system_instructions': json,
          [INPUT]: given,
        } as unknown as Attributes);
        expect(validateSystemInstructions(attributes['gen_ai.system_instructions'])).toEqual([]);
        expect(Buffer.byteLength(String(attributes['gen_ai.system_instructions']))).toBeLessThanOrEqual(maxValueBytes);
        expect(Buffer.byteLength(JSON.stringify(attributes[INPUT]))).toBeLessThanOrEqual(maxValueBytes);
        if (validateInputMessages(given).length === 0) expect(validateInputMessages(attributes[INPUT])).toEqual([]);
      }),
    );
  });

  it('JSON stays JSON, text stays text, of whatever shape under whatever key', () => {
    const keys = fc.constantFrom(INPUT, 'gen_ai.tool.definitions', 'gen_ai.retrieval.documents', 'input.value', 'x');
    const bulky = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        content,
        fc.double(),
        fc.array(tie('value'), { maxLength: 8 }),
        fc.dictionary(content, tie('value'), { maxKeys: 5 }),
      ),
    })).value;
    const excluded = fc.constantFrom<string[]>([], ['a*'], ['*.kind', 'b'], ['x.**.c*']);
    fc.assert(
      fc.property(keys, bulky, limits, options, excluded, (key, value, maxValueBytes, chosen, exclude) => {
        const json = JSON.stringify(value);
        const all = { ...chosen, maxValueBytes, excludeFields: exclude };
        const { attributes } = apply(all, { [key]: json });
        const cut = String(attributes[key]);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(maxValueBytes);
        if (json.startsWith('{') || json.startsWith('[')) expect(parses(cut)).toBe(true);
        expect(apply(all, attributes as Attributes).changes).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('plain text stays a beginning of itself and a note', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 50, maxLength: 1_000 }), (given) => {
        const long = `_${given}`;
        const cut = String(apply({ maxValueBytes: 256 }, { x: long }).attributes['x']);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(256);
        if (cut === long) return;
        const kept = cut.slice(0, cut.lastIndexOf('… ['));
        expect(long.startsWith(kept)).toBe(true);
        if (!LONE_SURROGATE.test(long)) expect(cut).not.toMatch(LONE_SURROGATE);
      }),
    );
  });
});

describe('texts of too many values to be read', () => {
  const many = 120_000;

  it('of a list the first entries stay, and a note of the rest', () => {
    const given = JSON.stringify(range(many).map((index) => message('user', text(`message ${index}`))));
    const { attributes, stats } = apply({ maxValueBytes: 10_000 }, { [INPUT]: given });
    const cut = String(attributes[INPUT]);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(10_000);
    expect(Buffer.byteLength(cut)).toBeGreaterThan(9_800);
    expect(validateInputMessages(cut)).toEqual([]);
    const messages = JSON.parse(cut) as { parts: { content: string }[] }[];
    expect(messages[0]?.parts[0]?.content).toBe('message 0');
    const kept = JSON.stringify(messages.slice(0, -1)).length - 1;
    const gone = (given.length - kept).toLocaleString('en-US');
    expect(messages.at(-1)).toEqual({ role: 'system', parts: [{ type: 'text', content: `… [${gone} bytes cut]` }] });
    expect(stats.truncatedValues).toBe(1);
  });

  it('of a list whose first entry has no room, a note', () => {
    const given = JSON.stringify([message('user', ...range(many).map(() => text('part')))]);
    const cut = String(apply({ maxValueBytes: 1_000 }, { [INPUT]: given }).attributes[INPUT]);
    expect(validateInputMessages(cut)).toEqual([]);
    expect(cut).toContain(`… [${given.length.toLocaleString('en-US')} bytes cut]`);
  });

  it('of other JSON its beginning', () => {
    const given = JSON.stringify({ first: 'é', rest: range(600_000) });
    const cut = String(apply({ maxValueBytes: 1_000 }, { other: given }).attributes['other']);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(1_000);
    expect(JSON.parse(cut)).toMatchObject({ first: 'é' });
    expect(cut.startsWith(given.slice(0, 900))).toBe(true);
  });
});

describe('hostile values', () => {
  const cases: [string, string][] = [
    ['100,000 levels', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['100,000 levels of objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
    ['16 MB of text', JSON.stringify([message('user', text('x'.repeat(16_000_000)))])],
    ['4 MB of escapes', JSON.stringify([message('user', text('\n'.repeat(2_000_000)))])],
    ['two million numbers', `[${'1,'.repeat(2_000_000)}1]`],
    ['4 MB of brackets that never close', `${'['.repeat(4_000_000)}]`],
    ['16 MB of backslashes in no JSON', `["${'\\'.repeat(16_000_001)}"]`],
    ['100,000 messages', JSON.stringify(range(100_000).map(() => message('user')))],
  ];

  it.each(cases)(
    'takes a short time for %s',
    (_, given) => {
      const started = process.hrtime.bigint();
      const { attributes } = apply({ maxValueBytes: 10_000 }, { [INPUT]: given, other: given });
      const millis = Number(process.hrtime.bigint() - started) / 1e6;
      for (const key of [INPUT, 'other'])
        expect(Buffer.byteLength(String(attributes[key]))).toBeLessThanOrEqual(10_000);
      expect(millis).toBeLessThan(4_000);
    },
    30_000,
  );
});
