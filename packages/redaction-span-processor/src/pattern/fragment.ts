import type { Step } from './step.js';
import { DEAD } from './step.js';

/** Ways by their conditions. */
export type Ways = Map<number, number>;
/** Ways by `key(conditions, to)`. */
export type Paths = Map<number, number>;

/** A part of a pattern while its positions are linked. */
export interface Fragment {
  readonly starts: Paths;
  /** Ways through it without a character. */
  readonly empties: Ways;
  /** The positions it can end with, and the ways from there to its end. */
  readonly lasts: readonly (readonly [number, Ways])[];
}

const SPAN = 2 ** 20;
export const NO_CONDITION = 0;

export function key(conditions: number, to: number): number {
  return conditions * SPAN + (to < 0 ? SPAN + to : to);
}

export function withConditions(path: number, conditions: number): number {
  return (Math.floor(path / SPAN) | conditions) * SPAN + (path % SPAN);
}

export function add(paths: Map<number, number>, path: number, ways: number): void {
  paths.set(path, (paths.get(path) ?? 0) + ways);
}

export function addPaths(into: Paths, before: Ways, after: Paths): void {
  for (const [conditions, ways] of before) {
    for (const [path, more] of after) add(into, withConditions(path, conditions), ways * more);
  }
}

export function product(before: Ways, after: Ways): Ways {
  const result: Ways = new Map();
  for (const [conditions, ways] of before) {
    for (const [others, more] of after) add(result, conditions | others, ways * more);
  }
  return result;
}

export function empty(): Fragment {
  return { starts: new Map(), empties: nothing(), lasts: [] };
}

export function nothing(): Ways {
  return new Map([[NO_CONDITION, 1]]);
}

export function union(parts: readonly Fragment[]): Fragment {
  const starts: Paths = new Map();
  const empties: Ways = new Map();
  for (const part of parts) {
    for (const [path, ways] of part.starts) add(starts, path, ways);
    for (const [conditions, ways] of part.empties) add(empties, conditions, ways);
  }
  return { starts, empties, lasts: parts.flatMap((part) => part.lasts) };
}

/** The starts of a repetition that the language lets match only if it takes a character; the other ways are tried in vain. */
export function withoutEmpty(body: Fragment): Paths {
  const starts = new Map(body.starts);
  for (const [conditions, ways] of body.empties) add(starts, key(conditions, DEAD), ways);
  return starts;
}

export function toSteps(paths: Paths): Step[] {
  return Array.from(paths, ([path, ways]) => {
    const to = path % SPAN;
    return { to: to >= SPAN + DEAD ? to - SPAN : to, conditions: Math.floor(path / SPAN), ways };
  });
}
