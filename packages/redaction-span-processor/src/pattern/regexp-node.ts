/** What one character is matched with: `\d`, `[a-z]`, `.`, `x`. */
export interface SetNode {
  readonly kind: 'set';
  /** A regular expression for this one character. */
  readonly source: string;
  /** Of `imsuv` those that change what it matches. */
  readonly flags: string;
}

/** `body{min,max}` and its short forms. Greedy or lazy makes no difference to how much work there can be. */
export interface RepeatNode {
  readonly kind: 'repeat';
  readonly body: RegExpNode;
  readonly min: number;
  /** `Infinity`: no bound. */
  readonly max: number;
  /** As it is written. */
  readonly text: string;
}

/** `(?=…)`, `(?!…)`, `(?<=…)` and `(?<!…)`. */
export interface LookNode {
  readonly kind: 'look';
  readonly behind: boolean;
  readonly negated: boolean;
  readonly body: RegExpNode;
}

/** `^` and `$`. */
export interface EdgeNode {
  readonly kind: 'edge';
  readonly behind: boolean;
  readonly multiline: boolean;
}

/** `\b` and `\B`. */
export interface BoundaryNode {
  readonly kind: 'boundary';
  readonly negated: boolean;
  readonly flags: string;
}

/** `\1` and `\k<name>`. */
export interface ReferenceNode {
  readonly kind: 'reference';
  readonly to: number | string;
}

/** A group that can be referred to. */
export interface CaptureNode {
  readonly kind: 'capture';
  readonly index: number;
  readonly name: string | undefined;
  readonly body: RegExpNode;
}

/** One after the other, or one of several. */
export interface ListNode {
  readonly kind: 'sequence' | 'choice';
  readonly nodes: readonly RegExpNode[];
}

/** A part of a regular expression. */
export type RegExpNode =
  SetNode | RepeatNode | LookNode | EdgeNode | BoundaryNode | ReferenceNode | CaptureNode | ListNode;

/** Length in characters of the longest text that `node` matches; of a reference, that of nothing. */
export function maxLength(node: RegExpNode): number {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'repeat': {
      const length = maxLength(node.body);
      return length === 0 || node.max === 0 ? 0 : length * node.max;
    }
    case 'capture':
      return maxLength(node.body);
    case 'sequence':
      return node.nodes.reduce((sum, part) => sum + maxLength(part), 0);
    case 'choice':
      return Math.max(0, ...node.nodes.map(maxLength));
    case 'edge':
    case 'boundary':
    case 'look':
    case 'reference':
      return 0;
  }
}

/** What `node` is made of. */
export function partsOf(node: RegExpNode): readonly RegExpNode[] {
  if ('nodes' in node) return node.nodes;
  return 'body' in node ? [node.body] : [];
}

/** Whether a part of `node` refers back to a group. */
export function hasReference(node: RegExpNode): boolean {
  return node.kind === 'reference' || partsOf(node).some(hasReference);
}
