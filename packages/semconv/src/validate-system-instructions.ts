import { checkPart } from './validate-part.js';
import { validateList } from './validate-structured-value.js';
import type { EntryCheck } from './validate-structured-value.js';
import { describeKind } from './validation-problem.js';
import type { ValidationProblem } from './validation-problem.js';

/**
 * Checks a value of `gen_ai.system_instructions`: a list of text parts, never a bare string.
 *
 * @param value - A list of text parts, or that list as a JSON string
 * @returns What is wrong, without content; empty when nothing is. Never throws
 * @see OpenTelemetry GenAI conventions, JSON schema of the system instructions
 */
export function validateSystemInstructions(value: unknown): readonly ValidationProblem[] {
  return validateList(value, 'list of text parts', checkInstruction);
}

const checkInstruction: EntryCheck = (part, path, problems) => {
  const { type } = part;
  if (type === 'text') {
    checkPart(part, path, problems);
    return;
  }
  const got = typeof type === 'string' && type !== '' ? 'another type' : describeKind(type);
  problems.push({ path: `${path}.type`, expected: 'type text', got });
};
