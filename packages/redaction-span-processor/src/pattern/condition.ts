import type { Alphabet } from './alphabet.js';

/** Stands for the character before the start of a text, and for the one behind its end. */
export const NOTHING = -1;

/** Something that is asked between two characters. */
export interface Condition {
  /**
   * `behind` and `ahead` look at one of the characters, `boundary` at both. `perhaps` may hold or not: it stands for what
   * is not followed up, and is taken to hold wherever that means more work.
   */
  readonly kind: 'behind' | 'ahead' | 'boundary' | 'perhaps';
  /** Sets of the alphabet; the character has to be in one of them. */
  readonly sets: readonly number[];
  /** Whether the edge of the text will do as well. */
  readonly edge: boolean;
  readonly negated: boolean;
}

/** Whether `condition` holds, or may hold, between characters of two classes. */
export function holds(condition: Condition, alphabet: Alphabet, before: number, after: number): boolean {
  const isIn = (id: number): boolean =>
    id === NOTHING ? condition.edge : condition.sets.some((set) => alphabet.has(set, id));
  switch (condition.kind) {
    case 'behind':
      return isIn(before) !== condition.negated;
    case 'ahead':
      return isIn(after) !== condition.negated;
    case 'boundary':
      return (isIn(before) !== isIn(after)) !== condition.negated;
    case 'perhaps':
      return true;
  }
}
