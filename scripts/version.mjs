// `npm run version-packages`: turns the waiting changesets into versions, CHANGELOG entries, version constants and the lock file.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root } from './prepare.mjs';
import { publicPackages } from './public-packages.mjs';

/** Sources compile to CommonJS and ES modules alike, so none of them can read its package.json. */
const CONSTANT = /(?<=\bPACKAGE_VERSION = ')[^']+(?=')/;

run([process.execPath, join(root, 'node_modules/@changesets/cli/bin.js'), 'version']);
for (const { folder, manifest } of publicPackages()) writeConstants(join(folder, 'src'), manifest.version);
run([process.execPath, join(root, 'node_modules/prettier/bin/prettier.cjs'), '--write', '**/package.json']);
run(npm(['install', '--package-lock-only', '--no-audit', '--no-fund']));

function writeConstants(folder, version) {
  for (const file of readdirSync(folder, { recursive: true })) {
    if (!file.endsWith('.ts')) continue;
    const path = join(folder, file);
    const before = readFileSync(path, 'utf8');
    const after = before.replace(CONSTANT, version);
    if (after !== before) writeFileSync(path, after);
  }
}

function run([command, ...args]) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
