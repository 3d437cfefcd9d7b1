import type { AssignedValue } from './assigned-value.js';
import { classesIn, DIGIT, LETTER, LOWER, SPACE, UPPER } from './char-class.js';
import { isExpression, isPlaceholder } from './placeholder.js';
import type { Secrecy } from './secret-names.js';

/** A field whose name says that its value is secret. */
export interface SecretField {
  /** In lower case, with the words before it. */
  readonly name: string;
  readonly secrecy: Secrecy;
  /** What is between the name and the value. */
  readonly sign: '=' | ':' | '>' | ' ';
  /** Whether it is a parameter in the query of a URL. */
  readonly isParameter: boolean;
}

/** Shortest value that can look random. */
const MIN_RANDOM_LENGTH = 8;

/** Whether the value of `field` is one, and not a type, a placeholder, part of a program, or prose. */
export function isSecretValue(text: string, { start, end, quoted }: AssignedValue, field: SecretField): boolean {
  const value = text.slice(start, end);
  if (value === '' || isPlaceholder(value)) return false;
  switch (field.secrecy) {
    case 'password':
      return quoted || field.sign === '>' ? !isLabel(value) : isBarePassword(text, start, end, field);
    case 'token':
      return isRandom(value, field) && (quoted || !isExpression(value));
    case 'authorization':
      return value.length >= (quoted ? 6 : MIN_RANDOM_LENGTH) && (quoted ? !isWords(value) : isRandom(value, field));
    case 'cookie':
      return value.includes('=');
  }
}

/** Whether a value in quotes is a text about passwords, as user interfaces have them. */
function isLabel(value: string): boolean {
  return /\s/.test(value) && /pass|contrase|senha|kennwort|密码|must|should|character/i.test(value);
}

/** Whether a password without quotes is none of the things that follow the word in prose and in programs. */
function isBarePassword(text: string, start: number, end: number, { name, sign }: SecretField): boolean {
  const value = text.slice(start, end);
  if (isExpression(value)) return false;
  // The working directory.
  if (name.endsWith('pwd') && /^(?:[/~]|[A-Za-z]:\\)/.test(value)) return false;
  if (/^[A-Za-z_]+$/.test(value)) {
    if (sign === '=') return text.charCodeAt(end) !== 41 && text.charCodeAt(end) !== 44;
    if (sign === ':') return isWholeLine(text, end);
    return value.length > 2;
  }
  // Lengths that are asked for: `8`, `8-20`, `12+`.
  return !/^\d{1,3}(?:[-–+]\d{0,3})?$/.test(value) && value.length > 2;
}

/** Whether the line ends at `end`: then it is a line of a configuration file. */
function isWholeLine(text: string, end: number): boolean {
  return end >= text.length || (classesIn(text, end, end + 1) & SPACE) !== 0
    ? /^\s*(?:\n|$)/.test(text.slice(end, end + 4))
    : false;
}

/** Whether a value looks like nothing that people call things. */
function isRandom(value: string, { name, isParameter }: SecretField): boolean {
  if (value.length < MIN_RANDOM_LENGTH || /\s|:\/\//.test(value)) return false;
  const classes = classesIn(value, 0, value.length);
  if ((classes & DIGIT) !== 0 && (classes & LETTER) !== 0)
    return !isParameter || !name.endsWith('key') || value.length >= 12;
  if (name.includes('secret') && !name.endsWith('token')) return !isWords(value) || value.length >= 16;
  return value.length >= 16 && (classes & UPPER) !== 0 && (classes & LOWER) !== 0 && !isWords(value);
}

/** Words, also written together: `accessTokenProvider`, `my-secret-name`. */
function isWords(value: string): boolean {
  return /^[a-z]*(?:[A-Z][a-z]+|[_.\s-][a-z]*)*$/.test(value) || /^[A-Z_-]+$/.test(value);
}
