import type { AST } from '@eslint-community/regexpp';
import { RegExpParser } from '@eslint-community/regexpp';

const MOST_PUMPS = 48;
const CANDIDATES = Array.from('a1 -_.,:;"\'<>=@/\\$#()[]{}*+?!\n\té\u4e00\u{1f600}Z0XAbBdDeEsxyz');

/**
 * Texts made of what the pattern itself reads: each of its parts, the beginning of it up to each part and the whole of
 * it, for tests to repeat until they are long.
 */
export function pumpsOf(pattern: RegExp): string[] {
  const flags = pattern.flags.replace(/[gy]/g, '');
  const pumps = new Set<string>();
  const sequence = ({ elements }: AST.Alternative): string =>
    elements.reduce((before, element) => {
      const text = before + sample(element);
      pumps.add(text);
      return text;
    }, '');
  const sample = (element: AST.Element): string => {
    let text = '';
    if ('alternatives' in element) {
      const [first = ''] = element.alternatives.map((part) => (part.type === 'Alternative' ? sequence(part) : ''));
      // An assertion reads text, but takes none.
      text = element.type === 'Assertion' ? '' : first;
    } else if (element.type === 'Quantifier') {
      const once = sample(element.element);
      pumps.add(once);
      text = once.repeat(Math.min(Math.max(element.min, 1), 64));
    } else if (element.type !== 'Assertion' && element.type !== 'Backreference') {
      const set = new RegExp(`^(?:${element.raw})$`, flags);
      text = [...CANDIDATES, element.raw].find((candidate) => set.test(candidate)) ?? '';
      pumps.add(text);
    }
    return text;
  };
  new RegExpParser().parseLiteral(`/${pattern.source}/${flags}`).pattern.alternatives.forEach(sequence);
  const all = [...pumps].filter((pump) => pump !== '');
  // Long lists of words have hundreds: some from all over them.
  return all.filter((_, index) => index % Math.ceil(all.length / MOST_PUMPS) === 0);
}
