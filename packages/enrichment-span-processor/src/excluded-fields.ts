import type { ExcludedStep } from './excluded-path.js';

/** Where each path may be after some keys: bit n is set when n of its steps are behind. */
export type ExcludedState = readonly number[];

/** Longer segments are names of nothing. */
const MAX_SEGMENT = 256;
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

  constructor(paths: readonly (readonly ExcludedStep[])[]) {
    this.#paths = paths.map(toPath);
    this.start = paths.map((steps) => closed(1, steps));
  }

  afterKey(state: ExcludedState, key: string): ExcludedState {
    const segments = key.toLowerCase().split('.', 64);
    return segments.reduce((reached, segment) => this.#afterSegment(reached, segment), state);
  }

  afterElement(state: ExcludedState): ExcludedState {
    return state.map((places, index) => {
      const { steps } = this.#path(index);
      let next = places;
      for (let place = 0; place < steps.length; place++) {
        if ((places & (1 << place)) !== 0 && steps[place]?.kind === 'any') next |= 1 << (place + 1);
      }
      return closed(next, steps);
    });
  }

  /** Whether a path ends here. */
  isExcluded(state: ExcludedState): boolean {
    return state.some((places, index) => (places & (1 << this.#path(index).steps.length)) !== 0);
  }

  /** Whether a path may end inside a text that stands here: without this most texts would have to be read. */
  mayEndIn(state: ExcludedState, text: string): boolean {
    return state.some((places, index) => {
      const { lastName, mention } = this.#path(index);
      return places >= 2 << lastName || mention === undefined || mention.test(text);
    });
  }

  #afterSegment(state: ExcludedState, segment: string): ExcludedState {
    return state.map((places, index) => {
      const { steps } = this.#path(index);
      // What is in an excluded value is excluded.
      let next = NUMBER.test(segment) ? places : places & (1 << steps.length);
      for (let place = 0; place < steps.length; place++) {
        if ((places & (1 << place)) === 0) continue;
        const step = steps[place];
        if (step?.kind === 'deep') next |= 1 << place;
        else if (step !== undefined && fits(step, segment)) next |= 1 << (place + 1);
      }
      return closed(next, steps);
    });
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
