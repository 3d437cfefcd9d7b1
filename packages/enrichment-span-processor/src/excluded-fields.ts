import type { ExcludedStep } from './excluded-path.js';

/** Where the paths may be after some keys. What follows is remembered in it. */
export interface ExcludedState {
  /** Of each path: bit n is set when n of its steps are behind. */
  readonly places: readonly number[];
  /** Whether a path ends here. */
  readonly isExcluded: boolean;
  readonly afterSegment: Map<string, ExcludedState>;
  afterElement: ExcludedState | undefined;
}

/** States, and segments after each of them, that are remembered: keys come from outside. */
const MAX_STATES = 1_000;
const MAX_SEGMENTS = 200;
/** Longer segments are names of nothing. */
const MAX_SEGMENT = 256;
/** Later ones are not looked at. */
const MAX_KEY_SEGMENTS = 64;
const NUMBER = /^\d{1,9}$/;

/**
 * Follows all paths at once, a key or an element after the other. A path may begin at any segment, upper and lower case are the same,
 * and places of elements need not be written in it, neither those of arrays nor numbers in keys (`messages.3.content`).
 *
 * @see the paths of `rules` of `@genspan/redaction-span-processor`, of which these are a part
 */
export class ExcludedFields {
  /** Before the first key. */
  readonly start: ExcludedState;
  readonly #paths: readonly Path[];
  readonly #states = new Map<string, ExcludedState>();

  constructor(paths: readonly (readonly ExcludedStep[])[]) {
    this.#paths = paths.map(toPath);
    this.start = this.#state(paths.map((steps) => closed(1, steps)));
  }

  afterKey(state: ExcludedState, key: string): ExcludedState {
    if (!key.includes('.')) return this.#afterSegment(state, key);
    return key.split('.', MAX_KEY_SEGMENTS).reduce((reached, segment) => this.#afterSegment(reached, segment), state);
  }

  afterElement(state: ExcludedState): ExcludedState {
    return (state.afterElement ??= this.#state(
      state.places.map((places, index) => {
        const { steps } = this.#path(index);
        let next = places;
        for (let place = 0; place < steps.length; place++) {
          if ((places & (1 << place)) !== 0 && steps[place]?.kind === 'any') next |= 1 << (place + 1);
        }
        return closed(next, steps);
      }),
    ));
  }

  /** Whether a path may end inside a text that stands here: without this most texts would have to be read. */
  mayEndIn(state: ExcludedState, text: string): boolean {
    return state.places.some((places, index) => {
      const { lastName, mention } = this.#path(index);
      return places >= 2 << lastName || mention === undefined || mention.test(text);
    });
  }

  #afterSegment(state: ExcludedState, segment: string): ExcludedState {
    const known = state.afterSegment.get(segment);
    if (known !== undefined) return known;
    const folded = segment.toLowerCase();
    const next = this.#state(state.places.map((places, index) => step(places, this.#path(index).steps, folded)));
    if (segment.length <= MAX_SEGMENT && state.afterSegment.size < MAX_SEGMENTS) state.afterSegment.set(segment, next);
    return next;
  }

  #state(places: readonly number[]): ExcludedState {
    const id = places.join();
    const known = this.#states.get(id);
    if (known !== undefined) return known;
    const isExcluded = places.some((reached, index) => (reached & (1 << this.#path(index).steps.length)) !== 0);
    const state: ExcludedState = { places, isExcluded, afterSegment: new Map(), afterElement: undefined };
    if (this.#states.size < MAX_STATES) this.#states.set(id, state);
    return state;
  }

  #path(index: number): Path {
    const path = this.#paths[index];
    if (path === undefined) throw new RangeError('Expected a state of these fields');
    return path;
  }
}

interface Path {
  readonly steps: readonly ExcludedStep[];
  /** Index of the last step that is a name; -1: none. */
  readonly lastName: number;
  /** Found in each text that has the name in it; `undefined`: it may be written in another way. */
  readonly mention: RegExp | undefined;
}

function toPath(steps: readonly ExcludedStep[]): Path {
  const lastName = steps.findLastIndex(({ kind }) => kind === 'name');
  const step = steps[lastName];
  const isPlain = step?.kind === 'name' && /^[\w$-]+$/.test(step.name);
  const mention = isPlain ? new RegExp(step.name.replace(/[$-]/g, '\\$&'), 'i') : undefined;
  return { steps, lastName, mention };
}

function step(places: number, steps: readonly ExcludedStep[], segment: string): number {
  // What is in an excluded value is excluded.
  let next = NUMBER.test(segment) ? places : places & (1 << steps.length);
  for (let place = 0; place < steps.length; place++) {
    if ((places & (1 << place)) === 0) continue;
    const wanted = steps[place];
    if (wanted?.kind === 'deep') next |= 1 << place;
    else if (wanted !== undefined && fits(wanted, segment)) next |= 1 << (place + 1);
  }
  return closed(next, steps);
}

function fits(step: ExcludedStep, segment: string): boolean {
  if (step.kind === 'name') return step.name === segment;
  if (step.kind === 'glob') return segment.length <= MAX_SEGMENT && step.pattern.test(segment);
  return step.kind === 'any';
}

/** `**` stands for nothing, too. */
function closed(places: number, steps: readonly ExcludedStep[]): number {
  let all = places | 1;
  for (let place = 0; place < steps.length; place++) {
    if ((all & (1 << place)) !== 0 && steps[place]?.kind === 'deep') all |= 1 << (place + 1);
  }
  return all;
}
