import type { Alphabet } from './alphabet.js';
import { holds, NOTHING } from './condition.js';
import type { PositionAutomaton } from './position-automaton.js';
import type { Step } from './step.js';
import { ACCEPT, DEAD } from './step.js';
import { UndecidedError } from './undecided.js';

/** What an engine does at a position of the pattern, with what it has to know of the character before. */
export interface SearchState {
  /** Index of the position; `START` for the search itself, which begins an attempt at every character. */
  readonly position: number;
  /** What is tried here, taken or not. */
  readonly cost: number;
  readonly edges: readonly Edge[];
}

/** To the state `to` with a character of class `on`, in so many ways. */
export interface Edge {
  readonly on: number;
  readonly to: number;
  readonly ways: number;
}

/** The position of the state that stands for the search. */
export const START = -1;

const MAX_EDGES = 500_000;

/**
 * All that a backtracking engine may do on a text: every way through these states that the text allows is one that is
 * tried, so the work is linear if there are never more than so many ways at once. State 0 is the start of the text.
 *
 * @param closed - Positions after which an attempt cannot fail any more: what it consumes then is not searched again.
 * @param anywhere - Whether attempts begin at every character, or only at the start of the text.
 * @throws UndecidedError when there are too many of them.
 */
export function buildSearch(
  automaton: PositionAutomaton,
  closed: ReadonlySet<number>,
  anywhere: boolean,
): readonly SearchState[] {
  const { alphabet, conditions, positions, first, follow } = automaton;
  const contexts = contextOf(automaton);
  const states: { position: number; cost: number; edges: Edge[] }[] = [];
  const ids = new Map<string, number>();
  const pending: [number, number][] = [];
  let edgeCount = 0;

  const stateOf = (position: number, before: number): number => {
    const name = `${position}/${before === NOTHING ? NOTHING : contexts[before]}`;
    const known = ids.get(name);
    if (known !== undefined) return known;
    const id = states.push({ position, cost: 0, edges: [] }) - 1;
    ids.set(name, id);
    pending.push([id, before]);
    return id;
  };

  const classes = positions.map(() => [] as number[]);
  const bySet = new Map<number, number[]>();
  positions.forEach(({ set }, index) => {
    const members = bySet.get(set) ?? alphabet.classesOf(set);
    bySet.set(set, members);
    classes[index] = members;
  });

  stateOf(START, NOTHING);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [id, before] = next;
    const state = states[id];
    if (state === undefined) break;
    const ways = new Map<number, number>();
    const enter = (on: number, position: number, count: number): void => {
      const to = stateOf(position, on);
      const key = to * alphabet.size + on;
      if (!ways.has(key) && ++edgeCount > MAX_EDGES) throw new UndecidedError('is too large to be checked');
      ways.set(key, (ways.get(key) ?? 0) + count);
    };
    if (state.position === START && anywhere) for (let on = 0; on < alphabet.size; on++) enter(on, START, 1);
    const steps = state.position === START ? first : closed.has(state.position) ? [] : (follow[state.position] ?? []);
    state.cost = costOf(steps, automaton);
    for (const { to, conditions: mask, ways: count } of steps) {
      for (const on of classes[to] ?? []) {
        const passes = conditions.every(
          (condition, bit) => !(mask & (1 << bit)) || holds(condition, alphabet, before, on),
        );
        if (passes) enter(on, to, count);
      }
    }
    for (const [key, count] of ways) {
      state.edges.push({ on: key % alphabet.size, to: Math.floor(key / alphabet.size), ways: count });
    }
  }
  return states;
}

/** Engines sort alternatives by their first character: those that fail alike are tried once. */
function costOf(steps: readonly Step[], { positions }: PositionAutomaton): number {
  let cost = 1;
  const bySet = new Map<number, number>();
  for (const { to, ways } of steps) {
    const set = positions[to]?.set;
    if (to === ACCEPT || to === DEAD || set === undefined) cost += ways;
    else bySet.set(set, Math.max(bySet.get(set) ?? 0, ways));
  }
  for (const ways of bySet.values()) cost += ways;
  return cost;
}

/** Numbers the classes by what conditions can tell of the character before them. */
function contextOf({
  alphabet,
  conditions,
}: {
  alphabet: Alphabet;
  conditions: PositionAutomaton['conditions'];
}): number[] {
  const sets = conditions.filter(({ kind }) => kind === 'behind' || kind === 'boundary').flatMap(({ sets }) => sets);
  const names = new Map<string, number>();
  return Array.from({ length: alphabet.size }, (_, id) => {
    const name = sets.map((set) => (alphabet.has(set, id) ? 1 : 0)).join('');
    const known = names.get(name) ?? names.size;
    names.set(name, known);
    return known;
  });
}
