import type { PositionAutomaton } from './position-automaton.js';
import type { Step } from './step.js';
import { ACCEPT } from './step.js';
import { strongComponents } from './strong-components.js';

/** Positions after which an attempt cannot fail any more. */
export interface Tail {
  readonly closed: ReadonlySet<number>;
  /** The most steps that what is tried beyond the match there can cost, for each character of the match. */
  readonly steps: number;
}

/**
 * Where the whole pattern is matched and what may follow costs no more than what it adds to the match, but for a bounded
 * look ahead: `\d+` after its first digit. The search goes on behind the match, so no character is read twice.
 */
export function findTail({ positions, follow }: PositionAutomaton): Tail {
  const sure = new Set<number>();
  follow.forEach((steps, position) => {
    if (steps.some(({ to, conditions }) => to === ACCEPT && conditions === 0)) sure.add(position);
  });
  const unsure = (position: number): readonly number[] =>
    sure.has(position) ? [] : targets(follow[position]).filter((to) => !sure.has(to));
  const component = strongComponents(positions.length, unsure);
  const sizes = new Map<number, number>();
  for (const id of component) sizes.set(id, (sizes.get(id) ?? 0) + 1);
  const loops = (position: number): boolean =>
    (sizes.get(component[position] ?? 0) ?? 0) > 1 || unsure(position).includes(position);

  // A position is open if a loop that may fail can be reached from it.
  const open = new Set<number>();
  const sources = positions.map(() => [] as number[]);
  follow.forEach((steps, from) => targets(steps).forEach((to) => sources[to]?.push(from)));
  positions.forEach((_, position) => loops(position) && open.add(position));
  for (const position of open) for (const source of sources[position] ?? []) open.add(source);

  const closed = new Set([...sure].filter((position) => !open.has(position)));
  const costs = new Map<number, number>();
  // Components are numbered from the last to the first, so what follows is known already.
  const order = Array.from(positions.keys()).sort((one, other) => (component[one] ?? 0) - (component[other] ?? 0));
  const costOf = (position: number): number =>
    (follow[position] ?? []).reduce(
      (sum, { to, ways }) => sum + ways * (1 + (sure.has(to) ? 0 : (costs.get(to) ?? 0))),
      0,
    );
  for (const position of order) if (!open.has(position) && !sure.has(position)) costs.set(position, costOf(position));
  return { closed, steps: Math.max(0, ...[...closed].map(costOf)) };
}

function targets(steps: readonly Step[] | undefined): number[] {
  return (steps ?? []).map(({ to }) => to).filter((to) => to >= 0);
}
