import { Alphabet } from '../../src/pattern/alphabet.js';

function overlap(one: [string, string], other: [string, string]): boolean {
  const alphabet = new Alphabet();
  const [first, second] = [one, other].map(([source, flags]) => alphabet.add(source, flags));
  alphabet.close();
  return alphabet.classesOf(first ?? 0).some((id) => alphabet.has(second ?? 0, id));
}

describe('Alphabet', () => {
  it.each<[[string, string], [string, string], boolean]>([
    [['\\d', ''], ['[a-z]', ''], false],
    [['\\w', ''], ['[^a]', ''], true],
    [['a', 'i'], ['A', ''], true],
    [['s', 'iu'], ['\u017f', 'u'], true],
    [['s', 'i'], ['\u017f', ''], false],
    [['k', 'iu'], ['\u212a', 'u'], true],
    [['\\s', ''], ['\u2003', ''], true],
    [['\\s', ''], ['\u200b', ''], false],
    [['.', ''], ['\u2028', ''], false],
    [['.', 's'], ['\u2028', ''], true],
    [['[а-я]', ''], ['[А-Я]', ''], false],
    [['[а-я]', 'i'], ['[А-Я]', ''], true],
    [['[\\u4e00-\\u9fa5]', ''], ['\u4f60', ''], true],
    [['[\\u4e00-\\u9fa5]', ''], ['[\\u5000-\\u5001]', ''], true],
    [['[\\u4e00-\\u9fa5]', ''], ['[\\u9fa6-\\ua000]', ''], false],
    [['\\p{Script=Greek}', 'u'], ['\\p{Script=Cyrillic}', 'u'], false],
    [['\\p{Script=Gothic}', 'u'], ['\\p{L}', 'u'], true],
    [['\\p{Emoji_Presentation}', 'u'], ['[\\u{1f600}-\\u{1f64f}]', 'u'], true],
    [['\\u{1f600}', 'u'], ['[\\u{1f5ff}-\\u{1f601}]', 'u'], true],
    [['\\ud83d\\ude00', 'u'], ['\u{1f600}', 'u'], true],
    [['\ud83d', ''], ['[\ud83c-\ud83e]', ''], true],
    [['[\\p{L}--[a-z]]', 'v'], ['[a-z]', 'v'], false],
    [['[\\p{L}&&\\p{ASCII}]', 'v'], ['[a-z]', 'v'], true],
    [['[]', ''], ['[^]', ''], false],
    [['\\cJ', ''], ['\\n', ''], true],
    [['\\x41', ''], ['[A-Z]', ''], true],
    [['\\101', ''], ['A', ''], true],
  ])('knows whether %j and %j have a character in common', (one, other, expected) => {
    expect([overlap(one, other), overlap(other, one)]).toEqual([expected, expected]);
  });

  it('has as few classes as tell its sets apart', () => {
    const alphabet = new Alphabet();
    for (const source of ['\\w', '\\d', '[0-9]', 'a']) alphabet.add(source, '');
    alphabet.close();
    // Digits, the letter a, other letters, and the rest.
    expect(alphabet.size).toBe(4);
  });
});
