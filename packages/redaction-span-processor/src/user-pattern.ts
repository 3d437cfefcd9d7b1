import { types } from 'node:util';
import { OptionError } from '@genspan/span-processor-base';
import type { Matcher } from './compile-re2.js';
import { compileRe2 } from './compile-re2.js';
import { loadInstalledRe2 } from './installed-re2.js';
import type { PatternUse } from './pattern-safety.js';
import { explainDanger } from './pattern-safety.js';

/** A pattern that finds its matches in any text in linear time. */
export interface UserPattern {
  /**
   * Calls `found` for each match that is not empty, from left to right.
   *
   * @throws what the engine throws when a text takes more memory than it has; under `re2` SlowMatchError.
   */
  readonly find: (text: string, found: (start: number, end: number) => void) => void;
  /** What runs it. */
  readonly engine: 'RegExp' | 're2';
}

/** A pattern that matches any text as a whole, or does not, in linear time. */
export interface WholePattern {
  /** @throws what the engine throws when a text takes more memory than it has. */
  readonly matchesWhole: (text: string) => boolean;
  /** What runs it. */
  readonly engine: 'RegExp' | 're2';
}

/** The matches of a pattern took too long in one text. */
export class SlowMatchError extends Error {
  override readonly name = 'SlowMatchError';
}

/**
 * Under `re2` each match takes time linear in the text, but it may look far beyond its end, and there may be many. All of
 * them may take so long: 250 ms, and 1 µs for each UTF-16 code unit.
 */
const RE2_MILLIS = 250;
const RE2_MILLIS_PER_UNIT = 0.001;

/**
 * A pattern for all matches in a text.
 *
 * @param option - Its name for errors: `rules[0].pattern`.
 * @param pattern - Copied with its flags; its `lastIndex` is neither read nor written.
 * @param loadRe2 - Where `re2` comes from; tests give another.
 * @throws OptionError when `pattern` is none, is sticky, or may take more than linear time and `re2` does not run it.
 */
export function compileUserPattern(option: string, pattern: unknown, loadRe2 = loadInstalledRe2): UserPattern {
  const { expression, re2 } = check(option, pattern, 'find', loadRe2);
  const { source, flags } = expression;
  const matcher = re2 ?? new RegExp(source, flags.includes('g') ? flags : `${flags}g`);
  const unicode = /[uv]/.test(flags);
  return {
    engine: re2 === undefined ? 'RegExp' : 're2',
    find: (text, found) => {
      const deadline = re2 && performance.now() + RE2_MILLIS + text.length * RE2_MILLIS_PER_UNIT;
      let index = 0;
      for (;;) {
        // Set each time: what is called with a match may search another text with this pattern.
        matcher.lastIndex = index;
        const match = matcher.exec(text);
        if (match === null) return;
        const end = match.index + match[0].length;
        if (end > match.index) found(match.index, end);
        index = end > match.index ? end : end + (unicode && (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
        if (deadline !== undefined && performance.now() > deadline)
          throw new SlowMatchError(`${option} takes too long`);
      }
    },
  };
}

/** Like {@link compileUserPattern}, for a pattern that has to match a text from its start to its end. */
export function compileWholePattern(option: string, pattern: unknown, loadRe2 = loadInstalledRe2): WholePattern {
  const { expression, re2 } = check(option, pattern, 'whole', loadRe2);
  // With the flag `m`, `$` would match at the end of a line; sticky begins at the start and nowhere else.
  const matcher = re2 ?? new RegExp(`(?:${expression.source})(?![^])`, `${expression.flags.replace('g', '')}y`);
  return {
    engine: re2 === undefined ? 'RegExp' : 're2',
    matchesWhole: (text) => {
      matcher.lastIndex = 0;
      return matcher.exec(text) !== null;
    },
  };
}

interface Checked {
  readonly expression: RegExp;
  /** Set when it must not run as a `RegExp`. */
  readonly re2: Matcher | undefined;
}

function check(option: string, value: unknown, use: PatternUse, loadRe2: typeof loadInstalledRe2): Checked {
  if (!types.isRegExp(value)) throw new OptionError(option, 'to be a regular expression', value);
  // A copy: a subclass, or a property set on it, can make it anything else later on.
  const expression = new RegExp(value.source, value.flags);
  if (expression.sticky)
    throw new OptionError(option, 'to have no flag `y`: matches are looked for everywhere', `${expression}`);
  const danger = explainDanger(expression, use);
  if (danger === undefined) return { expression, re2: undefined };
  const re2 = compileRe2(expression, use, loadRe2);
  if (typeof re2 !== 'string') return { expression, re2 };
  const reasons = re2 === '' ? danger : `${danger} (${re2})`;
  throw new OptionError(option, `to take linear time on every text, but it ${reasons}`, `${expression}`);
}
