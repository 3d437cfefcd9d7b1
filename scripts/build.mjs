// Builds every package twice: CommonJS into dist/cjs, ES modules into dist/esm.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tsc = join(root, 'node_modules/@typescript/native/bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '-b', 'tsconfig.build.json', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);

// The packages have no "type" field, so Node needs to be told that dist/esm holds ES modules.
for (const name of readdirSync(join(root, 'packages'))) {
  const esm = join(root, 'packages', name, 'dist/esm');
  if (!existsSync(esm)) continue;
  writeFileSync(join(esm, 'package.json'), '{ "type": "module" }\n');
}
