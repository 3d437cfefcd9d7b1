import type { SearchState } from './search-automaton.js';
import { strongComponents } from './strong-components.js';

/** How many ways are at each state at once, by the state's index. */
type Front = ReadonlyMap<number, number>;

/** After so many steps of looking at every text there can be, an estimate has to do. */
const MAX_EXACT_STEPS = 300_000;

/**
 * The most steps that one character of a text can cost, of a pattern without ambiguity that grows. Exact where the
 * fronts that texts can bring about are few, as with lists of words. Else every state is taken to have the most ways it
 * can have at the same time as all others that the same character leads to; what enters a loop is then counted once.
 */
export function worstStepsPerCharacter(states: readonly SearchState[], limit: number): number {
  return exactWorst(states, limit) ?? estimatedWorst(states);
}

function exactWorst(states: readonly SearchState[], limit: number): number | undefined {
  const start: Front = new Map([[0, 1]]);
  const seen = new Set([nameOf(start)]);
  const pending = [start];
  let worst = 0;
  let steps = 0;
  for (let front = pending.pop(); front !== undefined; front = pending.pop()) {
    let cost = 0;
    const next = new Map<number, Map<number, number>>();
    for (const [node, ways] of front) {
      const state = states[node];
      cost += ways * (state?.cost ?? 0);
      for (const edge of state?.edges ?? []) {
        const target = next.get(edge.on) ?? new Map<number, number>();
        target.set(edge.to, (target.get(edge.to) ?? 0) + ways * edge.ways);
        next.set(edge.on, target);
        steps++;
      }
    }
    worst = Math.max(worst, cost);
    if (worst > limit) return worst;
    if (steps > MAX_EXACT_STEPS) return undefined;
    for (const target of next.values()) {
      const name = nameOf(target);
      if (seen.has(name)) continue;
      seen.add(name);
      pending.push(target);
    }
  }
  return worst;
}

function nameOf(front: Front): string {
  return Array.from(front, ([node, ways]) => `${node}:${ways}`)
    .sort()
    .join();
}

function estimatedWorst(states: readonly SearchState[]): number {
  const component = strongComponents(states.length, (node) => (states[node]?.edges ?? []).map(({ to }) => to));
  const sizes = new Map<number, number>();
  for (const id of component) sizes.set(id, (sizes.get(id) ?? 0) + 1);
  // Components are numbered from the last to the first.
  const order = Array.from(states.keys()).sort((one, other) => (component[other] ?? 0) - (component[one] ?? 0));
  const byClass = states.map(() => new Map<number, number>());
  byClass[0]?.set(-1, 1);
  const totals = new Map<number, number>();
  for (let index = 0; index < order.length;) {
    const id = component[order[index] ?? 0] ?? 0;
    const members = order.slice(index, index + (sizes.get(id) ?? 1));
    index += members.length;
    const entered = Math.max(...members.map((node) => Math.max(0, ...(byClass[node]?.values() ?? []))));
    const loops = members.some((node) => (states[node]?.edges ?? []).some(({ to }) => component[to] === id));
    // The search itself is in one state at a time; of another loop each state may hold what has entered it.
    const inLoop = id === component[0] || members.includes(0) ? 1 : entered * members.length;
    for (const node of members) {
      const state = states[node];
      const ways = byClass[node] ?? new Map<number, number>();
      const most = loops ? Math.max(inLoop, 1) : Math.max(0, ...ways.values());
      for (const edge of state?.edges ?? []) {
        if (component[edge.to] === id) continue;
        const target = byClass[edge.to];
        target?.set(edge.on, (target.get(edge.on) ?? 0) + most * edge.ways);
      }
      if (loops) {
        for (const edge of state?.edges ?? []) if (component[edge.to] === id) byClass[edge.to]?.set(edge.on, most);
      }
    }
    for (const node of members) {
      for (const [on, ways] of byClass[node] ?? []) {
        totals.set(on, (totals.get(on) ?? 0) + ways * (states[node]?.cost ?? 0));
      }
    }
  }
  return Math.max(0, ...totals.values());
}
