import type { AssignedValue } from './assigned-value.js';
import { classesIn, DIGIT, LETTER, LOWER, SPACE, UPPER } from './char-class.js';
import { hasRandomRun } from './random-run.js';
import { isExpression, isPlaceholder } from './placeholder.js';
import type { Secrecy } from './secret-names.js';

/** A field whose name says that its value is secret. */
export interface SecretField {
  /** In lower case, with the words before it. */
  readonly name: string;
  readonly secrecy: Secrecy;
  /** What is between the name and the value. */
  readonly sign: '=' | ':' | '>' | ' ' | 'is';
  /** Whether it is a parameter in the query of a URL. */
  readonly isParameter: boolean;
  /** Whether it begins a line of a configuration file. */
  readonly startsLine: boolean;
  /** Whether it is a member of JSON, of which a value without quotes is a number. */
  readonly isMember?: boolean;
}

/** Shortest value that can look random. */
const MIN_RANDOM_LENGTH = 8;
/** Shortest value of a field that is called a key, but not what of. */
const MIN_KEY_LENGTH = 20;

/** Letters and digits in a row, some of both, that make a text about passwords one with a password in it. */
const MIN_LABEL_SECRET_LENGTH = 6;

/** Whether the value of `field` is one, and not a type, a placeholder, part of a program, or prose. */
export function isSecretValue(text: string, { start, end, quoted }: AssignedValue, field: SecretField): boolean {
  const value = text.slice(start, end);
  // The cheaper question first.
  if (value === '' || !fits(text, { start, end, quoted }, value, field)) return false;
  return !isPlaceholder(value) && (quoted || !isExpression(value));
}

/** Whether a value is like those of such fields. */
function fits(text: string, { start, end, quoted }: AssignedValue, value: string, field: SecretField): boolean {
  switch (field.secrecy) {
    case 'password':
      // How many there are.
      if (field.name.endsWith('passwords') && /^\d+$/.test(value)) return false;
      // The working directory.
      if (field.name.endsWith('pwd') && /^(?:[/~]|[A-Za-z]:\\)/.test(value)) return false;
      if (field.sign === '>') return /^<\\{0,4}\//.test(text.slice(end, end + 6)) && !isLabel(value);
      return quoted ? !isLabel(value) && !isCommand(text, start, value) : isBarePassword(text, start, end, field);
    case 'token':
      return isRandom(value, field) && !/^\w+\.(?:token|key|secret)$/.test(value);
    case 'key':
      return hasRandomRun(value, MIN_KEY_LENGTH);
    case 'authorization':
      return value.length >= (quoted ? 6 : MIN_RANDOM_LENGTH) && (quoted ? !isWords(value) : isRandom(value, field));
    case 'cookie':
      return value.includes('=');
  }
}

/** Whether a value in quotes is a text about passwords, as user interfaces have them. */
function isLabel(value: string): boolean {
  if (hasRandomRun(value, MIN_LABEL_SECRET_LENGTH)) return false;
  return (
    (/\s/.test(value) &&
      /pass|contrase|senha|kennwort|密码|\b(?:must|should|is|too|character|required)\b/i.test(value)) ||
    /^required\|/.test(value)
  );
}

/** Whether a password without quotes is none of the things that follow the word in prose and in programs. */
function isBarePassword(text: string, start: number, end: number, { sign, startsLine }: SecretField): boolean {
  const value = text.slice(start, end);
  if (/^[\p{L}_]+$/u.test(value)) {
    if (sign === 'is') return false;
    if (sign === '=') return text.charCodeAt(end) !== 41 && text.charCodeAt(end) !== 44;
    if (sign === ':') return startsLine && isWholeLine(text, end);
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

/** Whether the quotes are those of a shell, which puts in what a command says. */
function isCommand(text: string, start: number, value: string): boolean {
  return text.charCodeAt(start - 1) === 96 && /\s/.test(value);
}

/** Whether a value looks like nothing that people call things. */
function isRandom(value: string, { name, isParameter }: SecretField): boolean {
  if (name.endsWith('code') && value.length < MIN_KEY_LENGTH) return false;
  if (value.length < MIN_RANDOM_LENGTH || /\s|:\/\//.test(value)) return false;
  const classes = classesIn(value, 0, value.length);
  if ((classes & DIGIT) !== 0 && (classes & LETTER) !== 0)
    return !isParameter || !name.endsWith('key') || value.length >= 12;
  if (name.includes('secret') && !name.endsWith('token')) return !isWords(value) || value.length >= 16;
  return value.length >= 12 && (classes & UPPER) !== 0 && (classes & LOWER) !== 0 && !isWords(value);
}

/** Words, also written together: `accessTokenProvider`, `my-secret-name`. */
function isWords(value: string): boolean {
  return /^[a-z]*(?:[A-Z][a-z]+|[_.\s-][a-z]*)*$/.test(value) || /^[A-Z_-]+$/.test(value);
}
