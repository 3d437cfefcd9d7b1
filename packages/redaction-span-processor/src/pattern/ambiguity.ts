import type { Edge, SearchState } from './search-automaton.js';
import { START } from './search-automaton.js';
import { strongComponents } from './strong-components.js';
import { UndecidedError } from './undecided.js';

/** Why the ways through a pattern grow with the text. */
export interface Ambiguity {
  /** `exponential`: ways through one loop multiply. `restart`: an attempt can begin anywhere in a loop. `overlap`: two loops. */
  readonly kind: 'exponential' | 'restart' | 'overlap';
  /** Positions of a loop, as far as there is one to name. */
  readonly position: number;
  /** With `overlap` a position of the loop before it. */
  readonly before?: number;
}

const MAX_NODES = 400_000;
/** Three of them make a key that is a safe integer. */
const MAX_STATES = 2 ** 17;

/**
 * Looks for what makes the number of ways grow without a bound: a state that comes back to itself in two ways on one
 * text, or a loop that leads into another on a text that both of them read (A. Weber and H. Seidl, On the degree of
 * ambiguity of finite automata, 1991). If there is neither, there is a constant that bounds it for all texts.
 *
 * @throws UndecidedError when that takes too long to find out.
 */
export function findAmbiguity(states: readonly SearchState[]): Ambiguity | undefined {
  if (states.length > MAX_STATES) throw new UndecidedError('is too large to be checked');
  const component = strongComponents(states.length, (node) => (states[node]?.edges ?? []).map(({ to }) => to));
  const loops = loopsOf(states, component);
  for (const loop of loops) {
    if (isAmbiguous(states, component, loop)) return { kind: 'exponential', position: positionIn(states, loop) };
  }
  for (const before of loops) {
    const reached = reachableFrom(states, before);
    for (const after of loops) {
      if (before === after || !after.some((node) => reached.has(node))) continue;
      if (!overlaps(states, before, after)) continue;
      const position = positionIn(states, after);
      const first = positionIn(states, before);
      return first === START ? { kind: 'restart', position } : { kind: 'overlap', position, before: first };
    }
  }
  return undefined;
}

function loopsOf(states: readonly SearchState[], component: Int32Array): number[][] {
  const members = new Map<number, number[]>();
  component.forEach((id, node) => {
    const known = members.get(id);
    if (known === undefined) members.set(id, [node]);
    else known.push(node);
  });
  return [...members.values()].filter(
    ([node, ...others]) => others.length > 0 || (states[node ?? 0]?.edges ?? []).some(({ to }) => to === node),
  );
}

/** Whether two different ways lead from a state of a loop back to it on the same text. */
function isAmbiguous(states: readonly SearchState[], component: Int32Array, loop: readonly number[]): boolean {
  const id = component[loop[0] ?? 0];
  const inside = (node: number): readonly Edge[] =>
    (states[node]?.edges ?? []).filter(({ to }) => component[to] === id);
  if (loop.some((node) => inside(node).some(({ ways }) => ways > 1))) return true;
  if (loop.every((node) => new Set(inside(node).map(({ on }) => on)).size === inside(node).length)) return false;
  const graph = new ProductGraph();
  for (const node of loop) graph.add([node, node]);
  graph.explore(([left = 0, right = 0], reach) => {
    for (const one of inside(left)) {
      for (const other of inside(right)) if (one.on === other.on) reach([one.to, other.to]);
    }
  });
  const components = graph.components();
  const diagonal = new Set<number>();
  graph.forEach(([left, right], index) => left === right && diagonal.add(components[index] ?? -1));
  let found = false;
  graph.forEach(([left, right], index) => (found ||= left !== right && diagonal.has(components[index] ?? -1)));
  return found;
}

/** Whether one text leads around `before`, from it into `after`, and around `after`. */
function overlaps(states: readonly SearchState[], before: readonly number[], after: readonly number[]): boolean {
  const [inBefore, inAfter] = [new Set(before), new Set(after)];
  const useful = leadingTo(states, after);
  const on = targetsByClass(states);
  const graph = new ProductGraph();
  for (const from of before) for (const to of after) graph.add([from, from, to]);
  graph.explore(([left = 0, middle = 0, right = 0], reach) => {
    const target = middle === right && inAfter.has(middle);
    // The way back joins start and end of what is looked for to a component.
    if (target) reach([left, left, right]);
    for (const first of states[left]?.edges ?? []) {
      if (!inBefore.has(first.to)) continue;
      for (const last of on(right, first.on)) {
        if (!inAfter.has(last)) continue;
        for (const between of on(middle, first.on)) if (useful.has(between)) reach([first.to, between, last]);
      }
    }
  });
  const components = graph.components();
  let found = false;
  graph.forEach(([left = 0, middle, right = 0], index) => {
    if (middle !== right) return;
    const start = graph.indexOf([left, left, right]);
    if (start !== undefined && components[start] === components[index]) found = true;
  });
  return found;
}

/** Tuples of states, and where the same character leads each of them. */
class ProductGraph {
  readonly #ids = new Map<number, number>();
  readonly #nodes: (readonly number[])[] = [];
  readonly #targets: number[][] = [];

  add(node: readonly number[]): number {
    const key = keyOf(node);
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    if (this.#nodes.length >= MAX_NODES) throw new UndecidedError('is too complex to be checked');
    this.#ids.set(key, this.#nodes.length);
    this.#targets.push([]);
    return this.#nodes.push(node) - 1;
  }

  indexOf(node: readonly number[]): number | undefined {
    return this.#ids.get(keyOf(node));
  }

  explore(visit: (node: readonly number[], reach: (target: readonly number[]) => void) => void): void {
    for (let index = 0; index < this.#nodes.length; index++) {
      const targets = this.#targets[index] ?? [];
      visit(this.#nodes[index] ?? [], (target) => targets.push(this.add(target)));
    }
  }

  components(): Int32Array {
    return strongComponents(this.#nodes.length, (node) => this.#targets[node] ?? []);
  }

  forEach(visit: (node: readonly number[], index: number) => void): void {
    this.#nodes.forEach(visit);
  }
}

function keyOf(node: readonly number[]): number {
  return node.reduce((key, part) => key * MAX_STATES + part, 0);
}

function reachableFrom(states: readonly SearchState[], from: readonly number[]): Set<number> {
  const reached = new Set(from);
  for (const node of reached) for (const { to } of states[node]?.edges ?? []) reached.add(to);
  return reached;
}

/** Where a character of a class leads from a state. */
function targetsByClass(states: readonly SearchState[]): (node: number, on: number) => readonly number[] {
  const known = new Map<number, Map<number, number[]>>();
  return (node, on) => {
    let targets = known.get(node);
    if (targets === undefined) {
      targets = new Map();
      for (const edge of states[node]?.edges ?? []) {
        const list = targets.get(edge.on);
        if (list === undefined) targets.set(edge.on, [edge.to]);
        else list.push(edge.to);
      }
      known.set(node, targets);
    }
    return targets.get(on) ?? [];
  };
}

/** The states from which `targets` can be reached. */
function leadingTo(states: readonly SearchState[], targets: readonly number[]): Set<number> {
  const sources = states.map(() => [] as number[]);
  states.forEach(({ edges }, node) => edges.forEach(({ to }) => sources[to]?.push(node)));
  const found = new Set(targets);
  for (const node of found) for (const source of sources[node] ?? []) found.add(source);
  return found;
}

function positionIn(states: readonly SearchState[], loop: readonly number[]): number {
  return states[loop[0] ?? 0]?.position ?? START;
}
