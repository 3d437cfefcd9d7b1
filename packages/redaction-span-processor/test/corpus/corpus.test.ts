import { DETECTOR_NAMES } from '../../src/detector-name.js';
import { CORPUS_SETS, makeCorpus, type CorpusSet } from './corpus.js';
import { Random } from './random.js';
import { fillTemplate } from './template.js';
import { CARDS, ibanCheck, IBANS, luhnDigit, SSNS } from './values/numbers.js';

const corpus = makeCorpus(__dirname);
const labelsOf = (set: CorpusSet) => corpus.filter((text) => text.set === set).flatMap((text) => text.labels);

describe('the corpus', () => {
  it('has enough texts of both kinds', () => {
    expect(corpus.filter((text) => !text.negative).length).toBeGreaterThan(1_000);
    expect(corpus.filter((text) => text.negative).length).toBeGreaterThan(450);
  });

  it.each(CORPUS_SETS)('has at least ten secrets of each detector in %s', (set) => {
    const counts = DETECTOR_NAMES.map((name) => labelsOf(set).filter((label) => label.detector === name).length);
    expect(DETECTOR_NAMES.filter((_name, i) => (counts[i] ?? 0) < 10)).toEqual([]);
  });

  it('has no label in a text that is to be left alone, and one in every other', () => {
    expect(corpus.filter((text) => text.negative === text.labels.length > 0)).toEqual([]);
  });

  it('is the same whenever it is made, and another with another seed', () => {
    expect(makeCorpus(__dirname)).toEqual(corpus);
    expect(makeCorpus(__dirname, 'another').map(({ text }) => text)).not.toEqual(corpus.map(({ text }) => text));
  });

  it('has JSON, or lines of JSON, where a text begins and ends like it', () => {
    const json = corpus.filter(({ text }) => /^[{[]["{[].*[}\]]$/s.test(text));
    expect(json.length).toBeGreaterThan(300);
    expect(json.filter(({ text }) => !isJson(text) && !text.split('\n').every(isJson))).toEqual([]);
  });

  it('says no text twice', () => {
    const seen = new Set<string>();
    const twice = corpus.filter(({ text, negative }) => negative && seen.size === seen.add(text).size);
    expect(twice.map(({ text }) => text)).toEqual([]);
  });
});

describe('templates', () => {
  it('are refused with a placeholder that is unknown', () => {
    expect(() => fillTemplate('a ⟦email:nothing⟧', new Random(''))).toThrow('email:nothing');
    expect(() => fillTemplate('a ⟦email', new Random(''))).toThrow('⟦email');
    expect(() => fillTemplate('a ⟦email|rot13⟧', new Random(''))).toThrow('rot13');
  });

  it('label what was filled in, as it was written', () => {
    const { text, labels } = fillTemplate('to ⟦?email|percent⟧ of ⟦-:uuid⟧', new Random('x'));
    expect(labels).toHaveLength(1);
    expect(labels[0]).toMatchObject({ detector: 'email', start: 3, optional: true });
    expect(text.slice(labels[0]?.start, labels[0]?.end)).toMatch(/^[^ @]+%40[^ @]+$/);
  });
});

describe('values', () => {
  const random = new Random('values');
  const many = (make: (random: Random) => string) => Array.from({ length: 200 }, () => make(random));
  const digits = (text: string) => text.replace(/\D/g, '');

  it('of cards pass the check, those that are to be left alone do not', () => {
    const passes = (card: string) => luhnDigit(digits(card).slice(0, -1)) === card.slice(-1);
    expect(many(CARDS.any).filter((card) => !passes(card))).toEqual([]);
    expect(many(CARDS.bad).filter(passes)).toEqual([]);
    expect(luhnDigit('7992739871')).toBe('3');
  });

  it('of accounts pass the check, those that are to be left alone do not', () => {
    const passes = (iban: string) => {
      const compact = iban.replace(/ /g, '');
      return ibanCheck(compact.slice(0, 2), compact.slice(4)) === compact.slice(2, 4);
    };
    expect(many(IBANS.any).filter((iban) => !passes(iban))).toEqual([]);
    expect(many(IBANS.bad).filter(passes)).toEqual([]);
    expect(ibanCheck('GB', 'WEST12345698765432')).toBe('82');
  });

  it('of social security numbers are of ranges that are given out', () => {
    const given = /^(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}$/;
    expect(many(SSNS.any).filter((ssn) => !given.test(ssn))).toEqual([]);
    expect(many(SSNS.bad).filter((ssn) => given.test(ssn))).toEqual([]);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
