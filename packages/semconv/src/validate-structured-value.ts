import { describeKind } from './validation-problem.js';
import type { ValidationProblem } from './validation-problem.js';

/** An object whose fields have not been checked yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** Checks one entry of a list and adds what is wrong with it to `problems`. */
export type EntryCheck = (entry: Fields, path: string, problems: ValidationProblem[]) => void;

/**
 * Checks a structured attribute: a list of objects, given as such or as a JSON string.
 * Never throws, not even on a value whose properties throw when read.
 */
export function validateList(value: unknown, expected: string, checkEntry: EntryCheck): ValidationProblem[] {
  const problems: ValidationProblem[] = [];
  try {
    const list = typeof value === 'string' ? parse(value) : value;
    if (list === NOT_JSON) problems.push({ path: '$', expected, got: 'string that is not JSON' });
    else checkEntries(list, '$', expected, checkEntry, problems);
  } catch {
    problems.push({ path: '$', expected, got: 'value that throws when it is read' });
  }
  return problems;
}

/** Checks that `value` is an array of objects, and each of them with `checkEntry`. */
export function checkEntries(
  value: unknown,
  path: string,
  expected: string,
  checkEntry: EntryCheck,
  problems: ValidationProblem[],
): void {
  if (!Array.isArray(value)) {
    problems.push({ path, expected, got: describeKind(value) });
    return;
  }
  for (let index = 0; index < value.length; index++) {
    const entry: unknown = value[index];
    const entryPath = `${path}[${index}]`;
    if (isFields(entry)) checkEntry(entry, entryPath, problems);
    else problems.push({ path: entryPath, expected: 'object', got: describeKind(entry) });
  }
}

/** Whether `value` is an object with fields: not null, not an array. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const NOT_JSON = Symbol('not JSON');

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return NOT_JSON; // The error's message quotes the text, so it is dropped.
  }
}
