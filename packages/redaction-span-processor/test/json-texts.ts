import * as fc from 'fast-check';

const SPACES = ['', '', '', ' ', '\n', '\t', '\r\n  '];
const NUMBERS = ['0', '-0', '1e400', '-1E-2', '0.10', '12345678901234567890', '7'];

/** What a JSON text of an unknown writer may look like: any escapes, spaces and spellings of numbers. */
export function jsonTexts(
  options: { readonly keys?: fc.Arbitrary<string>; readonly strings?: fc.Arbitrary<string> } = {},
): fc.Arbitrary<string> {
  const strings = options.strings ?? fc.string({ unit: 'binary', maxLength: 12 });
  const keys = options.keys ?? fc.oneof(fc.constantFrom('a', 'b', '__proto__', 'role', ''), strings);
  const space = fc.constantFrom(...SPACES);
  const scalar = fc.oneof(
    fc.tuple(strings, fc.nat(4)).map(([text, style]) => writeString(text, style)),
    fc.constantFrom('true', 'false', 'null', ...NUMBERS),
  );
  const { value } = fc.letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar,
      fc
        .tuple(fc.array(fc.tuple(space, tie('value'), space), { maxLength: 5 }), space)
        .map(([items, inner]) =>
          items.length === 0 ? `[${inner}]` : `[${items.map((item) => item.join('')).join()}]`,
        ),
      fc
        .tuple(
          fc.uniqueArray(fc.tuple(keys, fc.nat(4), tie('value'), space), { maxLength: 5, selector: ([key]) => key }),
          space,
        )
        .map(([members, inner]) =>
          members.length === 0
            ? `{${inner}}`
            : `{${members.map(([key, style, member, around]) => `${around}${writeString(key, style)}${around}:${around}${member}${around}`).join()}}`,
        ),
    ),
  }));
  return fc.tuple(space, value, space).map((parts) => parts.join(''));
}

/** A JSON string: as short as may be, or with escapes that need not be. */
export function writeString(text: string, style: number): string {
  const json = JSON.stringify(text);
  if (style === 0) return `"${[...Array(text.length).keys()].map((at) => escapeUnit(text.charCodeAt(at))).join('')}"`;
  if (style === 1 && !json.includes('\\')) {
    return json.replaceAll('/', '\\/').replace(/[a-f]/, (letter) => escapeUnit(letter.charCodeAt(0)));
  }
  return json;
}

function escapeUnit(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
