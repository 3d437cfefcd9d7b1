import type { BracketStep, PathStep } from './field-path.js';
import { matchesGlob } from './glob.js';
import type { PathSymbol } from './path-symbol.js';
import type { FieldRule } from './redaction-rule.js';

/** An element of an array, as far as paths ask for it. */
export interface ArrayElement {
  readonly index: number;
  /** Elements in the array. */
  readonly count: number;
  /** Whether it is an object with a member of this name (in small letters) of which `matches` is true. */
  hasMember(name: string, matches: (value: string) => boolean): boolean;
}

/** A place in a path: before a step, at the value that the path names, or anywhere below that value. */
export type Place =
  PathStep | { readonly kind: 'end'; readonly rule: FieldRule } | { readonly kind: 'below'; readonly rule: FieldRule };

/** Whether only elements of arrays lead on from here. */
export function isBracket(place: Place): place is BracketStep {
  return place.kind === 'element' || place.kind === 'index' || place.kind === 'filter';
}

/** Whether some elements lead on from here, and some do not. */
export function isParticular(place: Place): boolean {
  return place.kind === 'index' || place.kind === 'filter' || (place.kind === 'name' && /^\d+$/.test(place.name));
}

/** Whether a segment leads on from here. */
export function isOf(symbol: PathSymbol, step: Exclude<PathStep, { kind: 'deep' }>): boolean {
  switch (step.kind) {
    case 'name':
      return step.name === symbol.name;
    case 'glob':
      return symbol.globs.includes(step.glob);
    case 'any':
      return true;
    case 'element':
      return symbol.index !== undefined;
    case 'index':
      return step.index === symbol.index;
    case 'filter':
      return false;
  }
}

/** Whether an element leads on from a place for particular ones. */
export function fits(place: Place, element: ArrayElement): boolean {
  switch (place.kind) {
    case 'name':
      return place.name === String(element.index);
    case 'index':
      return place.index === (place.index < 0 ? element.index - element.count : element.index);
    case 'filter':
      return element.hasMember(place.member, (value) =>
        place.hasWildcard ? matchesGlob(place.value, value) : place.value === value,
      );
    case 'glob':
    case 'any':
    case 'deep':
    case 'element':
    case 'end':
    case 'below':
      return false;
  }
}
