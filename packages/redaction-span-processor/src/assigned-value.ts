import { BASE64URL, is, runEnd, SPACE, TOKEN } from './char-class.js';
import { hasRandomRun } from './random-run.js';
import type { SecretField } from './secret-value.js';

/** Where a value is, and whether it was in quotes. */
export interface AssignedValue {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** Longest value in quotes, and longest without. */
const MAX_QUOTED_LENGTH = 4096;
const MAX_BARE_LENGTH = 1024;

/**
 * The value of `field` that begins at `from`, behind white space: in quotes, which may be escaped, or up to where a value ends
 * in configuration, queries, headers and prose. `undefined` where a list or an object begins, or nothing.
 */
export function assignedValue(text: string, from: number, field: SecretField): AssignedValue | undefined {
  if (field.isParameter) return parameterValue(text, from);
  let start = from;
  // JSON may have its members over several lines.
  if (field.isMember === true) start = runEnd(text, from, SPACE, from + MAX_GAP);
  else while (start - from < MAX_GAP && isBlank(text, start)) start++;
  const quoted = quotedValue(text, start);
  if (field.secrecy === 'authorization') return credentials(text, quoted?.start ?? start);
  if (field.secrecy === 'cookie')
    return { start: quoted?.start ?? start, end: endOfHeader(text, quoted?.start ?? start), quoted: true };
  return quoted ?? (field.isMember === true ? numberAt(text, start) : bareValue(text, start));
}

/** A number of JSON. */
function numberAt(text: string, start: number): AssignedValue | undefined {
  NUMBER.lastIndex = start;
  return NUMBER.test(text) ? { start, end: NUMBER.lastIndex, quoted: false } : undefined;
}

const NUMBER = /-?\d[\d.eE+-]{0,64}/y;

/** Behind the scheme of an `Authorization` header: a token, or for schemes with parameters all of them. */
function credentials(text: string, from: number): AssignedValue | undefined {
  const scheme = runEnd(text, from, BASE64URL, from + MAX_SCHEME_LENGTH);
  const gap = endOfGap(text, scheme);
  const start = gap > scheme ? gap : from;
  PARAMETERS.lastIndex = start;
  if (gap > scheme && PARAMETERS.test(text)) return { start, end: PARAMETERS.lastIndex, quoted: true };
  return { start, end: trimEnd(text, start, runEnd(text, start, TOKEN)), quoted: gap > scheme };
}

/** Behind white space, also that of a URL. */
export function endOfGap(text: string, from: number): number {
  return text.startsWith('%20', from) ? from + 3 : runEnd(text, from, SPACE, from + MAX_GAP);
}

/** `username="…", response="…"`, `Credential=…, Signature=…` */
const PARAMETERS =
  /(?:[\w-]{1,32}=(?:\\{0,4}"[^"\\\n]{0,512}\\{0,4}"|[^\s",\\]{2,1024})(?:,\s{0,3}|\s(?=[\w-]{1,32}=))?){2,16}/y;

/** Of schemes like `Bearer`. */
const MAX_SCHEME_LENGTH = 24;

/** Where the line or the quoted text ends that a header is in. */
function endOfHeader(text: string, from: number): number {
  const limit = Math.min(text.length, from + MAX_QUOTED_LENGTH);
  let end = from;
  for (; end < limit; end++) {
    const code = text.charCodeAt(end);
    if (code === 10 || code === 13 || code === 34 || code === 39 || code === 92 || code === 96) break;
  }
  return end;
}

/** What a URL's query has up to the next parameter. */
function parameterValue(text: string, start: number): AssignedValue | undefined {
  const end = runEnd(text, start, TOKEN, start + MAX_QUOTED_LENGTH);
  const encoded = text.charCodeAt(end) === 37 ? endOfEncoded(text, end) : end;
  return { start, end: trimEnd(text, start, encoded), quoted: false };
}

/** Behind `%2B` and what follows. */
function endOfEncoded(text: string, from: number): number {
  let end = from;
  while (text.charCodeAt(end) === 37) end = runEnd(text, end + 1, TOKEN, from + MAX_QUOTED_LENGTH);
  return end;
}

function trimEnd(text: string, start: number, to: number): number {
  let end = to;
  while (end > start && isClosing(text.charCodeAt(end - 1))) end--;
  return end;
}

/** Most white space in front of a value. */
const MAX_GAP = 64;
/** So many letters and digits in a row, some of both, are a value although a bracket is in front of them. */
const MIN_RANDOM_LENGTH = 6;

function isBlank(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === 32 || code === 9 || code === 0xa0;
}

function quotedValue(text: string, from: number): AssignedValue | undefined {
  let open = from;
  while (text.charCodeAt(open) === 92) open++;
  const quote = text.charCodeAt(open);
  if (quote !== 34 && quote !== 39 && quote !== 96) return undefined;
  const escapes = open - from;
  const limit = Math.min(text.length, open + MAX_QUOTED_LENGTH);
  for (let index = open + 1, backslashes = 0; index < limit; index++) {
    const code = text.charCodeAt(index);
    if (code === 92) {
      backslashes++;
      continue;
    }
    // A quote with more backslashes than the first one is part of the value.
    if (code === quote && backslashes <= escapes) return { start: open + 1, end: index - backslashes, quoted: true };
    if (code === 10) break;
    backslashes = 0;
  }
  // The closing quote was cut off.
  const { end } = bareValue(text, open + 1) ?? { end: open + 1 };
  return { start: open + 1, end, quoted: true };
}

function bareValue(text: string, start: number): AssignedValue | undefined {
  const limit = Math.min(text.length, start + MAX_BARE_LENGTH);
  let end = start;
  while (end < limit && !endsBareValue(text, end)) end++;
  // What ends a sentence or a list is not part of it.
  end = trimEnd(text, start, end);
  if (isOpening(text.charCodeAt(start)) && !hasRandomRun(text.slice(start, end), MIN_RANDOM_LENGTH)) return undefined;
  return end === start ? undefined : { start, end, quoted: false };
}

function endsBareValue(text: string, index: number): boolean {
  if (is(text, index, SPACE)) return true;
  switch (text.charCodeAt(index)) {
    case 34: // "
    case 39: // '
    case 60: // <
    case 62: // >
    case 92: // \
    case 96: // `
    case 0xa0:
    case 0x3001: // 、
    case 0x3002: // 。
    case 0xff0c: // ，
      return true;
    case 38: // &
    case 44: // ,
    case 59: // ;
      // Values may have these, but not in front of the next name.
      return beginsNext(text, index + 1);
    default:
      return false;
  }
}

/** Whether white space, the end or `name=` begins at `from`. */
function beginsNext(text: string, from: number): boolean {
  if (from >= text.length || is(text, from, SPACE)) return true;
  const limit = from + 40;
  for (let index = from; index < limit; index++) {
    const code = text.charCodeAt(index);
    if (code === 61 || code === 58) return index > from;
    const isName = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
    if (!isName && code !== 95 && code !== 45 && code !== 46 && code !== 32) return false;
  }
  return false;
}

function isClosing(code: number): boolean {
  // . , ; : ! ? ) ] }
  return code === 46 || code === 44 || code === 59 || code === 58 || code === 41 || code === 93 || code === 125;
}

function isOpening(code: number): boolean {
  // ( [ {
  return code === 40 || code === 91 || code === 123;
}
