import type { Evaluation } from '../facts.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { jsonOf } from './json.js';

/** Reads scores: a number between 0 and 1 by the name of what was evaluated. One that is null was not given. */
export function readScores(
  scores: Readonly<Record<string, unknown>>,
  record: GenAIRecord,
  sources: readonly string[],
): void {
  const evaluations: Evaluation[] = [];
  for (const name of Object.keys(scores)) {
    const score = scores[name];
    if (typeof score === 'number' && Number.isFinite(score)) evaluations.push({ name, score });
    else if (score !== null) sources.forEach((source) => record.lose(source, 'some of its scores are no numbers'));
  }
  if (evaluations.length > 0) record.set('evaluations', evaluations, ...sources);
}

/** Writes scores. Others than between 0 and 1 are not accepted by Braintrust, and labels it does not know. */
export function writeScores(record: GenAIRecord, target: MappingTarget): void {
  const evaluations = record.get('evaluations');
  if (evaluations === undefined) return;
  const scores = new Map<string, number>();
  for (const { name, score, label, explanation } of evaluations) {
    if (score === undefined || !(score >= 0 && score <= 1)) {
      target.lose('evaluations', 'a score of braintrust is a number between 0 and 1');
      continue;
    }
    if (scores.has(name)) target.lose('evaluations', 'braintrust has one score of a name');
    else scores.set(name, score);
    if (label !== undefined || explanation !== undefined) {
      target.lose('evaluations', 'braintrust has no place for the label of a score or what explains it');
    }
  }
  if (scores.size > 0) target.write('braintrust.scores', jsonOf(Object.fromEntries(scores)), 'evaluations');
}
