import { loadInstalled } from './installed-module.js';

/** What is used of the `RE2` class of the package `re2`: a regular expression in all but its engine. */
export type Re2Constructor = new (source: string, flags: string) => Pick<RegExp, 'exec' | 'lastIndex' | 'flags'>;

/** The optional package `re2`; `undefined` when it is not installed, or its binary does not load. */
export function loadInstalledRe2(): Re2Constructor | undefined {
  return loadInstalled('re2', isRe2);
}

function isRe2(loaded: unknown): loaded is Re2Constructor {
  return typeof loaded === 'function';
}
