import * as fc from 'fast-check';
import type { RedactionMatch } from '../src/redaction-match.js';
import { redactionEdits } from '../src/redacted-text.js';
import { applyEdits } from '../src/text-edit.js';
import { jsonTexts } from './json-texts.js';

/** The text with all of `secrets` replaced, which are in its order. */
function redact(
  text: string,
  secrets: readonly string[],
  replace: (secret: string, name: string) => string = () => '[X]',
): string {
  let from = 0;
  const matches = secrets.map((secret): RedactionMatch => {
    const start = text.indexOf(secret, from);
    if (start < 0) throw new Error(`Expected ${secret}`);
    from = start + secret.length;
    return { detector: 'kiwi', start, end: from };
  });
  return applyEdits(text, redactionEdits(text, matches, replace));
}

test.each([
  ['a 12 b', '12', 'a [X] b'],
  ['12', '12', '[X]'],
  [String.raw`a\u0031`, String.raw`\u0031`, 'a[X]'],
])('replaces what is found in the text %s', (text, secret, expected) => {
  expect(redact(text, [secret])).toBe(expected);
});

test('gives a replacement what was found, and the name of who found it', () => {
  const replace = jest.fn(() => '');
  redact('one two', ['one', 'two'], replace);
  redact(String.raw`["\u0061\nb"]`, [String.raw`\u0061\nb`], replace);
  expect(replace.mock.calls).toEqual([
    ['one', 'kiwi'],
    ['two', 'kiwi'],
    ['a\nb', 'kiwi'],
  ]);
});

test('takes a replacement of plain text as it is', () => {
  expect(redact('say 12', ['12'], () => '"$&"\n')).toBe('say "$&"\n');
});

test('replaces all of two matches that meet in an escape', () => {
  const text = '["ann\\u0041bob"]';
  const matches = [
    { detector: 'kiwi', start: 2, end: 8 },
    { detector: 'kiwi', start: 8, end: 14 },
  ];
  const redacted = applyEdits(
    text,
    redactionEdits(text, matches, () => 'X'),
  );
  expect(redacted).toBe('["XX"]');
});

describe('in JSON', () => {
  test.each([
    ['{"a":4111,"b":1}', '4111', '{"a":"[X]","b":1}'],
    ['[4111]', '4111', '["[X]"]'],
    ['[ 4111 , 2 ]', '4111', '[ "[X]" , 2 ]'],
    ['{"a":\n        4111\n        }', '4111', '{"a":\n        "[X]"\n        }'],
    ['[-4111.25e+3]', '4111', '["[X]"]'],
    ['[0.4111]', '4111', '["[X]"]'],
    ['[1,"4111",2]', '4111', '[1,"[X]",2]'],
    ['{"4111":4111}', '4111', '{"[X]":4111}'],
    ['["a\\"4111"]', '4111', '["a\\"[X]"]'],
    // Detectors read the text as it is written, too, and take the end of an escape for the begin of a word.
    ['["\\u003cann"]', 'u003cann', '["\\u003c[X]"]'],
    ['["\\u003cann"]', '03cann', '["\\u003c[X]"]'],
    ['["\\\\u003cann"]', 'u003cann', '["\\\\[X]"]'],
    ['["\\nann"]', 'nann', '["\\n[X]"]'],
    ['["ann\\u0041"]', 'ann\\u00', '["[X]"]'],
    ['["\\u0041"]', '00', '["[X]"]'],
    ['[" \\\\\\u003cann"]', 'cann', '[" \\\\\\u003c[X]"]'],
    ['["{\\"a\\":\\"\\\\u003cann\\"}"]', 'u003cann', '["{\\"a\\":\\"\\\\u003c[X]\\"}"]'],
  ])('%s becomes JSON', (text, secret, expected) => {
    expect(redact(text, [secret])).toBe(expected);
    expect(() => void JSON.parse(expected)).not.toThrow();
  });

  test('puts several in the place of several', () => {
    expect(redact('{"a":"x1y","b":11,"c":["x2",22]}', ['1', '11', '2', '22'])).toBe(
      '{"a":"x[X]y","b":"[X]","c":["x[X]","[X]"]}',
    );
  });

  test.each(['"', '\\', 'a"b\\"c', '\n\u0000\u007f', '\u2028\u2029', '\ud800', '\udc00x', '\\u0041', '","x":"'])(
    'stays JSON whatever %j is put in',
    (replacement) => {
      const values = JSON.parse(redact('{"a":"b 4111 c","n":4112}', ['4111', '4112'], () => replacement)) as object;
      expect(Object.keys(values)).toEqual(['a', 'n']);
    },
  );

  test('keeps characters that need no escape', () => {
    const replacement = 'é 密 \u{1f600} $& $1 <b>';
    expect(redact('["4111"]', ['4111'], () => replacement)).toBe(`["${replacement}"]`);
  });

  test('replaces a number once, however much of it was found', () => {
    const replace = jest.fn(() => 'X');
    expect(redact('{"a":41114222,"b":4333}', ['4111', '4222', '4333'], replace)).toBe('{"a":"X","b":"X"}');
    expect(replace).toHaveBeenCalledTimes(2);
  });

  test('gives what was found as it reads, however often it is escaped', () => {
    const replace = jest.fn(() => 'X');
    redact(
      JSON.stringify({ a: JSON.stringify({ b: String.raw`an\n` + '"' }) }),
      [JSON.stringify(JSON.stringify(String.raw`an\n` + '"').slice(1, -1)).slice(1, -1)],
      replace,
    );
    expect(replace.mock.calls).toEqual([[String.raw`an\n` + '"', 'kiwi']]);
  });

  test('stays JSON inside of JSON', () => {
    const inner = '{"to":"ann","n":"x"}';
    const middle = JSON.stringify({ arguments: inner });
    const outer = JSON.stringify({ call: middle });
    for (const replacement of ['[X]', 'a"b\\c']) {
      const { call } = JSON.parse(redact(outer, ['ann'], () => replacement)) as { call: string };
      const { arguments: args } = JSON.parse(call) as { arguments: string };
      expect(JSON.parse(args)).toEqual({ to: replacement.replace(/["\\]/g, ''), n: 'x' });
    }
  });

  test('quotes numbers of JSON inside of JSON', () => {
    const texts = ['{"card":4111,"n":1}', '[4111]'];
    for (const text of texts) {
      const inner = JSON.stringify({ arguments: text });
      const { arguments: args } = JSON.parse(redact(inner, ['4111'])) as { arguments: string };
      expect(args).toBe(redact(text, ['4111']));
      const outer = JSON.stringify({ call: inner });
      const { call } = JSON.parse(redact(outer, ['4111'])) as { call: string };
      expect(call).toBe(redact(inner, ['4111']));
    }
  });

  test('stays JSON wherever something is replaced in a string or a number', () => {
    fc.assert(
      fc.property(jsonTexts(), fc.nat(40), fc.string({ unit: 'binary', maxLength: 6 }), (json, wanted, replacement) => {
        const text = `[${json}]`;
        // A character that is written as itself, or a digit.
        const places = [...text.matchAll(/\\u[0-9a-f]{4}|\\.|[^\s\\"[\]{}:,]/g)].filter(({ index, 0: written }) => {
          const isOutside = !isInString(text, index);
          return !isOutside || /\d/.test(written);
        });
        const place = places[wanted % Math.max(1, places.length)];
        if (place === undefined) return;
        const match = { detector: 'a', start: place.index, end: place.index + place[0].length };
        expect(
          () =>
            void JSON.parse(
              applyEdits(
                text,
                redactionEdits(text, [match], () => replacement),
              ),
            ),
        ).not.toThrow();
      }),
      { numRuns: 1_000 },
    );
  });
});

test.each([
  ['{"a": 4111', '4111', '{"a": "[X]"'],
  ['[see 4111 for more]', '4111', '[see [X] for more]'],
  ['{name: 4111}', '4111', '{name: "[X]"}'],
  ['["open 4111', '4111', '["open [X]'],
])('leaves what only looks like JSON readable: %s', (text, secret, expected) => {
  expect(redact(text, [secret])).toBe(expected);
});

function isInString(text: string, index: number): boolean {
  return (text.slice(0, index).replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;
}

test('takes time linear in the text and in the matches', () => {
  const text = JSON.stringify({ a: 'ann '.repeat(100_000) });
  const matches = Array.from(text.matchAll(/ann/g), ({ index }) => ({
    detector: 'kiwi',
    start: index,
    end: index + 3,
  }));
  const start = performance.now();
  const edits = redactionEdits(text, matches, () => 'X');
  expect(performance.now() - start).toBeLessThan(3_000);
  expect(applyEdits(text, edits)).toBe(JSON.stringify({ a: 'X '.repeat(100_000) }));
});
