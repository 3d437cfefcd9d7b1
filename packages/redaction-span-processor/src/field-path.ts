import { OptionError } from '@genspan/span-processor-base';
import { parseBracket } from './field-path-bracket.js';
import { foldCase } from './fold-case.js';

/** What a step of a path is matched with: one segment of a key, or the place of an element in an array. */
export type PathStep =
  /** A name, in small letters. */
  | { readonly kind: 'name'; readonly name: string }
  /** A name with `*` in it, in small letters. */
  | { readonly kind: 'glob'; readonly glob: string }
  /** `*`: one segment, or one element. */
  | { readonly kind: 'any' }
  /** `**`: any number of segments and elements, also none. */
  | { readonly kind: 'deep' }
  | BracketStep;

/** A step that only elements of arrays match. */
export type BracketStep =
  /** `[*]` */
  | { readonly kind: 'element' }
  /** `[3]`; a negative one counts from the end. */
  | { readonly kind: 'index'; readonly index: number }
  /** `[role=user]`: objects with such a member; a glob when `hasWildcard`. */
  | {
      readonly kind: 'filter';
      readonly member: string;
      readonly value: string;
      readonly hasWildcard: boolean;
    };

/** Keeps the work per segment bounded. */
const MAX_STEPS = 32;
const MAX_PATH_LENGTH = 1_024;

/**
 * Reads a field path: names separated by dots; `*` for a segment or a part of one, `**` for any number of segments; and
 * in brackets what elements of an array must be: `[*]`, `[3]`, `[-1]`, `[role=user]`. A name with characters that mean
 * something here is written `["…"]`; dots in it separate segments all the same, as they do in keys.
 *
 * @param option - the option's name in messages: `rules[0].fields[1]`
 * @throws OptionError when it is not a path
 */
export function parseFieldPath(path: string, option: string): readonly PathStep[] {
  const fail = (reason: string): never => {
    throw new OptionError(option, `to be a field path (${reason})`, path);
  };
  if (path.length > MAX_PATH_LENGTH) fail(`at most ${MAX_PATH_LENGTH} characters`);
  if (path.trim() !== path || path === '') fail('it begins and ends with something else than white space');
  const steps: PathStep[] = [];
  let at = 0;
  while (at < path.length) {
    if (path[at] === '[') {
      const bracket = parseBracket(path, at, fail);
      steps.push(...bracket.steps);
      at = bracket.end;
    } else {
      const end = endOfSegment(path, at);
      steps.push(parseSegment(path.slice(at, end), fail));
      at = end;
    }
    if (path[at] === '.') {
      at += 1;
      if (at === path.length || path[at] === '[') fail('a name follows each dot');
    } else if (at < path.length && path[at] !== '[') {
      fail('a dot or `[` follows each `]`');
    }
  }
  if (steps.length > MAX_STEPS) fail(`at most ${MAX_STEPS} segments`);
  return steps;
}

/** Ends a function with an error that says what is wrong with the path. */
export type Fail = (reason: string) => never;

function endOfSegment(path: string, from: number): number {
  let end = from;
  while (end < path.length && path[end] !== '.' && path[end] !== '[') end += 1;
  return end;
}

function parseSegment(segment: string, fail: Fail): PathStep {
  if (segment === '') return fail('no segment is empty');
  if (segment === '$') return fail('it begins with a name, not with `$`');
  if (segment.includes(']')) return fail('each `]` closes a `[`');
  if (segment === '*') return { kind: 'any' };
  if (segment === '**') return { kind: 'deep' };
  if (segment.includes('**')) return fail('`**` is a segment of its own');
  const folded = foldCase(segment);
  return segment.includes('*') ? { kind: 'glob', glob: folded } : { kind: 'name', name: folded };
}
