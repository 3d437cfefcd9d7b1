// Builds every package twice: CommonJS into dist/cjs, ES modules into dist/esm.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = join(root, 'node_modules/@typescript/native/bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '-b', 'tsconfig.build.json', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});

for (const name of readdirSync(join(root, 'packages'))) {
  for (const format of ['cjs', 'esm']) {
    const output = join(root, 'packages', name, 'dist', format);
    if (!existsSync(output)) continue;
    removeStale(output, join(root, 'packages', name, 'src'));
    // The packages themselves are CommonJS, so Node needs to be told that dist/esm holds ES modules.
    if (format === 'esm') markAsModules(join(output, 'package.json'));
  }
}

process.exitCode = status ?? 1;

/** Written once: a process that starts while this build runs must not read half a file. */
function markAsModules(file) {
  if (!existsSync(file)) writeFileSync(file, '{ "type": "module" }\n');
}

/** tsc leaves the output of a source that was renamed or removed; it would be packed. */
function removeStale(output, sources) {
  for (const file of readdirSync(output, { recursive: true })) {
    const source = /^(.*?)(\.d\.ts|\.js)(\.map)?$/.exec(file)?.[1];
    if (source !== undefined && !existsSync(join(sources, `${source}.ts`))) rmSync(join(output, file));
  }
}
