// npm run bench [-- <benchmark> [switches]]: installs and builds what is missing, then measures.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installReason, npm, prepare } from '../scripts/prepare.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
/** The benchmarks, in the order in which they run, and what Node is told. */
const NODE_FLAGS = {
  // A full collection in the middle of a run throws optimised code away; a larger heap makes them rare.
  'openai-client': ['--initial-old-space-size=512'],
  'retained-memory': [],
  // What the collector does with spans that wait is most of what waiting costs, so it is left as applications have it.
  'sampling-span-processor': [],
  'sampling-memory': [],
  'sampling-soak': [],
  'sampling-throughput': [],
  'enrichment-span-processor': [],
  'buffered-span-processor': [],
  'redaction-throughput': [],
  'redaction-span-processor': [],
  'redaction-adversarial': [],
  mapping: [],
  'otlp-encoding': [],
  'delivery-throughput': [],
};

function run([command, ...args]) {
  const shell = process.platform === 'win32' && command === 'npm';
  const { status, error } = spawnSync(command, args, { cwd: here, stdio: 'inherit', shell });
  if (error !== undefined) console.error(`${command} did not start: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

const [first, ...rest] = process.argv.slice(2);
const named = Object.hasOwn(NODE_FLAGS, first);
const chosen = named ? [first] : Object.keys(NODE_FLAGS);
const switches = named ? rest : process.argv.slice(2);

prepare();
const reason = installReason(here);
if (reason !== undefined) {
  console.error(`Installing the peers to measure against, into benchmarks/ alone (${reason}) …`);
  run(npm(['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']));
}
for (const name of chosen) {
  console.log('');
  run([process.execPath, ...NODE_FLAGS[name], join(here, `${name}.mjs`), ...switches]);
}
