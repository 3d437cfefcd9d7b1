import { FieldMentions } from './field-mentions.js';
import type { PathStep } from './field-path.js';
import { fits, isBracket, isOf, isParticular } from './path-place.js';
import type { ArrayElement, Place } from './path-place.js';
import { OTHER_SEGMENT, PathAlphabet } from './path-symbol.js';
import type { PathSymbol } from './path-symbol.js';
import type { FieldRule } from './redaction-rule.js';

/** A path, and the rule that it is of. */
export interface RulePath {
  readonly rule: FieldRule;
  readonly steps: readonly PathStep[];
}

/** States and steps between them that are remembered; keys from outside cannot make it more. */
const MAX_STATES = 1_000;
const MAX_STEPS_PER_STATE = 200;

/**
 * Follows all paths at once, one key or array element after the other.
 *
 * Where the paths may be after some keys is a set of places. Sets that were met are remembered with the sets that follow
 * them, so that a step is a look-up. No set is larger than all paths are long, hence no path makes more work than that
 * per segment, however many `**` it has.
 */
export class PathAutomaton {
  /** Before the first key. */
  readonly start: PathState;
  readonly alphabet: PathAlphabet;
  readonly places: readonly Place[];
  readonly #states = new Map<string, PathState>();

  /** @param paths - the first one that names a value decides what happens to it */
  constructor(paths: readonly RulePath[]) {
    this.alphabet = new PathAlphabet(paths.flatMap((path) => path.steps));
    const places: Place[] = [];
    const starts: number[] = [];
    for (const { rule, steps } of paths) {
      starts.push(places.length);
      // A path may begin anywhere.
      places.push({ kind: 'deep' }, ...steps, { kind: 'end', rule }, { kind: 'below', rule });
    }
    this.places = places;
    this.start = this.stateAt(new Set(starts)).state;
  }

  /** @returns also whether the state may be remembered */
  stateAt(reached: ReadonlySet<number>): { state: PathState; isKept: boolean } {
    const places = new Set<number>();
    for (let place of reached) {
      places.add(place);
      // `**` stands for nothing, too.
      while (this.places[place]?.kind === 'deep') places.add(++place);
    }
    const sorted = [...places].sort((left, right) => left - right);
    const id = sorted.join();
    const known = this.#states.get(id);
    if (known !== undefined) return { state: known, isKept: true };
    const state = new PathState(this, sorted);
    const isKept = this.#states.size < MAX_STATES;
    if (isKept) this.#states.set(id, state);
    return { state, isKept };
  }
}

/** Where the paths are after some keys. */
export class PathState {
  /** The first rule that names the value here, or one that it is a part of. */
  readonly rule: FieldRule | undefined;
  /** Whether a path ends at this very value. */
  readonly isNamed: boolean;
  /** Whether it matters which element of an array is next; if not, `anyElement` is what follows. */
  readonly seesElements: boolean;
  readonly #automaton: PathAutomaton;
  readonly #places: readonly number[];
  readonly #next = new Map<PathSymbol | string, PathState>();
  /** Places from which some elements lead on and some do not. */
  readonly #particular: readonly number[];
  #other: PathState | undefined;
  #anyElement: PathState | undefined;
  #mentions: FieldMentions | undefined;

  constructor(automaton: PathAutomaton, places: readonly number[]) {
    this.#automaton = automaton;
    this.#places = places;
    const here = places.map((place) => placeAt(automaton, place));
    this.rule = here.flatMap((place) => ('rule' in place ? [place.rule] : []))[0];
    this.isNamed = here.some((place) => place.kind === 'end');
    this.#particular = places.filter((_, index) => here[index] !== undefined && isParticular(here[index]));
    this.seesElements = this.#particular.length > 0;
  }

  /** The state after a key, of an attribute or a member: it is split at its dots. */
  afterKey(key: string): PathState {
    if (!key.includes('.')) return this.#afterSegment(key);
    return key.split('.').reduce<PathState>((state, segment) => state.#afterSegment(segment), this);
  }

  /** The state after any element, where it does not matter which. */
  get anyElement(): PathState {
    return (this.#anyElement ??= this.#after((place) => place.kind === 'any' || place.kind === 'element', true).state);
  }

  /** The state after an element. */
  afterElement(element: ArrayElement): PathState {
    const fitting = this.#particular.filter((place) => fits(placeAt(this.#automaton, place), element));
    const id = fitting.join();
    const known = this.#next.get(id);
    if (known !== undefined) return known;
    const particular = fitting.map((place) => placeAt(this.#automaton, place));
    return this.#remember(
      id,
      this.#after((place) => place.kind === 'any' || place.kind === 'element' || particular.includes(place), true),
    );
  }

  /** What a text must mention for any path to end in it. */
  get mentions(): FieldMentions {
    return (this.#mentions ??= new FieldMentions(this.#remainders()));
  }

  #afterSegment(segment: string): PathState {
    const symbol = this.#automaton.alphabet.symbolOf(segment);
    if (symbol === OTHER_SEGMENT && this.#other !== undefined) return this.#other;
    const known = this.#next.get(symbol);
    if (known !== undefined) return known;
    const next = this.#after((place) => isOf(symbol, place), symbol.index !== undefined);
    if (symbol === OTHER_SEGMENT && next.isKept) this.#other = next.state;
    return this.#remember(symbol, next);
  }

  /** @param isElement - paths without brackets go on as if it were not there */
  #after(
    leadsOn: (place: Exclude<PathStep, { kind: 'deep' }>) => boolean,
    isElement: boolean,
  ): { state: PathState; isKept: boolean } {
    const reached = new Set<number>();
    for (const index of this.#places) {
      const place = placeAt(this.#automaton, index);
      if (place.kind === 'end') reached.add(index + 1);
      else if (place.kind === 'below' || place.kind === 'deep') reached.add(index);
      else {
        if (leadsOn(place)) reached.add(index + 1);
        if (isElement && !isBracket(place)) reached.add(index);
      }
    }
    return this.#automaton.stateAt(reached);
  }

  #remember(by: PathSymbol | string, next: { state: PathState; isKept: boolean }): PathState {
    if (next.isKept && this.#next.size < MAX_STEPS_PER_STATE) this.#next.set(by, next.state);
    return next.state;
  }

  /** What is left of each path from the last place it has reached. */
  #remainders(): RulePath[] {
    const { places } = this.#automaton;
    const remainders = new Map<number, RulePath>();
    for (const from of this.#places) {
      const end = places.findIndex((place, index) => index >= from && place.kind === 'end');
      const last = places[end];
      if (last === undefined || !('rule' in last) || placeAt(this.#automaton, from).kind === 'below') continue;
      const steps = places.slice(from, end).filter((place): place is PathStep => !('rule' in place));
      remainders.set(end, { rule: last.rule, steps });
    }
    return [...remainders.values()];
  }
}

function placeAt(automaton: PathAutomaton, index: number): Place {
  const place = automaton.places[index];
  if (place === undefined) throw new RangeError('Expected a place of the paths');
  return place;
}
