import type { LabelledText } from './corpus.js';
import { describeMistake, judge, precisionOf, recallOf, type Found } from './judge.js';

const TEXT = 'mail a@b.co or 123';
const positive: LabelledText = {
  text: TEXT,
  labels: [{ detector: 'email', start: 5, end: 11, optional: false }],
  topic: 'positives/x',
  set: 'tune',
  negative: false,
  detectors: [],
};
const finding = (...matches: Found[]) => judge([positive], () => matches);

describe('judge', () => {
  it('counts a secret as found only when nothing of it is left', () => {
    expect(finding({ detector: 'email', start: 5, end: 11 }).total.found).toBe(1);
    expect(finding({ detector: 'email', start: 4, end: 12 }).total.found).toBe(1);
    expect(finding({ detector: 'email', start: 5, end: 10 }).total.found).toBe(0);
  });

  it('puts matches together, in whatever order they come', () => {
    expect(finding({ detector: 'b', start: 8, end: 11 }, { detector: 'a', start: 5, end: 8 }).total.found).toBe(1);
    expect(finding({ detector: 'b', start: 9, end: 11 }, { detector: 'a', start: 5, end: 8 }).total.found).toBe(0);
  });

  it('counts a match beside every secret as wrong, for the detector that made it', () => {
    const { byDetector, mistakes } = finding({ detector: 'phone', start: 15, end: 18 });
    expect(byDetector.get('phone')).toEqual({ labelled: 0, found: 0, matches: 1, right: 0 });
    expect(mistakes.map(describeMistake)).toEqual([
      'missed email (positives/x): "mail " ▶a@b.co◀ " or 123"',
      'wrong phone (positives/x): "mail a@b.co or " ▶123◀ ""',
    ]);
  });

  it('counts neither a match nor a miss of what is optional', () => {
    const optional = { ...positive, labels: positive.labels.map((label) => ({ ...label, optional: true })) };
    const none = { labelled: 0, found: 0, matches: 0, right: 0 };
    expect(judge([optional], () => []).total).toEqual(none);
    expect(judge([optional], () => [{ detector: 'email', start: 5, end: 11 }]).total).toEqual(none);
  });

  it('says how many texts were hit that are to be left alone, and how much was redacted beside secrets', () => {
    const negative: LabelledText = { ...positive, labels: [], negative: true };
    const result = judge([negative, negative, positive], (text) => [{ detector: 'x', start: 5, end: text.length - 1 }]);
    expect(result).toMatchObject({ negatives: 2, negativesHit: 2, excess: 0.5 });
    expect([recallOf(result.total), precisionOf(result.total)]).toEqual([1, 1 / 3]);
  });
});
