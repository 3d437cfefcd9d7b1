import { parseRegExp } from '../../src/pattern/parse-regexp.js';
import type { RegExpNode } from '../../src/pattern/regexp-node.js';
import { shareBeginnings } from '../../src/pattern/shared-prefixes.js';

function write(node: RegExpNode): string {
  if (node.kind === 'set') return node.source;
  if (node.kind === 'sequence') return node.nodes.map(write).join('');
  return node.kind === 'choice' ? `(?:${node.nodes.map(write).join('|')})` : `<${node.kind}>`;
}

describe('shareBeginnings', () => {
  it.each([
    ['alice|alan|al', '(?:a(?:l(?:ice|an|)))'],
    ['ab|b|ac|ad', '(?:a(?:b|c|d)|b)'],
    ['ab|ac', '(?:ab|ac)'],
    ['a|a|a', '(?:a(?:||))'],
    ['ab|[ab]c|ad|ae|af', '(?:ab|[ab]c|a(?:d|e|f))'],
    ['a\\.b|a\\.c|a\\.d', '(?:a(?:\\.(?:b|c|d)))'],
    ['\\da|\\db|\\dc', '(?:\\da|\\db|\\dc)'],
    ['a+|ab|ac|ad', '(?:<repeat>|a(?:b|c|d))'],
  ])('reads %s as %s', (source, expected) => {
    const node = parseRegExp(new RegExp(source));
    expect(node.kind).toBe('choice');
    expect('nodes' in node && write({ kind: 'choice', nodes: shareBeginnings(node.nodes) })).toBe(expected);
  });
});
