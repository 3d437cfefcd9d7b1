import { describeKind } from './validation-problem.js';
import type { FieldCheck } from './validate-field.js';

/** Bytes in base64 (RFC 4648 §4, padded), without a `data:` prefix. One pass, also over megabytes. */
export const checkBase64: FieldCheck = (object, field, path, problems) => {
  const value = object[field];
  if (typeof value === 'string' && isBase64(value)) return;
  const expected = 'base64 without a data: prefix';
  problems.push({ path: `${path}.${field}`, expected, got: describeText(value, 'string that is not base64') });
};

/** A reference that the provider can fetch: a `data:` URL is content and belongs in a `blob` part. */
export const checkUri: FieldCheck = (object, field, path, problems) => {
  const value = object[field];
  if (typeof value === 'string' && value !== '' && !DATA_URL.test(value)) return;
  problems.push({
    path: `${path}.${field}`,
    expected: 'URI other than a data: URL',
    got: describeText(value, 'string'),
  });
};

const DATA_URL = /^\s*data:/i;
const NOT_BASE64 = /[^A-Za-z0-9+/]/;

function isBase64(text: string): boolean {
  if (text.length % 4 !== 0) return false;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  // A search for what does not belong keeps no backtracking state, unlike a match of what does.
  return !NOT_BASE64.test(padding === 0 ? text : text.slice(0, -padding));
}

function describeText(value: unknown, otherwise: string): string {
  if (typeof value !== 'string' || value === '') return describeKind(value);
  return DATA_URL.test(value) ? 'data: URL' : otherwise;
}
