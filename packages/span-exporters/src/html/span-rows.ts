import type { ReadableSpanLike } from '@genspan/span-processor-base';
import type { SpanNode } from '../span-forest.js';

/** A span's line in the waterfall. */
export interface SpanRow {
  readonly span: ReadableSpanLike;
  /** 0 for the top of a tree. */
  readonly depth: number;
  /** Spans directly below. */
  readonly childCount: number;
}

/** Trees as lines, each span before those below it; without recursion, since a trace can be thousands of spans deep. */
export function spanRows(roots: readonly SpanNode[]): SpanRow[] {
  const rows: SpanRow[] = [];
  const open = roots.map((node) => ({ node, depth: 0 })).reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next;
    rows.push({ span: node.span, depth, childCount: node.children.length });
    for (let index = node.children.length - 1; index >= 0; index--) {
      const child = node.children[index];
      if (child !== undefined) open.push({ node: child, depth: depth + 1 });
    }
  }
  return rows;
}
