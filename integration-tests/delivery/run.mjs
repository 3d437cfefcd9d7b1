// `npm run test:faults`: what delivery promises, under faults that are real. Arguments choose scenarios by the beginning of their name;
// `--short` takes the forms that `npm test` runs, `--json` prints one line of JSON for each.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SCENARIOS } from './scenarios.mjs';

const { values, positionals } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    seed: { type: 'string' },
  },
  allowPositionals: true,
});
const chosen = Object.keys(SCENARIOS).filter(
  (name) => positionals.length === 0 || positionals.some((start) => name.startsWith(start)),
);
if (chosen.length === 0) {
  console.error(`Expected beginnings of ${Object.keys(SCENARIOS).join('; ')}; got ${positionals.join('; ')}`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'genspan-delivery-'));
let failed = 0;
for (const name of chosen) {
  const path = join(folder, name.replaceAll(/\W+/g, '-'));
  mkdirSync(path);
  const seed = values.seed === undefined ? {} : { seed: Number(values.seed) };
  const started = performance.now();
  const { figures, problems, skipped } = await SCENARIOS[name]
    .run({ folder: path, short: values.short, ...seed })
    .catch((error) => {
      return { figures: '', problems: [error.stack] };
    });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (problems.length > 0) failed++;
  if (values.json) {
    console.log(JSON.stringify({ name, figures, problems, skipped, seconds }));
    continue;
  }
  const result = problems.length > 0 ? 'FAILED' : skipped === undefined ? 'ok' : `SKIPPED: ${skipped}`;
  console.log(`${name} (${seconds} s)  ${result}  ${figures}`);
  for (const problem of problems) console.log(`  - ${problem}`);
}
if (failed === 0) rmSync(folder, { recursive: true, force: true });
else console.error(`What was written is in ${folder}`);
process.exitCode = failed === 0 ? 0 : 1;
