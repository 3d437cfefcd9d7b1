import type { ExcludedFields, ExcludedState } from './excluded-fields.js';
import { applyEdits, decodeJsonString } from './json-edit.js';
import type { JsonEdit } from './json-edit.js';
import { looksLikeJson } from './json-like.js';
import { JsonScanner } from './json-scanner.js';
import type { TruncateTally } from './truncate-tally.js';

/** What takes the place of an excluded value. */
export const EXCLUDED = '[EXCLUDED]';

const EXCLUDED_JSON = JSON.stringify(EXCLUDED);
/** What is deeper cannot be told apart, and is excluded. */
const MAX_DEPTH = 512;
/** In how many strings around it JSON is looked for. */
const MAX_LEVELS = 4;

/**
 * A JSON text without the values that are to be excluded: the text `[EXCLUDED]` takes the place of each, and it stays JSON. Looks also
 * into strings that are JSON. Of a text that only looks like JSON nothing can be told: all of it is excluded if a name of the paths
 * occurs in it.
 *
 * @param state - where the paths are at the text
 * @returns the identical text when nothing is excluded
 */
export function excludeInJson(
  text: string,
  fields: ExcludedFields,
  state: ExcludedState,
  tally: TruncateTally,
  level = 0,
): string {
  if (text === EXCLUDED || !fields.mayEndIn(state, text)) return text;
  const before = tally.excluded;
  const edits = new ExclusionSearch(text, fields, tally, level).edits(state);
  if (edits !== undefined) return applyEdits(text, edits);
  tally.excluded = before + 1;
  return EXCLUDED;
}

class ExclusionSearch {
  readonly #edits: JsonEdit[] = [];
  readonly #text: string;
  readonly #fields: ExcludedFields;
  readonly #tally: TruncateTally;
  readonly #level: number;
  readonly #scanner: JsonScanner;
  /** Where the paths are in each open container: at the member that is read, or at any element. */
  readonly #states: ExcludedState[] = [];

  constructor(text: string, fields: ExcludedFields, tally: TruncateTally, level: number) {
    this.#text = text;
    this.#fields = fields;
    this.#tally = tally;
    this.#level = level;
    this.#scanner = new JsonScanner(text);
  }

  edits(root: ExcludedState): readonly JsonEdit[] | undefined {
    const scanner = this.#scanner;
    this.#states[0] = root;
    for (;;) {
      const token = scanner.next();
      const { depth, start } = scanner;
      switch (token) {
        case 'error':
          return undefined;
        case 'end':
          return this.#edits;
        case 'close':
          break;
        case 'key':
          this.#states[depth] = this.#fields.afterKey(this.#own(depth - 1), this.#decoded());
          break;
        case 'object':
        case 'array':
          if (depth > MAX_DEPTH || this.#isExcluded(depth - 1)) {
            while (scanner.depth >= depth) if (scanner.next() === 'error') return undefined;
            this.#exclude(start);
          } else if (token === 'array') this.#states[depth] = this.#fields.afterElement(this.#own(depth - 1));
          break;
        case 'string':
        case 'number':
        case 'literal':
          if (this.#isExcluded(depth)) this.#exclude(start);
          else if (token === 'string') this.#visitString(start, depth);
      }
    }
  }

  /** A string may be JSON. */
  #visitString(start: number, depth: number): void {
    const code = this.#text.charCodeAt(start + 1);
    // A bracket, or what may stand before it.
    if (this.#level === MAX_LEVELS || (code !== 0x5b && code !== 0x7b && code !== 0x5c && code !== 0x20)) return;
    const text = this.#decoded();
    if (!looksLikeJson(text)) return;
    const next = excludeInJson(text, this.#fields, this.#own(depth), this.#tally, this.#level + 1);
    if (next !== text) this.#edits.push({ start, end: this.#scanner.end, text: JSON.stringify(next) });
  }

  #exclude(start: number): void {
    const { end } = this.#scanner;
    if (this.#text.slice(start, end) === EXCLUDED_JSON) return;
    this.#tally.excluded += 1;
    this.#edits.push({ start, end, text: EXCLUDED_JSON });
  }

  #isExcluded(depth: number): boolean {
    return depth > 0 && this.#own(depth).isExcluded;
  }

  #own(depth: number): ExcludedState {
    return this.#states[depth] ?? this.#fields.start;
  }

  #decoded(): string {
    return decodeJsonString(this.#text.slice(this.#scanner.start, this.#scanner.end));
  }
}
