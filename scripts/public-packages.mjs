// The packages that are published: those that are not private.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';

/** @returns {{ folder: string, path: string, manifest: any }[]} `path` is relative to the repository */
export function publicPackages() {
  return readdirSync(join(root, 'packages'))
    .map((name) => {
      const folder = join(root, 'packages', name);
      return {
        folder,
        path: `packages/${name}`,
        manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
      };
    })
    .filter(({ manifest }) => !manifest.private);
}
