import { OptionError } from '@genspan/span-processor-base';

/** What a segment of a key is matched with. */
export type ExcludedStep =
  /** A name, in small letters. */
  | { readonly kind: 'name'; readonly name: string }
  /** A name with `*` in it. */
  | { readonly kind: 'glob'; readonly pattern: RegExp }
  /** `*`: one segment. */
  | { readonly kind: 'any' }
  /** `**`: any number of segments, also none. */
  | { readonly kind: 'deep' };

/** Places in a path are bits of a number. */
const MAX_STEPS = 30;
const MAX_LENGTH = 1_024;
/** More wildcards would make a match of a name slow. */
const MAX_STARS = 4;

/**
 * Reads a path: names separated by dots, `*` for a segment or a part of one, `**` for any number of segments, `[*]` for any element,
 * which need not be written.
 *
 * @param option - the option's name in messages: `payload.excludeFields[1]`
 * @throws OptionError when it is not such a path
 */
export function parseExcludedPath(option: string, value: unknown): readonly ExcludedStep[] {
  const fail = (reason: string): never => {
    throw new OptionError(option, `to be a field path (${reason})`, value);
  };
  if (typeof value !== 'string' || value === '' || value.length > MAX_LENGTH || value.trim() !== value) {
    return fail(`a string of 1 to ${MAX_LENGTH} characters without white space around it`);
  }
  const names = value.replaceAll('[*]', '');
  if (/[[\]]/.test(names)) return fail('in brackets is only `*`');
  const segments = names.replace(/^\./, '').split('.');
  if (segments.includes('')) return fail('no segment is empty');
  if (segments.length > MAX_STEPS) return fail(`at most ${MAX_STEPS} segments`);
  const steps = segments.map((segment) => parseSegment(segment, fail));
  if (steps.every(({ kind }) => kind === 'any' || kind === 'deep')) return fail('with a name in it');
  return steps;
}

function parseSegment(segment: string, fail: (reason: string) => never): ExcludedStep {
  if (segment === '*') return { kind: 'any' };
  if (segment === '**') return { kind: 'deep' };
  if (segment.includes('**')) return fail('`**` is a segment of its own');
  const parts = segment.toLowerCase().split('*');
  if (parts.length === 1) return { kind: 'name', name: parts[0] ?? '' };
  if (parts.length - 1 > MAX_STARS) return fail(`at most ${MAX_STARS} \`*\` in a segment`);
  const escaped = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return { kind: 'glob', pattern: new RegExp(`^${escaped.join('[^]*?')}$`) };
}
