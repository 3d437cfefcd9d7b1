// How many MB of text redaction gets through in a second, a character counted as a byte.
// node benchmarks/redaction-throughput.mjs [--rounds 15] [--variants genspan,gated,characters] [--length 4096] [--clock cpu|wall]

import { readArguments } from './arguments.mjs';
import { CLOCKS } from './clock.mjs';
import { collectYoung } from './garbage.mjs';
import { interleave, judge, ratioOf, summarize } from './measure.mjs';
import { KINDS } from './redaction-documents.mjs';
import { loadRedactor, REDACTOR_IDS } from './redactors.mjs';
import { formatTable, withError } from './table.mjs';
import { computed, createTextSampler } from './text-samples.mjs';

/** MB/s of the loop over the characters on the machine that the targets are stated for. */
const TARGET_LOOP = 700;
const LENGTHS = [1024, 4096, 65_536, 1_000_000];
/** Those whose speed must not depend on the length. */
const LENGTH_KINDS = ['prose', 'message JSON', 'prose, 1 match/KB', 'JSON, 1 match/KB', 'base64'];

const { rounds, variants, clock, length } = readArguments({
  rounds: 15,
  variants: REDACTOR_IDS,
  numbers: { length: 4096 },
});
const now = CLOCKS[clock];
const redactors = REDACTOR_IDS.filter((id) => variants.includes(id) || id === 'characters').map(loadRedactor);
const built = redactors.filter(({ missing }) => !missing);
for (const { name } of redactors.filter(({ missing }) => missing)) console.log(`${name} is not built`);

/** @returns a Map from the id to its samples in MB/s */
async function measure(kind, size, subjects) {
  const sampler = createTextSampler({ kind, length: size, now });
  for (const subject of subjects) await sampler.calibrate(subject);
  const taken = new Map(subjects.map(({ id }) => [id, 0]));
  const samples = await interleave(subjects, rounds, (subject) => {
    collectYoung();
    const round = taken.get(subject.id);
    taken.set(subject.id, round + 1);
    return sampler.sample(subject, round);
  });
  return new Map([...samples].map(([{ id }, values]) => [id, values]));
}

/** Speed in units of the loop over the characters, round by round. */
const shareOfLoop = (samples, id) => {
  const loop = samples.get('characters');
  return summarize(samples.get(id).map((speed, round) => speed / loop[round]));
};

const speed = ({ median }) => median.toFixed(median < 10 ? 1 : 0);

console.log(`redaction, MB/s, Node ${process.version}, ${rounds} rounds, ${clock} clock`);
const byKind = new Map();
for (const kind of Object.keys(KINDS)) {
  console.error(`measuring: ${kind}, ${length} characters …`);
  byKind.set(kind, await measure(kind, length, built));
}

console.log(`\nMB/s on documents of ${length} characters`);
const rows = built.map(({ id, name }) => [
  name,
  ...[...byKind.values()].map((samples) => speed(summarize(samples.get(id)))),
]);
console.log(formatTable(['', ...byKind.keys()], rows));

if (built.some(({ id }) => id === 'genspan')) {
  console.log(`\ngenspan, and the targets in units of the loop (MB/s stated for a loop of ${TARGET_LOOP})`);
  const verdicts = [...byKind].map(([kind, samples]) => {
    const { target } = KINDS[kind];
    const share = shareOfLoop(samples, 'genspan');
    const loop = summarize(samples.get('characters'));
    const cells = [kind, withError(summarize(samples.get('genspan')), 0), withError(loop, 0), withError(share, 2)];
    if (target === undefined) return [...cells, '', '', ''];
    const needed = (target / TARGET_LOOP) * loop.median;
    // Time per character, so that holding is to be below.
    const cost = ratioOf({ median: 1, error: 0 }, share);
    return [...cells, target, needed.toFixed(0), judge(cost, TARGET_LOOP / target)];
  });
  console.log(formatTable(['', 'MB/s', 'loop', '× loop', `stated target`, 'target here', 'verdict'], verdicts));

  const subjects = built.filter(({ id }) => id === 'genspan' || id === 'characters' || id === 'gated');
  const byLength = [];
  for (const kind of LENGTH_KINDS) {
    console.error(`measuring: ${kind} of all lengths …`);
    const shares = [];
    for (const size of LENGTHS) shares.push(await measure(kind, size, subjects));
    for (const { id, name } of subjects.filter(({ limit }) => !limit)) {
      byLength.push([`${kind}: ${name}`, ...shares.map((samples) => withError(shareOfLoop(samples, id), 2))]);
    }
  }
  console.log('\nBy the length of the document, × the loop over the same characters');
  console.log(formatTable(['', ...LENGTHS], byLength));
}
if (computed() === 0.5) console.log('never');
