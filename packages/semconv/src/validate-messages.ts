import { FINISH_REASONS } from './messages.js';
import { allowString, requireName } from './validate-field.js';
import { checkPart } from './validate-part.js';
import { checkEntries, validateList } from './validate-structured-value.js';
import type { EntryCheck } from './validate-structured-value.js';
import { describeKind } from './validation-problem.js';
import type { ValidationProblem } from './validation-problem.js';

/**
 * Checks a value of `gen_ai.input.messages`, strictly and by the type of each part.
 *
 * @param value - A list of messages, or that list as a JSON string
 * @returns What is wrong, without content; empty when nothing is. Never throws
 * @see OpenTelemetry GenAI conventions, JSON schema of the input messages; it accepts parts that lack required fields
 */
export function validateInputMessages(value: unknown): readonly ValidationProblem[] {
  return validateList(value, 'list of messages', checkMessage);
}

/**
 * Checks a value of `gen_ai.output.messages`, strictly and by the type of each part.
 *
 * @param value - A list of messages, or that list as a JSON string
 * @returns What is wrong, without content; empty when nothing is. Never throws
 * @see OpenTelemetry GenAI conventions, JSON schema of the output messages; it accepts parts that lack required fields
 */
export function validateOutputMessages(value: unknown): readonly ValidationProblem[] {
  return validateList(value, 'list of messages', checkOutputMessage);
}

const checkMessage: EntryCheck = (message, path, problems) => {
  requireName(message, 'role', path, problems);
  allowString(message, 'name', path, problems);
  const { parts } = message;
  if (parts === undefined && message['content'] !== undefined) {
    problems.push({ path: `${path}.parts`, expected: 'field `parts`', got: 'field `content`' });
  } else checkEntries(parts, `${path}.parts`, 'list of parts', checkPart, problems);
};

const checkOutputMessage: EntryCheck = (message, path, problems) => {
  checkMessage(message, path, problems);
  const reason = message['finish_reason'];
  if (reason === undefined || reason === null || NAMED_REASONS.has(reason)) return;
  const got = typeof reason === 'string' && reason !== '' ? 'string that is none of them' : describeKind(reason);
  problems.push({ path: `${path}.finish_reason`, expected: `one of ${FINISH_REASONS.join(', ')}`, got });
};

const NAMED_REASONS: ReadonlySet<unknown> = new Set(FINISH_REASONS);
