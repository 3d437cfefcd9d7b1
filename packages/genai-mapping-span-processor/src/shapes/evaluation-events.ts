import type { AttributeValue } from '@opentelemetry/api';
import type { MappingSource } from '../dialect.js';
import type { Evaluation } from '../facts.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { isFields } from './json.js';

const EVENT = 'gen_ai.evaluation.result';
const NAME = 'gen_ai.evaluation.name';
const SCORE = 'gen_ai.evaluation.score.value';
const LABEL = 'gen_ai.evaluation.score.label';
const EXPLANATION = 'gen_ai.evaluation.explanation';

/** Reads the events `gen_ai.evaluation.result`. */
export function readEvaluations(source: MappingSource, record: GenAIRecord, consume: (name: string) => void): void {
  const evaluations: Evaluation[] = [];
  for (const { name, attributes } of source.events) {
    if (name !== EVENT) continue;
    consume(EVENT);
    const evaluation = isFields(attributes) ? readEvaluation(attributes) : undefined;
    if (evaluation === undefined) record.lose(EVENT, 'it does not tell what was evaluated');
    else evaluations.push(evaluation);
  }
  if (evaluations.length > 0) record.set('evaluations', evaluations, EVENT);
}

function readEvaluation(attributes: Readonly<Record<string, unknown>>): Evaluation | undefined {
  const { [NAME]: name, [SCORE]: score, [LABEL]: label, [EXPLANATION]: explanation } = attributes;
  if (typeof name !== 'string') return undefined;
  return {
    name,
    ...(typeof score === 'number' ? { score } : {}),
    ...(typeof label === 'string' ? { label } : {}),
    ...(typeof explanation === 'string' ? { explanation } : {}),
  };
}

/** Writes one event for each evaluation. */
export function writeEvaluations(record: GenAIRecord, target: MappingTarget): void {
  for (const { name, score, label, explanation } of record.get('evaluations') ?? []) {
    const attributes: Record<string, AttributeValue> = { [NAME]: name };
    if (score !== undefined) attributes[SCORE] = score;
    if (label !== undefined) attributes[LABEL] = label;
    if (explanation !== undefined) attributes[EXPLANATION] = explanation;
    target.writeEvent({ name: EVENT, attributes }, 'evaluations');
  }
}
