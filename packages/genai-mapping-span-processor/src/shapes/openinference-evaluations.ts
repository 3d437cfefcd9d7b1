import type { Evaluation } from '../facts.js';
import type { FactWriter } from './fact-writer.js';
import { entriesOf, nestAttributes } from './indexed-attributes.js';
import { isFields } from './json.js';

/** The two words for the same. @see OpenInference, "Annotations and Evaluations" */
const FORMS = ['evaluation', 'annotation'] as const;

const UNDERSTOOD: ReadonlySet<string> = new Set(['name', 'score', 'label', 'explanation']);

/** Writes evaluations as OpenInference's attributes of the span that was judged. */
export function writeEvaluations(out: FactWriter, evaluations: readonly Evaluation[]): void {
  evaluations.forEach(({ name, score, label, explanation }, index) => {
    const at = `evaluations.${index}.evaluation.`;
    out.write(`${at}name`, name);
    if (score !== undefined) out.write(`${at}score`, score);
    if (label !== undefined) out.write(`${at}label`, label);
    if (explanation !== undefined) out.write(`${at}explanation`, explanation);
  });
}

/**
 * Reads what was said of the span itself; judgements of its whole trace or session are left alone.
 *
 * @param consume - told of each key that was understood
 * @returns `undefined` when there is none
 */
export function readEvaluations(
  attributes: Readonly<Record<string, unknown>>,
  consume: (key: string) => void,
): Evaluation[] | undefined {
  const found: Evaluation[] = [];
  for (const form of FORMS) {
    const nested = nestAttributes(attributes, `${form}s.`, consume, (key) => isUnderstood(key, attributes[key]));
    for (const entry of entriesOf(nested)) {
      const fields = isFields(entry) ? entry[form] : undefined;
      const evaluation = isFields(fields) ? readEvaluation(fields) : undefined;
      if (evaluation !== undefined) found.push(evaluation);
    }
  }
  return found.length > 0 ? found : undefined;
}

function readEvaluation(fields: Readonly<Record<string, unknown>>): Evaluation | undefined {
  const { name, score, label, explanation } = fields;
  if (typeof name !== 'string' || name === '') return undefined;
  return {
    name,
    ...(typeof score === 'number' && Number.isFinite(score) ? { score } : {}),
    ...(typeof label === 'string' ? { label } : {}),
    ...(typeof explanation === 'string' ? { explanation } : {}),
  };
}

function isUnderstood(key: string, value: unknown): boolean {
  const name = key.slice(key.lastIndexOf('.') + 1);
  return UNDERSTOOD.has(name) && typeof value === (name === 'score' ? 'number' : 'string');
}
