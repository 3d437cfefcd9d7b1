import type { PathStep } from './field-path.js';
import { foldCase } from './fold-case.js';
import { matchesGlob } from './glob.js';

/** What paths can tell of a segment of a key: segments that no path tells apart are one symbol. */
export interface PathSymbol {
  /** The segment, if a path has that name. */
  readonly name: string | undefined;
  /** Those of the paths' globs that it matches. */
  readonly globs: readonly string[];
  /** For a number, which is the place of an element: itself if a path has that index, or else NaN, which no path has. */
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
  /** Set at the length of each name. */
  readonly #lengths: Uint8Array;
  readonly #globs: readonly string[];
  readonly #indexes: ReadonlySet<number>;

  constructor(steps: readonly PathStep[]) {
    this.#lengths = new Uint8Array(
      Math.max(0, ...steps.map((step) => (step.kind === 'name' ? step.name.length : 0))) + 1,
    );
    this.#globs = [...new Set(steps.flatMap((step) => (step.kind === 'glob' ? [step.glob] : [])))];
    this.#indexes = new Set(steps.flatMap((step) => (step.kind === 'index' ? [step.index] : [])));
    for (const step of steps) {
      if (step.kind !== 'name') continue;
      this.#byName.set(step.name, { ...this.#describe(step.name), name: step.name });
      this.#lengths[step.name.length] = 1;
    }
  }

  /** @returns the identical symbol for segments alike, as long as there are not too many of them */
  symbolOf(segment: string): PathSymbol {
    const isCountable = startsWithDigit(segment);
    // Most keys are as long as no name is.
    if (this.#lengths[segment.length] !== 1 && this.#globs.length === 0 && !isCountable) return OTHER_SEGMENT;
    const folded = foldCase(segment);
    const known = this.#byName.get(folded);
    if (known !== undefined) return known;
    if (!isCountable && !this.#globs.some((glob) => matchesGlob(glob, folded))) return OTHER_SEGMENT;
    const symbol = this.#describe(folded);
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
      index: index === undefined || this.#indexes.has(index) ? index : Number.NaN,
    };
  }
}

function startsWithDigit(text: string): boolean {
  const code = text.charCodeAt(0);
  return code >= 0x30 && code <= 0x39;
}
