// MB/s on texts that are made to be slow to search.
// node benchmarks/redaction-adversarial.mjs [--rounds 5] [--slowest 25] [--variants genspan,gated] [--clock cpu|wall]

import hostile from '../packages/redaction-span-processor/test/hostile-texts.cjs';
import { readArguments } from './arguments.mjs';
import { CLOCKS } from './clock.mjs';
import { summarize } from './measure.mjs';
import { loadRedactor } from './redactors.mjs';
import { formatTable } from './table.mjs';

/** Nothing may be slower than that, in MB/s, where the loop over the characters runs at the other. */
const LIMIT = 30;
const LIMIT_LOOP = 700;
const LENGTHS = [64 * 1024, 256 * 1024, 1_000_000];
/** A text that takes longer is not run again, and the longer ones of its name are left out. */
const MOST_MICROS = 2_000_000;

const { rounds, variants, clock, slowest } = readArguments({
  rounds: 5,
  variants: ['genspan', 'gated'],
  numbers: { slowest: 25 },
});
const now = CLOCKS[clock];
let sink = 0;

function microsOf(run, text) {
  const start = now();
  const result = run(text);
  sink = (sink + (typeof result === 'string' ? result.length : result)) | 0;
  return Math.max(now() - start, 1);
}

/** Rows of one redactor: text, length, MB/s and the share of the loop over its characters, median of the rounds. */
function measure(run) {
  const loop = loadRedactor('characters').run;
  const rows = [];
  for (const name of hostile.HOSTILE_TEXTS) {
    for (const length of LENGTHS) {
      const text = hostile.hostileText(name, length);
      const speeds = [];
      const shares = [];
      microsOf(run, text);
      for (let round = 0; round < rounds; round++) {
        const taken = microsOf(run, text);
        speeds.push(text.length / taken);
        shares.push(microsOf(loop, text) / taken);
        if (taken > MOST_MICROS / 10) break;
      }
      const [speed, share] = [summarize(speeds).median, summarize(shares).median];
      rows.push({ name, length, speed, share });
      if (text.length / speed > MOST_MICROS / 4) break;
    }
  }
  return rows;
}

console.log(`redaction of hostile texts, Node ${process.version}, ${rounds} rounds, ${clock} clock`);
for (const id of variants) {
  const { name, run, missing } = loadRedactor(id);
  if (missing) {
    console.log(`\n${name} is not built`);
    continue;
  }
  console.error(`\nmeasuring: ${name} …`);
  const rows = measure(run).sort((a, b) => a.share - b.share);
  const below = rows.filter(({ share }) => share < LIMIT / LIMIT_LOOP);
  const table = rows
    .slice(0, slowest)
    .map(({ name, length, speed, share }) => [
      name,
      length,
      speed.toFixed(1),
      share.toFixed(3),
      share < LIMIT / LIMIT_LOOP ? 'slower' : '',
    ]);
  console.log(
    `\n${name}: ${below.length} of ${rows.length} texts slower than ${LIMIT}/${LIMIT_LOOP} of the loop; the slowest`,
  );
  console.log(formatTable(['', 'characters', 'MB/s', '× loop', `≥ ${(LIMIT / LIMIT_LOOP).toFixed(3)}`], table));
}
if (sink === 0.5) console.log('never');
