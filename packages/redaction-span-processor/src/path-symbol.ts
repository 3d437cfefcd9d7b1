import type { PathStep } from './field-path.js';
import { foldCase } from './fold-case.js';
import { matchesGlob } from './glob.js';

/** What paths can tell of a segment of a key: segments that no path tells apart are one symbol. */
export interface PathSymbol {
  /** The segment, if a path has that name. */
  readonly name: string | undefined;
  /** Those of the paths' globs that it matches. */
  readonly globs: readonly string[];
  /** For a number, which is the place of an element: itself if a path has that index, or else -1. */
  readonly index: number | undefined;
}

/** A segment that no path has a word for. */
export const OTHER_SEGMENT: PathSymbol = Object.freeze({ name: undefined, globs: [], index: undefined });

const DIGITS = /^\d{1,9}$/;
/** Keys come from outside: what is remembered of them has a bound. */
const MAX_SYMBOLS = 1_000;

/** Turns segments into symbols. */
export class PathAlphabet {
  /** Of each name, made at once: most keys need no more than a look here. */
  readonly #byName = new Map<string, PathSymbol>();
  /** Of other segments, by what makes them differ. */
  readonly #others = new Map<string, PathSymbol>();
  readonly #globs: readonly string[];
  readonly #indexes: ReadonlySet<number>;

  constructor(steps: readonly PathStep[]) {
    this.#globs = [...new Set(steps.flatMap((step) => (step.kind === 'glob' ? [step.glob] : [])))];
    this.#indexes = new Set(steps.flatMap((step) => (step.kind === 'index' ? [step.index] : [])));
    for (const step of steps) {
      if (step.kind === 'name') this.#byName.set(step.name, { ...this.#describe(step.name), name: step.name });
    }
  }

  /** @returns the identical symbol for segments alike, as long as there are not too many of them */
  symbolOf(segment: string): PathSymbol {
    const folded = foldCase(segment);
    const known = this.#byName.get(folded);
    if (known !== undefined) return known;
    const first = folded.charCodeAt(0);
    if (this.#globs.length === 0 && !(first >= 0x30 && first <= 0x39)) return OTHER_SEGMENT;
    const symbol = this.#describe(folded);
    if (symbol.index === undefined && symbol.globs.length === 0) return OTHER_SEGMENT;
    const id = `${symbol.index}|${symbol.globs.join('|')}`;
    const same = this.#others.get(id);
    if (same !== undefined) return same;
    if (this.#others.size < MAX_SYMBOLS) this.#others.set(id, symbol);
    return symbol;
  }

  #describe(folded: string): PathSymbol {
    const index = DIGITS.test(folded) ? Number(folded) : undefined;
    return {
      name: undefined,
      globs: this.#globs.filter((glob) => matchesGlob(glob, folded)),
      index: index === undefined || this.#indexes.has(index) ? index : -1,
    };
  }
}
