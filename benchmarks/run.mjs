// npm run bench [-- openai-client|retained-memory [switches]]: installs and builds what is missing, then measures.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const BENCHMARKS = ['openai-client', 'retained-memory'];
// A full collection in the middle of a run throws away optimised code; a larger heap makes them rare.
const NODE_FLAGS = { 'openai-client': ['--initial-old-space-size=512'], 'retained-memory': [] };

function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (error !== undefined) console.error(`${command} did not start: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

/** Whether each dependency of a package.json is there in the version it pins; any version will do for a range. */
function installed(folder) {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return Object.entries({ ...dependencies, ...devDependencies }).every(([name, wanted]) => {
    const file = join(folder, 'node_modules', name, 'package.json');
    if (!existsSync(file)) return false;
    return !/^\d/.test(wanted) || JSON.parse(readFileSync(file, 'utf8')).version === wanted;
  });
}

const [first, ...rest] = process.argv.slice(2);
const chosen = BENCHMARKS.includes(first) ? [first] : BENCHMARKS;
const switches = BENCHMARKS.includes(first) ? rest : process.argv.slice(2);

if (!installed(root)) {
  console.log('Installing the repository (npm ci) ...');
  run(npm, ['ci', '--no-audit', '--no-fund'], root);
}
if (!installed(here)) {
  console.log('Installing the peers to measure against, in benchmarks/ only (npm ci) ...');
  run(npm, ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], here);
}
console.log('Building the packages ...');
run(process.execPath, ['scripts/build.mjs'], root);
for (const name of chosen) {
  console.log('');
  run(process.execPath, [...NODE_FLAGS[name], join(here, `${name}.mjs`), ...switches], root);
}
