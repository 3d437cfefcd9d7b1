/** What `\s` is in ECMAScript, for a class of RE2, where it is ASCII without `\v`. */
const SPACES = '\\s\\v\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff';

const TOKEN = /\\[^]|\[\^\]|\[\]|\[\^?|[^]/g;

/**
 * A pattern for the package `re2` that matches what it does as a `RegExp`.
 *
 * @returns `undefined` when RE2 would take it for something else; what RE2 does not know at all, it says itself.
 */
export function toRe2Source({ source, flags }: RegExp): string | undefined {
  // RE2 has no set operations and would read them as characters.
  if (flags.includes('v')) return undefined;
  // Without `u` these are the letters p and u.
  if (!flags.includes('u') && /\\(?:p|P|u\{)/.test(source)) return undefined;
  let result = '';
  let inClass = false;
  for (const [token] of source.matchAll(TOKEN)) {
    if (inClass && token === '\\S') return undefined;
    if (token === '\\s') result += inClass ? SPACES : `[${SPACES}]`;
    else if (token === '\\S') result += `[^${SPACES}]`;
    else if (inClass && token === '\\b') result += '\\x08';
    else if (!inClass && token === '[^]') result += '(?s:.)';
    else if (!inClass && token === '[]') result += '[^\\x00-\\x{10ffff}]';
    else result += token;
    // In a class the brackets of an empty one are an opening bracket and its end.
    if (token === ']' || token === '[]' || token === '[^]') inClass = false;
    else if (token.startsWith('[')) inClass = true;
  }
  return result;
}
