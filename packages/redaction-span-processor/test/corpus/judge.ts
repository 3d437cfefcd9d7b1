import type { DetectorName } from '../../src/detector-name.js';
import type { LabelledText } from './corpus.js';
import type { Label } from './template.js';

/** What a tool found. `detector` is `undefined` when the tool does not say. */
export interface Found {
  readonly detector: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** Finds secrets in a text, with these detectors beside the default ones. */
export type Find = (text: string, detectors: readonly DetectorName[]) => readonly Found[];

/** How well one detector, or all, did. */
export interface Score {
  /** Secrets in the texts. */
  labelled: number;
  /** Secrets of which no character is left, whoever found them. */
  found: number;
  /** Matches. */
  matches: number;
  /** Matches that touch a secret. */
  right: number;
}

/** A secret that was missed, or a match where none is. */
export interface Mistake {
  readonly kind: 'missed' | 'wrong';
  readonly detector: string;
  readonly topic: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What {@link judge} says. */
export interface Judgement {
  readonly total: Score;
  readonly byDetector: ReadonlyMap<string, Score>;
  readonly mistakes: readonly Mistake[];
  readonly negatives: number;
  /** Texts to be left alone in which something was found. */
  readonly negativesHit: number;
  /** Share of the redacted characters that are beside a secret, of matches that touch one. */
  readonly excess: number;
}

/** Compares what is found with what is there. */
export function judge(corpus: readonly LabelledText[], find: Find): Judgement {
  const byDetector = new Map<string, Score>();
  const total = emptyScore();
  const mistakes: Mistake[] = [];
  const negatives = corpus.filter((text) => text.negative);
  let negativesHit = 0;
  let redacted = 0;
  let beside = 0;
  const scoresOf = (detector: string): Score[] => {
    const score = byDetector.get(detector) ?? emptyScore();
    byDetector.set(detector, score);
    return [score, total];
  };
  for (const { text, labels, topic, negative, detectors } of corpus) {
    const matches = find(text, detectors);
    if (negative && matches.length > 0) negativesHit++;
    for (const label of labels) {
      if (label.optional) continue;
      const found = isCovered(label, matches);
      for (const score of scoresOf(label.detector)) {
        score.labelled++;
        if (found) score.found++;
      }
      if (!found) mistakes.push({ ...label, kind: 'missed', topic, text });
    }
    for (const match of matches) {
      const touched = labels.filter((label) => label.start < match.end && match.start < label.end);
      if (touched.length > 0 && touched.every((label) => label.optional)) continue;
      const detector = match.detector ?? 'unnamed';
      for (const score of scoresOf(detector)) {
        score.matches++;
        if (touched.length > 0) score.right++;
      }
      if (touched.length === 0) mistakes.push({ ...match, detector, kind: 'wrong', topic, text });
      else {
        redacted += match.end - match.start;
        beside += match.end - match.start - overlap(match, touched);
      }
    }
  }
  return { total, byDetector, mistakes, negatives: negatives.length, negativesHit, excess: ratio(beside, redacted, 0) };
}

/** Share of the secrets that were found; 1 when there are none. */
export const recallOf = (score: Score): number => ratio(score.found, score.labelled, 1);

/** Share of the matches that are secrets; 1 when there are none. */
export const precisionOf = (score: Score): number => ratio(score.right, score.matches, 1);

/** The mistake in one line, with a little of the text on both sides. */
export function describeMistake({ kind, detector, topic, text, start, end }: Mistake): string {
  const value =
    end - start > 70 ? `${text.slice(start, start + 50)}…${text.slice(end - 15, end)}` : text.slice(start, end);
  const before = (start > 50 ? '…' : '') + text.slice(Math.max(0, start - 50), start);
  const after = text.slice(end, end + 30) + (text.length > end + 30 ? '…' : '');
  return `${kind} ${detector} (${topic}): ${JSON.stringify(before)} ▶${JSON.stringify(value).slice(1, -1)}◀ ${JSON.stringify(after)}`;
}

function isCovered({ start, end }: Label, matches: readonly Found[]): boolean {
  let at = start;
  for (const match of [...matches].sort((a, b) => a.start - b.start)) {
    if (match.start <= at && match.end > at) at = match.end;
  }
  return at >= end;
}

function overlap(match: Found, labels: readonly Label[]): number {
  return labels.reduce((sum, { start, end }) => sum + Math.min(end, match.end) - Math.max(start, match.start), 0);
}

function emptyScore(): Score {
  return { labelled: 0, found: 0, matches: 0, right: 0 };
}

function ratio(part: number, whole: number, none: number): number {
  return whole === 0 ? none : part / whole;
}
