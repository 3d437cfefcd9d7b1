import { join } from 'node:path';
import { DETECTOR_NAMES, type DetectorName } from '../src/detector-name.js';
import { Redactor } from '../src/redactor.js';
import { CORPUS_SETS, makeCorpus } from './corpus/corpus.js';
import { describeMistake, judge, precisionOf, recallOf, type Mistake, type Score } from './corpus/judge.js';

const OVERALL = 0.98;
const EACH = 0.95;
const corpus = makeCorpus(join(__dirname, 'corpus'));
const redactors = new Map<string, Redactor>();

describe.each(CORPUS_SETS)('detection on the %s set', (set) => {
  const texts = corpus.filter((text) => text.set === set);
  const { total, byDetector, mistakes } = judge(texts, (text, detectors) => redactorWith(detectors).find(text));

  it('finds nearly every secret, and nearly nothing else', () => {
    expect({ good: isGood(total, OVERALL), mistakes: isGood(total, OVERALL) ? [] : lines(mistakes) }).toEqual({
      good: true,
      mistakes: [],
    });
  });

  it.each(DETECTOR_NAMES)('%s', (name) => {
    const score = byDetector.get(name);
    const good = score !== undefined && score.labelled > 0 && isGood(score, EACH);
    const own = mistakes.filter(({ detector }) => detector === name);
    expect({ good, mistakes: good ? [] : lines(own) }).toEqual({ good: true, mistakes: [] });
  });
});

function isGood(score: Score, least: number): boolean {
  return recallOf(score) >= least && precisionOf(score) >= least;
}

function lines(mistakes: readonly Mistake[]): readonly string[] {
  return mistakes.slice(0, 100).map(describeMistake);
}

function redactorWith(detectors: readonly DetectorName[]): Redactor {
  const known = redactors.get(detectors.join());
  if (known !== undefined) return known;
  const switches = Object.fromEntries(detectors.map((name): [string, boolean] => [name, true]));
  const made = new Redactor({ detectors: switches });
  redactors.set(detectors.join(), made);
  return made;
}
