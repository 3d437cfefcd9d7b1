// `npm run test:faults`: what delivery promises, under faults that are real. Arguments choose scenarios by the beginning of their name;
// `--short` takes the forms that `npm test` runs, `--json` prints one line of JSON for each, `--exactly` asks
// for whole names, `--list` only prints what there is.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepare } from '../../scripts/prepare.mjs';
import { GROUPS, SCENARIOS } from './scenarios.mjs';

const { values, positionals } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    exactly: { type: 'boolean', default: false },
    seed: { type: 'string' },
  },
  allowPositionals: true,
});
if (values.list) {
  const rowsOf = (scenarios) => Object.entries(scenarios).map(([name, { promise }]) => [name, promise]);
  console.log(JSON.stringify(Object.fromEntries(Object.entries(GROUPS).map(([group, all]) => [group, rowsOf(all)]))));
  process.exit();
}
const isChosen = (name) => positionals.some((start) => (values.exactly ? name === start : name.startsWith(start)));
const chosen = Object.keys(SCENARIOS).filter((name) => positionals.length === 0 || isChosen(name));
if (chosen.length === 0) {
  console.error(`Expected beginnings of ${Object.keys(SCENARIOS).join('; ')}; got ${positionals.join('; ')}`);
  process.exit(2);
}

// The short forms are run by `npm test`, which has built the packages.
if (!values.short) prepare();
const folder = mkdtempSync(join(tmpdir(), 'genspan-delivery-'));
let failed = 0;
for (const name of chosen) {
  const path = join(folder, name.replaceAll(/\W+/g, '-'));
  mkdirSync(path);
  const seed = values.seed === undefined ? {} : { seed: Number(values.seed) };
  const started = performance.now();
  const {
    figures,
    problems,
    skipped,
    said = '',
  } = await SCENARIOS[name].run({ folder: path, short: values.short, ...seed }).catch((error) => {
    return { figures: '', problems: [error.stack] };
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (problems.length > 0) failed++;
  if (values.json) {
    console.log(JSON.stringify({ name, figures, problems, skipped, said, seconds }));
    continue;
  }
  const result = problems.length > 0 ? 'FAILED' : skipped === undefined ? 'ok' : `SKIPPED: ${skipped}`;
  console.log(`${name} (${seconds} s)  ${result}  ${figures}`);
  for (const problem of problems) console.log(`  - ${problem}`);
  if (problems.length > 0) console.log(said.replaceAll(/^/gm, '    | '));
}
if (failed === 0) rmSync(folder, { recursive: true, force: true });
else console.error(`What was written is in ${folder}`);
process.exitCode = failed === 0 ? 0 : 1;
