import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What is used of the `RE2` class of the package `re2`: a regular expression in all but its engine. */
export type Re2Constructor = new (source: string, flags: string) => Pick<RegExp, 'exec' | 'lastIndex' | 'flags'>;

/**
 * The optional package `re2` as the application sees it: from its working directory, then from its main script. It is
 * looked for only when a pattern needs it.
 *
 * @returns `undefined` when it is not installed, or its binary does not load.
 */
export function loadInstalledRe2(): Re2Constructor | undefined {
  // This file is built for both module systems and can therefore not resolve from where it is itself.
  for (const place of [join(process.cwd(), 'package.json'), process.argv[1]]) {
    if (place === undefined) continue;
    try {
      const loaded: unknown = createRequire(place)('re2');
      if (isRe2(loaded)) return loaded;
    } catch {
      // Not there, or of another platform: the pattern is refused, which says that re2 would have helped.
    }
  }
  return undefined;
}

function isRe2(loaded: unknown): loaded is Re2Constructor {
  return typeof loaded === 'function';
}
