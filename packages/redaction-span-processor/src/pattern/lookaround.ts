import type { Alphabet } from './alphabet.js';
import type { LookNode, RegExpNode } from './regexp-node.js';

/** What `^` and `$` look for with the flag `m`. */
export const LINE_END = '[\\n\\r\\u2028\\u2029]';

/** What a lookaround for one character, or the edge of the text, looks for. */
export function singleCharacters(alphabet: Alphabet, node: LookNode): { sets: number[]; edge: boolean } | undefined {
  const sets: number[] = [];
  let edge = false;
  const collect = (part: RegExpNode): boolean => {
    switch (part.kind) {
      case 'set':
        sets.push(alphabet.add(part.source, part.flags));
        return true;
      case 'capture':
        return collect(part.body);
      case 'choice':
        return part.nodes.every(collect);
      case 'edge':
        edge = true;
        if (part.multiline) sets.push(alphabet.add(LINE_END, ''));
        return part.behind === node.behind;
      case 'sequence':
      case 'repeat':
      case 'boundary':
      case 'look':
      case 'reference':
        return false;
    }
  };
  return collect(node.body) ? { sets, edge } : undefined;
}

/** The sets of the character next to a lookaround, where it always needs one there. */
export function firstSets(alphabet: Alphabet, node: RegExpNode, behind: boolean): number[] | undefined {
  switch (node.kind) {
    case 'set':
      return [alphabet.add(node.source, node.flags)];
    case 'capture':
      return firstSets(alphabet, node.body, behind);
    case 'repeat':
      return node.min === 0 ? undefined : firstSets(alphabet, node.body, behind);
    case 'choice': {
      const all = node.nodes.map((part) => firstSets(alphabet, part, behind));
      return all.some((sets) => sets === undefined) ? undefined : all.flatMap((sets) => sets ?? []);
    }
    case 'sequence': {
      const next = behind ? node.nodes.at(-1) : node.nodes[0];
      return next === undefined ? undefined : firstSets(alphabet, next, behind);
    }
    case 'edge':
    case 'boundary':
    case 'look':
    case 'reference':
      return undefined;
  }
}
