import { Alphabet } from './alphabet.js';
import type { Condition } from './condition.js';
import type { Fragment, Paths, Ways } from './fragment.js';
import { add, addPaths, empty, key, NO_CONDITION, nothing, product, toSteps, union } from './fragment.js';
import { withConditions, withoutEmpty } from './fragment.js';
import { firstSets, LINE_END, singleCharacters } from './lookaround.js';
import { isSmall, MAX_APART, matchCost } from './match-cost.js';
import type { LookNode, RegExpNode, RepeatNode } from './regexp-node.js';
import { hasReference, maxLength, partsOf } from './regexp-node.js';
import { shareBeginnings } from './shared-prefixes.js';
import type { Step } from './step.js';
import { ACCEPT, DEAD } from './step.js';
import { UndecidedError } from './undecided.js';

/** A place in the pattern where a character is matched. Bounded repetitions are written out, so `a{3}` has three. */
export interface Position {
  /** The set that the character is in. */
  readonly set: number;
  /** The repetitions without a bound around it, as written, from the outermost. */
  readonly loops: readonly string[];
}

/** A pattern as the positions that can follow each other, with the number of ways a backtracking engine may try. */
export interface PositionAutomaton {
  readonly alphabet: Alphabet;
  readonly conditions: readonly Condition[];
  readonly positions: readonly Position[];
  /** From the start of the pattern. */
  readonly first: readonly Step[];
  /** From each position. */
  readonly follow: readonly (readonly Step[])[];
}

const MAX_POSITIONS = 10_000;
const MAX_STEPS = 200_000;
const MAX_CONDITIONS = 24;

/** @throws UndecidedError when the pattern has something that cannot be bounded, or is too large. */
export function buildPositions(root: RegExpNode): PositionAutomaton {
  return new Builder(root).build();
}

class Builder {
  readonly #root: RegExpNode;
  readonly #alphabet = new Alphabet();
  readonly #conditions: Condition[] = [];
  readonly #positions: Position[] = [];
  readonly #follow: Paths[] = [];
  readonly #groups = new Map<number | string, number>();
  #steps = 0;
  #loops: readonly string[] = [];

  constructor(root: RegExpNode) {
    this.#root = root;
    this.#measureGroups(root);
  }

  build(): PositionAutomaton {
    const whole = this.#fragment(this.#root);
    const first: Paths = new Map(whole.starts);
    for (const [conditions, ways] of whole.empties) add(first, key(conditions, ACCEPT), ways);
    for (const [position, ends] of whole.lasts) {
      for (const [conditions, ways] of ends) this.#step(position, key(conditions, ACCEPT), ways);
    }
    this.#alphabet.close();
    return {
      alphabet: this.#alphabet,
      conditions: this.#conditions,
      positions: this.#positions,
      first: toSteps(first),
      follow: this.#follow.map(toSteps),
    };
  }

  #fragment(node: RegExpNode): Fragment {
    switch (node.kind) {
      case 'set':
        return this.#position(this.#alphabet.add(node.source, node.flags));
      case 'capture':
        return this.#fragment(node.body);
      case 'sequence':
        return node.nodes.reduce((before, part) => this.#concat(before, this.#fragment(part)), empty());
      case 'choice':
        return union(shareBeginnings(node.nodes).map((part) => this.#fragment(part)));
      case 'repeat':
        return this.#repeat(node);
      case 'edge': {
        const sets = node.multiline ? [this.#alphabet.add(LINE_END, '')] : [];
        return this.#assert({ kind: node.behind ? 'behind' : 'ahead', sets, edge: true, negated: false });
      }
      case 'boundary': {
        const sets = [this.#alphabet.add('\\w', node.flags)];
        return this.#assert({ kind: 'boundary', sets, edge: false, negated: node.negated });
      }
      case 'look':
        return this.#look(node);
      case 'reference':
        return this.#reference(node.to);
    }
  }

  #position(set: number): Fragment {
    const index = this.#positions.length;
    if (index >= MAX_POSITIONS) throw new UndecidedError('is too large to be checked');
    this.#positions.push({ set, loops: this.#loops });
    this.#follow.push(new Map());
    return {
      starts: new Map([[key(NO_CONDITION, index), 1]]),
      empties: new Map(),
      lasts: [[index, new Map([[NO_CONDITION, 1]])]],
    };
  }

  #assert(condition: Condition): Fragment {
    const text = JSON.stringify(condition);
    let index = this.#conditions.findIndex((known) => JSON.stringify(known) === text);
    if (index === -1) index = this.#conditions.push(condition) - 1;
    if (index >= MAX_CONDITIONS) throw new UndecidedError('has too many assertions to be checked');
    return { starts: new Map(), empties: new Map([[1 << index, 1]]), lasts: [] };
  }

  #concat(before: Fragment, after: Fragment): Fragment {
    this.#link(before.lasts, after.starts);
    const starts = new Map(before.starts);
    addPaths(starts, before.empties, after.starts);
    const lasts = [...after.lasts];
    if (after.empties.size > 0) {
      for (const [position, ends] of before.lasts) {
        lasts.push([position, product(ends, after.empties)]);
      }
    }
    return { starts, empties: product(before.empties, after.empties), lasts };
  }

  /** A repetition is as many copies as it must have, then as many as it may have, each one inside the one before. */
  #repeat(node: RepeatNode): Fragment {
    if (node.min > MAX_POSITIONS) throw new UndecidedError('is too large to be checked');
    const outer = this.#loops;
    if (node.max === Infinity) this.#loops = [...outer, node.text];
    let result = empty();
    for (let count = 0; count < node.min; count++) result = this.#concat(result, this.#fragment(node.body));
    if (node.max === Infinity) result = this.#concat(result, this.#star(this.#fragment(node.body)));
    else result = this.#concat(result, this.#optional(node.body, node.max - node.min));
    this.#loops = outer;
    return result;
  }

  #star(body: Fragment): Fragment {
    const again = withoutEmpty(body);
    this.#link(body.lasts, again);
    return { starts: again, empties: nothing(), lasts: body.lasts };
  }

  #optional(body: RegExpNode, count: number): Fragment {
    const starts: Paths = new Map();
    const lasts: [number, Ways][] = [];
    let ends: Fragment['lasts'] = [];
    for (let index = 0; index < count; index++) {
      const copy = this.#fragment(body);
      const again = withoutEmpty(copy);
      if (index === 0) for (const [to, ways] of again) add(starts, to, ways);
      else this.#link(ends, again);
      ends = copy.lasts;
      for (const last of ends) lasts.push([...last]);
      if (ends.length === 0) break;
    }
    return { starts, empties: nothing(), lasts };
  }

  #look(node: LookNode): Fragment {
    const sets = singleCharacters(this.#alphabet, node);
    const kind = node.behind ? 'behind' : 'ahead';
    if (sets !== undefined) return this.#assert({ kind, ...sets, negated: node.negated });
    const perhaps = this.#assert({ kind: 'perhaps', sets: [], edge: false, negated: false });
    const starts: Paths = new Map();
    const first = firstSets(this.#alphabet, node.body, node.behind);
    if (node.behind) {
      if (!isSmall(node.body)) throw new UndecidedError('has a lookbehind without a small bound');
      add(starts, key(NO_CONDITION, DEAD), matchCost(node.body).steps);
    } else {
      const body = this.#fragment(node.body);
      for (const [to, ways] of withoutEmpty(body)) add(starts, to, ways);
      for (const [position, ends] of body.lasts) {
        for (const [conditions, ways] of ends) this.#step(position, key(conditions, DEAD), ways);
      }
    }
    const assertion =
      node.negated || first === undefined
        ? perhaps
        : this.#concat(perhaps, this.#assert({ kind, sets: first, edge: false, negated: false }));
    return { starts, empties: assertion.empties, lasts: [] };
  }

  /** Any text as long as the group can be: more than what the group can have matched, so never less work. */
  #reference(to: number | string): Fragment {
    const length = this.#groups.get(to);
    if (length === undefined || length > MAX_APART) {
      throw new UndecidedError('refers back to a group without a small bound');
    }
    const any: RegExpNode = { kind: 'set', source: '[^]', flags: '' };
    const perhaps = this.#assert({ kind: 'perhaps', sets: [], edge: false, negated: false });
    return this.#concat(this.#optional(any, length), perhaps);
  }

  #link(lasts: Fragment['lasts'], starts: Paths): void {
    for (const [position, ends] of lasts) {
      for (const [conditions, ways] of ends) {
        for (const [path, more] of starts) this.#step(position, withConditions(path, conditions), ways * more);
      }
    }
  }

  #step(from: number, path: number, ways: number): void {
    const steps = this.#follow[from];
    if (steps === undefined) return;
    if (!steps.has(path) && ++this.#steps > MAX_STEPS) throw new UndecidedError('is too large to be checked');
    add(steps, path, ways);
  }

  #measureGroups(node: RegExpNode): void {
    if (node.kind === 'capture') {
      const length = maxLength(node.body);
      // A group that refers to another one is as long as that: not followed up.
      const known = hasReference(node.body) ? Infinity : length;
      this.#groups.set(node.index, known);
      if (node.name !== undefined) {
        this.#groups.set(node.name, Math.max(known, this.#groups.get(node.name) ?? 0));
      }
    }
    for (const part of partsOf(node)) this.#measureGroups(part);
  }
}
