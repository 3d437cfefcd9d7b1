import type { RegExpNode, SetNode } from './regexp-node.js';

/** A set that is one character as written. */
const CHARACTER = /^(?:[^\\[.]|\\[^A-Za-z0-9])$/u;

/** V8 leaves two words alone. */
const LEAST_WORDS = 3;

/**
 * The alternatives of a choice with words of one beginning put together, `alice|alan|al` as `a(?:l(?:ice|an|))`. V8 does so
 * before it runs a pattern (`RationalizeConsecutiveAtoms`); without it, a list of names would look like many ways to match.
 */
export function shareBeginnings(nodes: readonly RegExpNode[]): RegExpNode[] {
  const result: RegExpNode[] = [];
  let words: (readonly SetNode[])[] = [];
  const flush = (): void => {
    result.push(...share(words));
    words = [];
  };
  for (const node of nodes) {
    const word = asWord(node);
    if (word !== undefined) words.push(word);
    else {
      flush();
      result.push(node);
    }
  }
  flush();
  return result;
}

function share(words: readonly (readonly SetNode[])[]): RegExpNode[] {
  const byFirst = new Map<string, (readonly SetNode[])[]>();
  for (const word of words) {
    const key = word[0] === undefined ? '' : `${word[0].flags}/${word[0].source}`;
    const group = byFirst.get(key);
    if (group === undefined) byFirst.set(key, [word]);
    else group.push(word);
  }
  return [...byFirst.values()].flatMap((group): RegExpNode[] => {
    const first = group[0]?.[0];
    if (first === undefined || group.length < LEAST_WORDS) return group.map((nodes) => ({ kind: 'sequence', nodes }));
    const rest: RegExpNode = { kind: 'choice', nodes: share(group.map((word) => word.slice(1))) };
    return [{ kind: 'sequence', nodes: [first, rest] }];
  });
}

function asWord(node: RegExpNode): readonly SetNode[] | undefined {
  const nodes = node.kind === 'sequence' ? node.nodes : [node];
  const isCharacter = (part: RegExpNode): part is SetNode => part.kind === 'set' && CHARACTER.test(part.source);
  return nodes.length > 0 && nodes.every(isCharacter) ? nodes : undefined;
}
