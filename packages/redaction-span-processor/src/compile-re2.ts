import type { Re2Constructor } from './installed-re2.js';
import type { PatternUse } from './pattern-safety.js';
import { toRe2Source } from './pattern/re2-source.js';

/** What `RegExp` and `RE2` have in common. */
export type Matcher = Pick<RegExp, 'exec' | 'lastIndex'>;

/** `pattern` for {@link PatternUse} under RE2, or why there is none: the end of a sentence. */
export function compileRe2(
  pattern: RegExp,
  use: PatternUse,
  loadRe2: () => Re2Constructor | undefined,
): Matcher | string {
  const source = toRe2Source(pattern);
  if (source === undefined) return 're2 would read it differently';
  const Re2 = loadRe2();
  if (Re2 === undefined) return needsBacktracking(pattern) ? '' : 're2, which could run it, is not installed';
  const flags = pattern.flags.replace('g', '');
  try {
    return use === 'find' ? new Re2(source, `${flags}g`) : new Re2(`\\A(?:${source})\\z`, flags);
  } catch (error) {
    return `re2 does not support it (${error instanceof Error ? error.message : String(error)})`;
  }
}

/** Whether it has lookarounds or references, which RE2 has not: then installing it would not help. */
function needsBacktracking({ source }: RegExp): boolean {
  return /\(\?<?[=!]|\\[1-9]|\\k</.test(source);
}
