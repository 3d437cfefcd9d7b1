import { ClueSearch } from '../src/clue-search.js';
import { clue, DIGITS, literal, not } from '../src/clue.js';
import type { Clue } from '../src/clue.js';
import { TextScan } from '../src/text-scan.js';

/** Where a search looks in a text for each of its anchors, if each goes on one character behind. */
function looksAt(text: string, anchors: readonly (readonly Clue[])[], isWide = false): number[][] {
  const places: number[][] = anchors.map(() => []);
  const search = new ClueSearch(
    anchors.map((clues, anchor) => ({
      clues,
      look: (_: TextScan, index: number) => {
        places[anchor]?.push(index);
        return index + 1;
      },
    })),
    isWide,
  );
  const scan = new TextScan();
  scan.begin(text, false);
  search.run(scan, false);
  scan.end();
  return places;
}

const indexesOf = (text: string, part: string): number[] => {
  const indexes: number[] = [];
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) indexes.push(at);
  return indexes;
};

it.each(['@', '::', '://', 'sk-', 'abcabcabd', '-----BEGIN '])('looks at each %j, wherever it is', (part) => {
  for (let lead = 0; lead < 9; lead++) {
    const text = `${'x'.repeat(lead)}${part}${part}y${part}`;
    expect(looksAt(text, [[literal(part)]])).toEqual([indexesOf(text, part)]);
  }
});

it('finds clues across the chunks that long texts are copied in', () => {
  for (let lead = 32_755; lead < 32_772; lead++) {
    const text = `${'x'.repeat(lead)}password${'x'.repeat(lead)}password`;
    expect(looksAt(text, [[literal('password')]])).toEqual([[lead, 2 * lead + 8]]);
  }
});

it('looks at the character that the clue is for', () => {
  expect(looksAt('a1.2 3.4', [[clue([DIGITS, '.', DIGITS], 1)]])).toEqual([[2, 6]]);
});

it('takes the begin of a text for a line end', () => {
  expect(looksAt('12 123', [[clue([not(DIGITS), DIGITS, DIGITS], 1)]])).toEqual([[0, 3]]);
  expect(looksAt('12 中', [[clue([not(DIGITS), DIGITS, DIGITS], 1)]], true)).toEqual([[0]]);
  expect(looksAt('12', [[clue([DIGITS, DIGITS, DIGITS], 1)]])).toEqual([[]]);
});

it('goes on where a look says, for each anchor on its own', () => {
  const seen: number[] = [];
  const look = (_: TextScan, index: number): number => {
    seen.push(index);
    return index + 3;
  };
  const scan = new TextScan();
  scan.begin('@@@@@@', false);
  new ClueSearch([{ clues: [literal('@')], look }], false).run(scan, false);
  expect(seen).toEqual([0, 3]);
});

it('sees nothing of the text before in a shorter one', () => {
  expect(looksAt('x'.repeat(20) + 'password', [[literal('password')]])).toEqual([[20]]);
  expect(looksAt('x'.repeat(20) + 'pass', [[literal('password')]])).toEqual([[]]);
});

it('tells characters beyond Latin-1 from those that share a byte with them', () => {
  expect(looksAt('密码 ÆŁ', [[literal('密码')], [literal('Æ')]], true)).toEqual([[0], [3]]);
  // Their low bytes are those of `A` and `B`.
  expect(looksAt('\u0141\u0142 AB', [[literal('AB')]], true)).toEqual([[3]]);
  expect(looksAt('中1', [[clue([not(DIGITS), DIGITS])]], true)).toEqual([[0]]);
});

it('leaves clues that Latin-1 cannot have out of the search of such texts', () => {
  expect(looksAt('ÆÁ', [[literal('密码')], [literal('Á')]])).toEqual([[], [1]]);
});
