import { describeKind } from './validation-problem.js';
import type { ValidationProblem } from './validation-problem.js';
import { isFields } from './validate-structured-value.js';
import type { Fields } from './validate-structured-value.js';

/** Checks one field of an object and adds what is wrong with it to `problems`. */
export type FieldCheck = (object: Fields, field: string, path: string, problems: ValidationProblem[]) => void;

/** A string that is there; it may be empty. */
export const requireString: FieldCheck = (object, field, path, problems) => {
  const value = object[field];
  if (typeof value !== 'string')
    problems.push({ path: `${path}.${field}`, expected: 'string', got: describeKind(value) });
};

/** A string that says something. */
export const requireName: FieldCheck = (object, field, path, problems) => {
  const value = object[field];
  if (typeof value === 'string' && value !== '') return;
  problems.push({ path: `${path}.${field}`, expected: 'non-empty string', got: describeKind(value) });
};

/** A string, null, or left out. */
export const allowString: FieldCheck = (object, field, path, problems) => {
  const value = object[field];
  if (value === undefined || value === null || typeof value === 'string') return;
  problems.push({ path: `${path}.${field}`, expected: 'string, null or nothing', got: describeKind(value) });
};

/** A MIME type, null, or left out. */
export const allowMimeType: FieldCheck = (object, field, path, problems) => {
  const value = object[field];
  if (value === undefined || value === null || (typeof value === 'string' && MIME_TYPE.test(value))) return;
  const got = typeof value === 'string' && value !== '' ? 'string that is not a MIME type' : describeKind(value);
  problems.push({ path: `${path}.${field}`, expected: 'MIME type such as image/png, null or nothing', got });
};

/** Any JSON value, null included, but not left out. */
export const requireValue: FieldCheck = (object, field, path, problems) => {
  if (object[field] === undefined) problems.push({ path: `${path}.${field}`, expected: 'any value', got: 'nothing' });
};

/** An object that tells its own kind in `type`. */
export const requireTypedObject: FieldCheck = (object, field, path, problems) => {
  const value = object[field];
  if (isFields(value)) requireName(value, 'type', `${path}.${field}`, problems);
  else problems.push({ path: `${path}.${field}`, expected: 'object with a `type`', got: describeKind(value) });
};

/**
 * As `check`, but when the field is missing and `mistaken`, a name that other formats give it, is there, says so.
 */
export function notNamed(mistaken: string, check: FieldCheck): FieldCheck {
  return (object, field, path, problems) => {
    if (object[field] === undefined && object[mistaken] !== undefined) {
      problems.push({ path: `${path}.${field}`, expected: `field \`${field}\``, got: `field \`${mistaken}\`` });
    } else check(object, field, path, problems);
  };
}

// Type and subtype of RFC 6838, with parameters after a semicolon.
const MIME_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*(?:;.*)?$/i;
