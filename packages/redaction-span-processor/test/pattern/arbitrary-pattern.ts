import * as fc from 'fast-check';

/** Few characters, so that parts of a pattern read the same text. */
export const ALPHABET = ['a', 'b', '1', '-', ' '];

const ATOMS = ['a', 'b', '1', '-', ' ', '\\w', '\\d', '\\s', '.', '[ab]', '[^a]', '[a1]', '[^ -]'];
const QUANTIFIERS = ['*', '+', '?', '{2}', '{0,3}', '{1,3}', '{2,}', '*?', '+?', '??', '{1,3}?'];
const ASSERTIONS = ['^', '$', '\\b', '\\B', '(?<!a)', '(?<=\\d)', '(?!-)', '(?=b)', '(?=$|a)', '(?<=a1)', '(?!ab)'];

const { pattern } = fc.letrec<{ pattern: string; sequence: string; part: string; atom: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'pattern' },
    { weight: 3, arbitrary: tie('sequence') },
    { weight: 1, arbitrary: fc.tuple(tie('sequence'), tie('sequence')).map((parts) => parts.join('|')) },
  ),
  sequence: fc.array(tie('part'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
  part: fc.oneof(
    { weight: 4, arbitrary: fc.tuple(tie('atom'), fc.constantFrom('', ...QUANTIFIERS)).map((parts) => parts.join('')) },
    { weight: 2, arbitrary: tie('atom') },
    { weight: 1, arbitrary: fc.constantFrom(...ASSERTIONS) },
  ),
  atom: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'pattern', depthSize: 'small' },
    { weight: 5, arbitrary: fc.constantFrom(...ATOMS) },
    { weight: 1, arbitrary: tie('pattern').map((inner) => `(?:${inner})`) },
    { weight: 1, arbitrary: tie('pattern').map((inner) => `(${inner})`) },
    { weight: 1, arbitrary: tie('pattern').map((inner) => `(?=${inner})`) },
  ),
}));

/** Regular expressions with everything that makes work: loops in loops, alternatives, assertions, references back. */
export const arbitraryPattern: fc.Arbitrary<RegExp> = fc
  .tuple(pattern, fc.constantFrom('', '', '\\1', '\\1b'), fc.constantFrom('', 'i', 'm', 's'))
  .map(([source, reference, flags]) => new RegExp(source + (/\((?!\?)/.test(source) ? reference : ''), flags));

/** Parts of hostile texts: something before, something again and again, something that does not match at the end. */
export const arbitraryAttack: fc.Arbitrary<readonly [string, string, string]> = fc.tuple(
  word(0, 3),
  word(1, 4),
  word(0, 2).map((end) => `${end}!`),
);

function word(minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...ALPHABET), { minLength, maxLength }).map((characters) => characters.join(''));
}
