import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * An optional package as the application sees it: from its working directory, then from its main script. To be called only
 * when the package is needed.
 *
 * @param id - of the package, or of one of its exports
 * @param isExpected - whether what was loaded is what it should be; otherwise it counts as not installed
 * @returns `undefined` when it is not installed, or does not load
 */
export function loadInstalled<T>(id: string, isExpected: (loaded: unknown) => loaded is T): T | undefined {
  // This file is built for both module systems and can therefore not resolve from where it is itself.
  for (const place of [join(process.cwd(), 'package.json'), process.argv[1]]) {
    if (place === undefined) continue;
    try {
      const loaded: unknown = createRequire(place)(id);
      if (isExpected(loaded)) return loaded;
    } catch {
      // Not there, or of another platform: who asked for it says that it would have helped.
    }
  }
  return undefined;
}
