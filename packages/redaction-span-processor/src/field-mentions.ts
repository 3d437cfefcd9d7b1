import type { PathStep } from './field-path.js';
import type { FieldRule } from './redaction-rule.js';

/** What is left of a path. */
interface Remainder {
  readonly rule: FieldRule;
  /** Each must occur in a text, or the path cannot end in it. */
  readonly needles: readonly RegExp[];
  /** The last name of the path, as a key. */
  readonly key: RegExp | undefined;
}

/** From here on reading the JSON costs less than looking for the names of all paths. */
const MAX_SEARCHED_PATHS = 4;

/** Tells without reading a JSON text whether fields may be in it. */
export class FieldMentions {
  readonly #remainders: readonly Remainder[];

  /** @param paths - what is left of each path */
  constructor(paths: readonly { readonly rule: FieldRule; readonly steps: readonly PathStep[] }[]) {
    this.#remainders = paths.map(({ rule, steps }) => {
      const named = steps.filter(isWritten);
      const last = named.at(-1);
      const literal = last === undefined ? '' : longestPlainPart(last);
      return {
        rule,
        needles: named.flatMap((step) => {
          const part = longestPlainPart(step);
          return part === '' ? [] : [new RegExp(escapePattern(part), 'i')];
        }),
        key: literal === '' ? undefined : keyPattern(literal, last?.kind === 'name' && last.name === literal),
      };
    });
  }

  /** Whether JSON of which this is the text holds none of the fields for sure; cheap, and often false without need. */
  areMissing(text: string): boolean {
    if (this.#remainders.length > MAX_SEARCHED_PATHS) return false;
    // The last name of a path is the least common one.
    const isMissing = ({ needles }: Remainder): boolean =>
      needles.findLast((needle) => !needle.test(text)) !== undefined;
    return this.#remainders.every(isMissing) && !text.includes('\\u');
  }

  /** The first rule of which a field may be in a text that is like JSON, but cannot be read. */
  ruleNamedIn(text: string): FieldRule | undefined {
    const decoded = text.replace(/\\u([\da-f]{4})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    return this.#remainders.find(
      ({ needles, key }) => needles.every((needle) => needle.test(decoded)) && (key?.test(decoded) ?? true),
    )?.rule;
  }
}

/** Whether a text must have the name to match the step: a number may be the place of an element. */
function isWritten(step: PathStep): step is PathStep & { kind: 'name' | 'glob' } {
  return (step.kind === 'name' && !/^\d+$/.test(step.name)) || step.kind === 'glob';
}

/** The longest run of a name's characters that are written in JSON as they are. */
function longestPlainPart(step: PathStep & { kind: 'name' | 'glob' }): string {
  const parts = step.kind === 'name' ? step.name.split(NOT_PLAIN) : step.glob.split(NOT_PLAIN_IN_GLOB);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

// eslint-disable-next-line no-control-regex -- control characters are escaped in JSON
const NOT_PLAIN = /["\\/\0-\x1f]/;
// eslint-disable-next-line no-control-regex -- control characters are escaped in JSON
const NOT_PLAIN_IN_GLOB = /["\\/\0-\x1f*]/;

/** @param isWhole - nothing can be between `literal` and the end of the key's segment */
function keyPattern(literal: string, isWhole: boolean): RegExp {
  return new RegExp(escapePattern(literal) + (isWhole ? BEHIND_KEY : ''), 'i');
}

/** A colon (or what other notations have for it), or another segment of the key. */
const BEHIND_KEY = '(?:[\\\\\'"\\s]{0,64}[:=]|\\.\\S)';

function escapePattern(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
