import type { AST } from '@eslint-community/regexpp';
import { RegExpParser } from '@eslint-community/regexpp';
import * as fc from 'fast-check';
import { parseRegExp } from '../../src/pattern/parse-regexp.js';
import type { RegExpNode } from '../../src/pattern/regexp-node.js';
import { arbitraryPattern } from './arbitrary-pattern.js';
import { DANGEROUS_PATTERNS, ORDINARY_PATTERNS } from './patterns.js';

/** A tree in words, without what makes no difference: groups that capture nothing, sequences of one. */
function write(node: RegExpNode): string {
  switch (node.kind) {
    case 'set':
      return `set ${charactersOf(node.source, node.flags)}`;
    case 'repeat':
      return `repeat ${node.min} ${node.max} (${write(node.body)})`;
    case 'capture':
      return `capture ${node.name ?? ''} (${write(node.body)})`;
    case 'look':
      return `look ${node.behind} ${node.negated} (${write(node.body)})`;
    case 'edge':
      return `edge ${node.behind}`;
    case 'boundary':
      return `boundary ${node.negated}`;
    case 'reference':
      return `reference ${node.to}`;
    case 'sequence':
      return node.nodes.map(write).join(', ');
    case 'choice':
      return `either ${node.nodes.map(write).join(' or ')}`;
  }
}

/** The same of another parser's tree. */
function writeOther(node: AST.Node, flags: string): string {
  const all = (nodes: readonly AST.Node[]): string[] => nodes.map((part) => writeOther(part, flags));
  if (node.type === 'Alternative') return all(node.elements).join(', ');
  if (node.type === 'Quantifier') return `repeat ${node.min} ${node.max} (${writeOther(node.element, flags)})`;
  if (node.type === 'Backreference') return `reference ${node.ref}`;
  if (node.type === 'Character') {
    const digits = node.value.toString(16);
    return `set ${charactersOf(/[uv]/.test(flags) ? `\\u{${digits}}` : `\\u${digits.padStart(4, '0')}`, flags)}`;
  }
  if (node.type === 'Assertion' && node.kind === 'word') return `boundary ${node.negate}`;
  if (!('alternatives' in node)) {
    return node.type === 'Assertion' ? `edge ${node.kind === 'start'}` : `set ${charactersOf(node.raw, flags)}`;
  }
  const body =
    node.alternatives.length === 1 ? all(node.alternatives).join('') : `either ${all(node.alternatives).join(' or ')}`;
  if (node.type === 'CapturingGroup') return `capture ${node.name ?? ''} (${body})`;
  if (node.type === 'Assertion') return `look ${node.kind === 'lookbehind'} ${node.negate} (${body})`;
  return body;
}

/** Which of the first characters, and of some others, a set has. */
function charactersOf(source: string, flags: string): string {
  const set = new RegExp(`^(?:${source})$`, flags);
  return Array.from({ length: 0x250 }, (_, code) => code)
    .concat(0x2028, 0x4e00, 0xd83d, 0xde00, 0x1f600)
    .filter((code) => set.test(String.fromCodePoint(code)))
    .join();
}

function expectSameTree(pattern: RegExp): void {
  const flags = pattern.flags.replace(/[dgmy]/g, '');
  const other = new RegExpParser().parseLiteral(`/${pattern.source}/${flags}`).pattern;
  expect([pattern, write(parseRegExp(pattern))]).toEqual([pattern, writeOther(other, flags)]);
}

const LENIENT = [
  'a{',
  'a{1',
  'a{,2}',
  '{}',
  'x{2',
  ']',
  '}',
  'a]b}',
  '\\c',
  '\\c1',
  '\\cA',
  '[\\c1]',
  '\\u{2}',
  '\\u12',
  '\\u0041',
];
const ESCAPES = [
  '\\x4',
  '\\x41',
  '\\p{L}',
  '\\8',
  '\\0',
  '\\07',
  '\\12',
  '(a)\\1',
  '\\1(a)',
  '(a)\\2',
  '\\k<a>',
  '\\k',
  '[(]\\1',
];
const GROUPS = [
  '(?<a>x)\\k<a>',
  '\\k<a>(?<a>x)',
  '(?:a|)(|b)',
  '()',
  '(?=a)*b',
  '(?!a){2}',
  '[(](a)\\1',
  '\\((a)\\1',
  '[]',
  '[^]',
  '[]a]',
  '[^]]',
];
const UNICODE = [
  '\\u{1f600}',
  '\\ud83d\\ude00',
  '\u{1f600}',
  '\\p{Lu}',
  '\\P{Lu}',
  '[\\p{Lu}\\d]',
  '\\/',
  '\\u{61}+',
  '(?<ä>x)\\k<ä>',
].filter((source) => source !== '\\-');
const SETS = ['[\\p{L}--[a-z]]', '[[a-z]&&[aeiou]]', '[a[b[c]]]', '[\\]\\[]', '[^\\d\\s]'];

describe('parseRegExp', () => {
  it.each([...LENIENT, ...ESCAPES, ...GROUPS])('reads %s as RegExp does without the flag u', (source) => {
    expectSameTree(new RegExp(source));
  });

  it.each(UNICODE)('reads %s as RegExp does with the flag u', (source) => {
    expectSameTree(new RegExp(source, 'u'));
  });

  it.each([...UNICODE, ...SETS])('reads %s as RegExp does with the flag v', (source) => {
    expectSameTree(new RegExp(source, 'v'));
  });

  it('reads what people write', () => {
    for (const pattern of [...ORDINARY_PATTERNS, ...DANGEROUS_PATTERNS]) expectSameTree(pattern);
  });

  it('reads any pattern', () => {
    fc.assert(fc.property(arbitraryPattern, expectSameTree), { numRuns: 300 });
  });

  it('takes a sequence of any characters that RegExp accepts', () => {
    const parts = [
      '(',
      ')',
      '(?:',
      '(?=',
      '[',
      ']',
      '\\',
      '{',
      '}',
      '1',
      ',',
      '*',
      '+',
      '?',
      '|',
      '^',
      '$',
      'k',
      '<a>',
      'c',
      'u',
      '-',
      'a',
    ];
    const source = fc.array(fc.constantFrom(...parts), { maxLength: 8 }).map((chosen) => chosen.join(''));
    fc.assert(
      fc.property(source, fc.constantFrom('', 'u', 'v'), (text, flags) => {
        let pattern;
        try {
          pattern = new RegExp(text, flags);
        } catch {
          return;
        }
        expectSameTree(pattern);
      }),
      { numRuns: 3000 },
    );
  });
});
