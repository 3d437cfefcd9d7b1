import { OptionError } from '@genspan/span-processor-base';
import * as fc from 'fast-check';
import { REMOVE_FIELD, StructureError } from '../src/field-replace.js';
import type { FieldReplace } from '../src/field-replace.js';
import { compileFieldRules } from '../src/field-rules.js';
import type { KeyRules } from '../src/field-rules.js';
import { jsonTexts } from './json-texts.js';

const mask: FieldReplace = () => '[R]';
const remove: FieldReplace = () => REMOVE_FIELD;

/** The rules of these paths for an attribute. */
function rulesFor(key: string | undefined, ...fields: string[]): KeyRules {
  const rules = compileFieldRules([{ name: 'fields', fields }]);
  const found = key === undefined ? rules.forRoot() : rules.forKey(key);
  if (found === undefined) throw new Error('Expected rules');
  return found;
}

describe('compileFieldRules', () => {
  it('has nothing to say without rules, or with patterns only', () => {
    const none = compileFieldRules([]);
    expect([none.isEmpty, none.forKey('a'), none.forRoot()]).toEqual([true, undefined, undefined]);
    expect(compileFieldRules([{ name: 'x', pattern: /x/ }]).isEmpty).toBe(true);
    expect(compileFieldRules([{ name: 'x', fields: ['x'] }]).isEmpty).toBe(false);
  });

  it('names the path that is wrong by its place among all rules', () => {
    const compile = (): unknown =>
      compileFieldRules([
        { name: 'x', pattern: /x/ },
        { name: 'y', fields: ['a', 'b..c'] },
      ]);
    expect(compile).toThrow(OptionError);
    expect(compile).toThrow('Expected `rules[1].fields[1]` to be a field path (no segment is empty), got `"b..c"`');
    expect(() => compileFieldRules([{ name: 'x', fields: [] }], 'mine')).toThrow(/`mine\[0\]\.fields` to be an array/);
  });
});

describe('KeyRules.whole', () => {
  it.each([
    ['api_key', 'api_key', true],
    ['api_key', 'x.API_KEY', true],
    ['api_key', 'my_api_key', false],
    ['api_key', 'api_key.x', true],
    ['credentials.api_key', 'api_key', false],
    ['*.authorization', 'http.request.header.authorization', true],
    ['*.authorization', 'authorization', false],
    ['http.request.header.x-*', 'http.request.header.x-api-key', true],
    ['llm.input_messages.message.content', 'llm.input_messages.0.message.content', true],
    ['llm.input_messages[*].message.content', 'llm.input_messages.12.message.content', true],
    ['llm.input_messages[0].message.content', 'llm.input_messages.1.message.content', false],
    ['gen_ai.prompt.*.content', 'gen_ai.prompt.0.content', true],
    ['gen_ai.prompt', 'gen_ai.prompt.0.content', true],
    ['gen_ai.input.messages[*].content', 'gen_ai.input.messages', false],
    ['*', 'anything', true],
    ['a.**', 'a', true],
  ])('of %s for the attribute %s: %s', (path, key, expected) => {
    expect(rulesFor(key, path).whole?.name).toBe(expected ? 'fields' : undefined);
  });
});

describe('KeyRules.redactJson', () => {
  it.each([
    [
      'leaves everything else as it is written',
      'x',
      ['api_key'],
      ' {"n" : 1e400,"d":1,"d":2,\n"api_key":"k\\u0041", "z":"\\u0061\\/"}\t',
      ' {"n" : 1e400,"d":1,"d":2,\n"api_key":"[R]", "z":"\\u0061\\/"}\t',
    ],
    [
      'finds a key however it is written',
      'x',
      ['api_key'],
      '{"\\u0061PI_key":"k","api\\u005fkey":"k"}',
      '{"\\u0061PI_key":"[R]","api\\u005fkey":"[R]"}',
    ],
    ['replaces each member of the same key', 'x', ['k'], '{"k":1,"k":"2","k":true}', '{"k":"[R]","k":"[R]","k":"[R]"}'],
    [
      'makes strings of numbers, true and false, and leaves null',
      'x',
      ['k'],
      '{"k":[-1.5e3,true,false,null,""]}',
      '{"k":["[R]","[R]","[R]",null,"[R]"]}',
    ],
    [
      'keeps the structure below a field',
      'x',
      ['k'],
      '{"k":{"a":[1,{"b":"c"}],"e":{},"f":[]}}',
      '{"k":{"a":["[R]",{"b":"[R]"}],"e":{},"f":[]}}',
    ],
    [
      'splits keys at their dots',
      'x',
      ['credentials.api_key'],
      '{"credentials.api_key":1,"credentials":{"api_key":2},"api_key":3}',
      '{"credentials.api_key":"[R]","credentials":{"api_key":"[R]"},"api_key":3}',
    ],
    [
      'goes on from the key of the attribute',
      'gen_ai.tool.call.arguments',
      ['gen_ai.tool.call.arguments.**.ssn'],
      '{"a":[{"ssn":1}],"ssn":2}',
      '{"a":[{"ssn":"[R]"}],"ssn":"[R]"}',
    ],
    [
      'does not find the path under another attribute',
      'x',
      ['gen_ai.tool.call.arguments.**.ssn'],
      '{"ssn":2}',
      '{"ssn":2}',
    ],
    [
      'finds the path below the key in a text',
      'body',
      ['gen_ai.input.messages'],
      '{"gen_ai":{"input":{"messages":["x"]}},"gen_ai.input.messages":"y"}',
      '{"gen_ai":{"input":{"messages":["[R]"]}},"gen_ai.input.messages":"[R]"}',
    ],
    [
      'tells messages by role',
      'gen_ai.input.messages',
      ['messages[role=user]'],
      '[{"role":"user","parts":[{"type":"text","content":"hi"}]},{"role":"system","parts":[{"type":"text","content":"be"}]}]',
      '[{"role":"user","parts":[{"type":"text","content":"[R]"}]},{"role":"system","parts":[{"type":"text","content":"be"}]}]',
    ],
    [
      'tells elements by numbers, escapes and wildcards',
      'x',
      ['[a=1].k', '[b=é].k', '[c=x*].k', '[d="*"].k', '[e=true].k'],
      '[{"a":1,"k":1},{"a":1.0,"k":1},{"b":"\\u00e9","k":1},{"c":"xy","k":1},{"d":"xy","k":1},{"E":true,"k":1},{"e":[true],"k":1},"e",[]]',
      '[{"a":1,"k":"[R]"},{"a":1.0,"k":1},{"b":"\\u00e9","k":"[R]"},{"c":"xy","k":"[R]"},{"d":"xy","k":1},{"E":true,"k":"[R]"},{"e":[true],"k":1},"e",[]]',
    ],
    ['counts elements from both ends', 'x', ['x[0]', 'x[-1]', 'x[7]'], '[1,2,3]', '["[R]",2,"[R]"]'],
    [
      'takes arrays for transparent',
      'm',
      ['m.content'],
      '[[{"content":1}],{"content":2}]',
      '[[{"content":"[R]"}],{"content":"[R]"}]',
    ],
    [
      'takes * for an element or a key',
      'm',
      ['m.*.k'],
      '{"a":{"k":1},"b":[{"k":1}],"k":1}',
      '{"a":{"k":"[R]"},"b":[{"k":"[R]"}],"k":1}',
    ],
    [
      'reads JSON in strings of JSON, and writes it back',
      'x',
      ['k'],
      '{"arguments":"{\\"k\\": \\"\\\\u0041\\", \\"n\\":1e5}"}',
      '{"arguments":"{\\"k\\": \\"[R]\\", \\"n\\":1e5}"}',
    ],
    ['reads a text that was made JSON twice', 'x', ['k'], '"{\\"k\\":1}"', '"{\\"k\\":\\"[R]\\"}"'],
    [
      'reads elements that are texts of JSON',
      'm',
      ['m[role=user].content'],
      '["{\\"role\\":\\"user\\",\\"content\\":\\"hi\\"}"]',
      '["{\\"role\\":\\"user\\",\\"content\\":\\"[R]\\"}"]',
    ],
    [
      'replaces unreadable JSON in a string that may have the field',
      'x',
      ['k'],
      '{"a":"{\\"k\\": \\"secr","b":"{\\"j\\": \\"x","c":"{k}"}',
      '{"a":"[R]","b":"{\\"j\\": \\"x","c":"{k}"}',
    ],
    [
      'takes __proto__ for a key like any other',
      'x',
      ['__proto__.k', 'constructor'],
      '{"__proto__":{"k":1},"constructor":2}',
      '{"__proto__":{"k":"[R]"},"constructor":"[R]"}',
    ],
    [
      'keeps lone surrogates elsewhere',
      'x',
      ['k'],
      '{"k":"\\ud800","l":"\\udc00\ud800"}',
      '{"k":"[R]","l":"\\udc00\ud800"}',
    ],
    [
      'keeps what says which kind a message is',
      'm',
      ['m'],
      '[{"role":"tool","type":"tool_call","finish_reason":"stop","Role":"user","id":"user"},{"role":"My Name","type":5}]',
      '[{"role":"tool","type":"tool_call","finish_reason":"stop","Role":"[R]","id":"[R]"},{"role":"[R]","type":"[R]"}]',
    ],
    [
      'replaces it where a path names it',
      'm',
      ['m', 'type'],
      '[{"role":"tool","type":"tool_call"}]',
      '[{"role":"tool","type":"[R]"}]',
    ],
    ['reads JSON in a string with white space before it', 'x', ['k'], '" \\n{\\"k\\":1}"', '" \\n{\\"k\\":\\"[R]\\"}"'],
    [
      'reads it at any depth',
      'x',
      ['k'],
      '" \\" {\\\\\\"k\\\\\\":1}\\""',
      '" \\" {\\\\\\"k\\\\\\":\\\\\\"[R]\\\\\\"}\\""',
    ],
    ['redacts each value of an attribute that is named', 'm', ['m'], '{"a":"b","c":null}', '{"a":"[R]","c":null}'],
  ])('%s', (_, key, fields, text, expected) => {
    expect(rulesFor(key, ...fields).redactJson(text, mask)).toBe(expected);
  });

  it.each([
    ['{"k":1}', '{}'],
    ['{ "k" : 1 }', '{  }'],
    ['{"k":1,"a":2}', '{"a":2}'],
    ['{"a":2, "k":1}', '{"a":2}'],
    ['{"a":2, "k":1, "b":3}', '{"a":2, "b":3}'],
    ['{"k":1,"k":2,"a":3,"k":4,"k":5,"b":{"k":6}}', '{"a":3,"b":{}}'],
    ['{"k":[1,{"k":2}],"l":[{"k":3}]}', '{"k":["",{}],"l":[{}]}'],
    ['{"k":null,"l":"{\\"k\\":1,\\"a\\":2}"}', '{"k":null,"l":"{\\"a\\":2}"}'],
    ['{"l":"{\\"k\\":1","a":1}', '{"a":1}'],
  ])('removes fields of %s', (text, expected) => {
    expect(rulesFor('x', 'k').redactJson(text, remove)).toBe(expected);
  });

  it('hands on what a value is, and the first rule that names it', () => {
    const calls: unknown[] = [];
    const rules = compileFieldRules([
      { name: 'first', fields: ['b.k'] },
      { name: 'second', fields: ['k'] },
    ]).forRoot();
    rules?.redactJson('{"k":"\\u0041\\n","b":{"k":1.50},"c":{"k":{"d":true}}}', (value, rule) => {
      calls.push([value, rule.name]);
      return value;
    });
    expect(calls).toEqual([
      ['A\n', 'second'],
      ['1.50', 'first'],
      ['true', 'second'],
    ]);
  });

  it('escapes what takes the place of a field', () => {
    expect(rulesFor('x', 'k').redactJson('{"k":1,"l":"{\\"k\\":2}"}', () => '"\\\n\ud800')).toBe(
      '{"k":"\\"\\\\\\n\\ud800","l":"{\\"k\\":\\"\\\\\\"\\\\\\\\\\\\n\\\\ud800\\"}"}',
    );
  });

  it.each(['', 'k: 1', '{"k":1', '[1', '{k:1}', '\ufeff{"k":1}', 'true', '12', '"k"', '['.repeat(1_000_000)])(
    'returns nothing for what is no JSON text with fields: %.20j',
    (text) => {
      expect(rulesFor('k', 'k').redactJson(text, mask)).toBeUndefined();
    },
  );

  it('reads eight levels of JSON in strings, and replaces whole what is deeper', () => {
    const wrap = (levels: number): string => {
      let text = '{"k":"secret"}';
      for (let level = 0; level < levels; level++) text = JSON.stringify({ a: text });
      return text;
    };
    const rules = rulesFor('x', 'k');
    expect(rules.redactJson(wrap(8), mask)).toBe(wrap(8).replace('secret', '[R]'));
    const deeper = rules.redactJson(wrap(9), mask);
    expect(deeper).toContain('[R]');
    expect(deeper).not.toContain('secret');
  });

  const vocabulary = ['a', 'b', 'B.a', 'ab', 'role', 'type', '__proto__', '0'];
  const keys = fc.constantFrom(...vocabulary);
  const texts = fc.oneof(fc.constantFrom('user', 'x', '[1', '{"a'), fc.string({ unit: 'binary', maxLength: 4 }));
  const nested = jsonTexts({ keys, strings: fc.oneof(texts, jsonTexts({ keys, strings: texts })) });
  const containers = nested.filter((text) => /^\s*[{[]/.test(text));
  const paths = fc.constantFrom(
    'a',
    'b.a',
    'a*',
    'role',
    '*.a',
    '**.b.**.a',
    'b[*]',
    '[0]',
    '[-1].a',
    '[role=user]',
    'b[role=x*].a',
    '0',
  );
  const someRules = fc.uniqueArray(paths, { minLength: 1, maxLength: 6 }).map((fields) => rulesFor('b', ...fields));

  it.each([
    ['replaced', mask],
    ['removed', remove],
  ])('gives the text of what the value becomes when fields are %s', (_, replace) => {
    fc.assert(
      fc.property(containers, someRules, (text, rules) => {
        const redacted = rules.redactJson(text, replace);
        expect(JSON.stringify(JSON.parse(redacted ?? ''))).toBe(
          JSON.stringify(rules.redactValue(JSON.parse(text), replace)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('returns the identical text and value when nothing is replaced', () => {
    fc.assert(
      fc.property(containers, someRules, (text, rules) => {
        const value: unknown = JSON.parse(text);
        expect(rules.redactJson(text, (field) => field)).toBe(text);
        expect(rules.redactValue(value, (field) => field)).toBe(value);
        const none = rulesFor('x', 'absent', 'x.absent[0]', 'q*q');
        expect(none.redactJson(text, mask)).toBe(text);
        expect(none.redactValue(value, mask)).toBe(value);
      }),
    );
  });

  it('changes no character outside of fields', () => {
    fc.assert(
      fc.property(jsonTexts({ keys }), (text) => {
        fc.pre(/^\s*[{[]/.test(text));
        const redacted = rulesFor('x', 'a', 'b').redactJson(text, () => '<<R>>') ?? '';
        let at = 0;
        for (const part of redacted.split('"<<R>>"')) {
          const found = text.indexOf(part, at);
          expect(found).toBeGreaterThanOrEqual(at);
          at = found + part.length;
        }
      }),
    );
  });

  it('does the same the second time as the first', () => {
    const rules = rulesFor('b', 'a', '[role=user].b');
    fc.assert(
      fc.property(containers, (text) => {
        const once = rules.redactJson(text, mask) ?? '';
        expect(rules.redactJson(once, mask)).toBe(once);
      }),
    );
  });

  it.each([
    ['members', `{${Array.from({ length: 100_000 }, (_, index) => `"k${index % 7}":${index}`).join()}}`],
    ['elements', `[${Array.from({ length: 100_000 }, () => '{"k1":1}').join()}]`],
    ['nested objects', `[${'{"k":{"k":'.repeat(250)}1${'}}'.repeat(250)}]`.padEnd(1_000_000)],
    ['strings with half a text in them', `[${'"{\\"k1\\": ",'.repeat(80_000)}"{\\"k1\\": "]`],
    [
      'a text in a text in a text',
      JSON.stringify([JSON.stringify([JSON.stringify(Array(40_000).fill({ k1: '\n' }))])]),
    ],
    ['keys of dots', `{"${'.'.repeat(500_000)}k1":1,"${'k1.'.repeat(300_000)}":2}`],
  ])('takes 1 MB of %s in little time', (_, text) => {
    const rules = rulesFor('x', '**.k1.**', '*.k*', '[-1].k2', '[k1=2]', 'k.**.k.**.k.**.k3');
    for (const replace of [mask, remove]) {
      const start = performance.now();
      expect(rules.redactJson(text, replace)).toBeDefined();
      expect(performance.now() - start).toBeLessThan(5_000);
    }
  });
});

describe('KeyRules.redactValue', () => {
  it('redacts the JSON in a text, and a text that is named as a whole', () => {
    expect(rulesFor('x', 'k').redactValue('{"k":1}', mask)).toBe('{"k":"[R]"}');
    expect(rulesFor('k', 'k').redactValue('{"a":1}', mask)).toBe('{"a":"[R]"}');
    expect(rulesFor('k', 'k').redactValue('{"a":', mask)).toBe('[R]');
    expect(rulesFor('k', 'k').redactValue('text', mask)).toBe('[R]');
    expect(rulesFor('k', 'k').redactValue(5, mask)).toBe('[R]');
    expect(rulesFor('k', 'k').redactValue('text', remove)).toBe(REMOVE_FIELD);
    expect(rulesFor('x', 'k').redactValue('text', mask)).toBe('text');
  });

  it('refuses unreadable JSON that may have a field in it, and leaves other text alone', () => {
    const rules = rulesFor('x', 'k');
    expect(() => rules.redactValue('{"k": "secr', mask)).toThrow(StructureError);
    expect(rules.redactValue('{"j": "x', mask)).toBe('{"j": "x');
    expect(rules.redactValue('see k: 1', mask)).toBe('see k: 1');
  });

  it('keeps the role that is an attribute of its own', () => {
    expect(rulesFor('gen_ai.prompt.0.role', 'gen_ai.prompt').redactValue('user', mask)).toBe('user');
    expect(rulesFor('gen_ai.prompt.0.role', 'gen_ai.prompt').redactValue('Ann Smith', mask)).toBe('[R]');
    expect(rulesFor('gen_ai.prompt.0.role', 'gen_ai.prompt.role').redactValue('user', mask)).toBe('[R]');
  });
});

describe('KeyRules.mayName', () => {
  it('tells broken JSON with the field from other broken JSON and from prose', () => {
    const rules = rulesFor('x', 'api_key');
    expect(['{"api_key": "x', '{"\\u0061pi_key": "x', "{'api_key': 1}"].map((text) => rules.mayName(text))).toEqual([
      true,
      true,
      true,
    ]);
    expect(['{"key": "x', 'api_key: x', '[1] an api_key', ''].map((text) => rules.mayName(text))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(rulesFor('api_key', 'api_key').mayName('{"a')).toBe(true);
    expect(rulesFor('gen_ai.input.messages', 'messages[role=user]').mayName('[{"ro')).toBe(true);
  });
});
