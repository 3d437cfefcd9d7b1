// Prints how many of the corpus's secrets are found, and how much is taken for one that is none.
//   --misses          the mistakes in the set that detectors are made with
//   --held-out        those in the other set, too; who mends them makes the set worth less
//   --only email,jwt  mistakes of these detectors or topics alone
//   --peers           other libraries and plain patterns on the same texts
//   --seed word       other values in the same texts
//   --corpus folder   other texts, in `positives` and `negatives` of this folder
import { parseArgs } from 'node:util';
import { DETECTOR_NAMES, Redactor } from '../../packages/redaction-span-processor/dist/esm/index.js';
import { loadCorpus } from './load-corpus.mjs';
import { loadPeers } from './peers.mjs';
import { percent, printTable } from './quality-table.mjs';

const { values: options } = parseArgs({
  options: {
    misses: { type: 'boolean' },
    'held-out': { type: 'boolean' },
    only: { type: 'string' },
    peers: { type: 'boolean' },
    seed: { type: 'string' },
    corpus: { type: 'string' },
  },
});
const { corpus, sets, judge, recallOf, precisionOf, describeMistake } = await loadCorpus(options);
const judged = sets.map((set) => judge(corpusOf(set), genspanFind()));

console.log(`${sets.map((set) => `${set}: ${count(set)}`).join('; ')}\n`);
printTable(
  ['detector', ...sets.flatMap((set) => [`${set}: secrets`, 'found', 'recall', 'matches', 'wrong', 'precision'])],
  [...DETECTOR_NAMES.map((name) => row(name, name)), row('all', undefined)],
);
console.log();
judged.forEach(({ negatives, negativesHit, excess }, i) => {
  console.log(
    `${sets[i]}: ${negativesHit} of ${negatives} texts without secrets hit; ` +
      `${percent(excess)} % of the redacted characters are beside a secret`,
  );
});
judged.forEach(({ mistakes }, i) => {
  if (sets[i] === 'held-out' ? options['held-out'] : options.misses) printMistakes(sets[i], mistakes);
});
if (options.peers) await printPeers();

function corpusOf(set) {
  return corpus.filter((text) => text.set === set);
}

function count(set) {
  const texts = corpusOf(set);
  return `${texts.length} texts, ${texts.filter((text) => text.negative).length} of them without secrets`;
}

/** One redactor for each set of detectors that texts ask for. */
function genspanFind() {
  const redactors = new Map();
  return (text, detectors) => {
    const key = detectors.join();
    const switches = Object.fromEntries(detectors.map((name) => [name, true]));
    const redactor = redactors.get(key) ?? new Redactor({ detectors: switches });
    redactors.set(key, redactor);
    return redactor.find(text);
  };
}

function row(title, name) {
  const scores = judged.map(({ total, byDetector }) => (name === undefined ? total : byDetector.get(name)));
  return [title, ...scores.flatMap((score) => cells(score ?? { labelled: 0, found: 0, matches: 0, right: 0 }))];
}

function cells(score) {
  const wrong = score.matches - score.right;
  return [score.labelled, score.found, percent(recallOf(score)), score.matches, wrong, percent(precisionOf(score))];
}

function printMistakes(set, mistakes) {
  const only = options.only?.split(',');
  const shown =
    only === undefined ? mistakes : mistakes.filter(({ detector, topic }) => isNamed(only, detector, topic));
  console.log(`\n${set}: ${shown.length} mistakes`);
  for (const mistake of shown) console.log(describeMistake(mistake));
}

function isNamed(only, detector, topic) {
  return only.some((name) => detector === name || topic.endsWith(`/${name}`));
}

async function printPeers() {
  const rows = [];
  const add = (name, { total, negatives, negativesHit, excess }) =>
    rows.push([name, ...cells(total), `${negativesHit} of ${negatives}`, percent(excess)]);
  add('genspan', judge(corpus, genspanFind()));
  for await (const { name, find } of loadPeers()) {
    const found = new Map();
    for (const { text } of corpus) found.set(text, await find(text));
    add(
      name,
      judge(corpus, (text) => found.get(text)),
    );
  }
  console.log('\nThe same texts, both sets:\n');
  printTable(
    ['tool', 'secrets', 'found', 'recall', 'matches', 'wrong', 'precision', 'without secrets hit', 'beside, %'],
    rows,
  );
}
