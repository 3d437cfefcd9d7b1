import type { RegExpNode } from './regexp-node.js';
import { hasReference, maxLength, partsOf } from './regexp-node.js';

/** Longest text that a part is followed up for which the check does not read character by character. */
export const MAX_APART = 256;

/** What it takes at most to match something once, every way tried. */
export interface Cost {
  readonly steps: number;
  readonly ways: number;
}

const NONE: Cost = { steps: 0, ways: 1 };

/** Whether `node` cannot read more than `MAX_APART` characters, not even to look ahead of or behind what it matches. */
export function isSmall(node: RegExpNode): boolean {
  const looksSmall = (part: RegExpNode): boolean =>
    (part.kind !== 'look' || maxLength(part.body) <= MAX_APART) && partsOf(part).every(looksSmall);
  return maxLength(node) <= MAX_APART && !hasReference(node) && looksSmall(node);
}

/** The cost of a `node` that is small. */
export function matchCost(node: RegExpNode): Cost {
  switch (node.kind) {
    case 'sequence':
      return node.nodes.map(matchCost).reduce(inSequence, NONE);
    case 'choice':
      return node.nodes
        .map(matchCost)
        .reduce((sum, part) => ({ steps: sum.steps + part.steps, ways: sum.ways + part.ways }));
    case 'repeat': {
      const body = matchCost(node.body);
      const most = Math.min(node.max, Math.max(node.min, MAX_APART));
      let cost = NONE;
      let ways = node.min === 0 ? 1 : 0;
      for (let count = 1; count <= most; count++) {
        cost = inSequence(cost, body);
        if (count >= node.min) ways += cost.ways;
      }
      return { steps: cost.steps, ways };
    }
    case 'capture':
    case 'look':
      return matchCost(node.body);
    case 'reference':
      return { steps: MAX_APART, ways: 1 };
    case 'set':
    case 'edge':
    case 'boundary':
      return { steps: 1, ways: 1 };
  }
}

function inSequence(before: Cost, after: Cost): Cost {
  return { steps: before.steps + before.ways * after.steps, ways: before.ways * after.ways };
}
