// Copies of built packages, for one process: each variant loads its own, and with it has its own inline caches, as in an
// application that has only one of them. Our packages are copied too, so that they resolve OpenTelemetry to the same
// files as the peers do, as they would when installed from the registry.

import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const packages = join(here, '../packages');

// Inside benchmarks/, so that the copies resolve to its node_modules; of this process alone, so that two can run at once.
const cache = join(here, '.cache');
mkdirSync(cache, { recursive: true });
const run = mkdtempSync(join(cache, 'run-'));
process.on('exit', () => rmSync(run, { recursive: true, force: true }));

/** @returns a `require` that resolves the packages named, `@genspan/*` or installed here, to copies made for `id` alone */
export function requireCopies(id, names) {
  const folder = join(run, id);
  const target = join(folder, 'node_modules');
  mkdirSync(target, { recursive: true });
  for (const name of names) {
    if (dirname(name) === '@genspan') copyGenspan(name, target);
    else copyCommonJs(join(here, 'node_modules', name), join(target, name));
  }
  return createRequire(join(folder, 'index.cjs'));
}

function copyGenspan(name, target) {
  if (existsSync(join(target, name))) return;
  const source = join(packages, basename(name));
  copyCommonJs(source, join(target, name));
  const { dependencies = {} } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  for (const dependency of Object.keys(dependencies)) {
    if (dirname(dependency) === '@genspan') copyGenspan(dependency, target);
  }
}

const SKIPPED = new Set(['node_modules', 'src', 'test', 'esm', 'bin']);

/** Only what `require` reads: no sources, no types, no ES modules. */
function copyCommonJs(source, target) {
  cpSync(source, target, {
    recursive: true,
    filter: (path) => {
      if (path !== source && SKIPPED.has(basename(path))) return false;
      const extension = extname(path);
      return extension === '' || extension === '.js' || extension === '.cjs' || basename(path) === 'package.json';
    },
  });
}
