import { clue, DIGITS } from '../clue.js';
import { assignedValue } from '../assigned-value.js';
import { runEnd, SPACE } from '../char-class.js';
import type { DetectorName } from '../detector-name.js';
import { BEHIND_NAMES, endOfName, startOfName, startOfWords } from '../field-name.js';
import { remembering } from '../remembering.js';
import { isSecretValue } from '../secret-value.js';
import type { SecretField } from '../secret-value.js';
import { LAST_LETTERS, mayEndSecretName, parameterSecrecyOf, secrecyOf } from '../secret-names.js';
import type { Anchor, TextScan } from '../text-scan.js';

/** Most white space between a sign and a list. */
const MAX_GAP = 64;
/** Deepest line of a configuration file. */
const MAX_INDENT = 32;

/** What can be in front of a sign: the last letter of a name, a digit behind it, or what is between a name and a sign. */
const NAME_ENDS = LAST_LETTERS + DIGITS + BEHIND_NAMES;

type IsOn = (detector: DetectorName) => boolean;

/**
 * Values of fields that are named like a secret: `password=…`, `"api_key": "…"`, `Authorization: Bearer …`, `?token=…`,
 * `<password>…</password>`, in text and in JSON, also when the JSON is wrapped in JSON.
 */
export function assignedSecrets(isOn: IsOn): readonly Anchor[] {
  const after = (sign: SecretField['sign']) => (scan: TextScan, index: number) =>
    lookBeforeSign(scan, index, sign, isOn);
  return [
    { clues: [clue([NAME_ENDS, '='], 1)], look: after('=') },
    { clues: [clue([NAME_ENDS, ':：'], 1)], look: after(':') },
    // `is`, in languages that write it with a letter beyond ASCII.
    { clues: [clue([NAME_ENDS, 'éèは是'], 1)], look: after('is') },
    { clues: [clue([LAST_LETTERS + DIGITS, '>'], 1)], look: after('>') },
  ];
}

function lookBeforeSign(scan: TextScan, index: number, sign: SecretField['sign'], isOn: IsOn): number {
  const { text } = scan;
  // Of `==` the last one is looked at.
  if (sign === '=' && text.charCodeAt(index + 1) === 61) return index + 1;
  const nameEnd = endOfName(text, index, sign);
  if (!mayEndSecretName(text, nameEnd)) return index + 1;
  const nameStart = startOfName(text, nameEnd);
  if (sign === '>' && text.charCodeAt(nameStart - 1) !== 60) return index + 1;
  const before = text.charCodeAt(nameStart - 1);
  // Of a mark: `[REDACTED:us_ssn]`.
  if (before === 58 && text.charCodeAt(nameEnd) === 93) return index + 1;
  const isParameter =
    sign === '=' &&
    text.charCodeAt(index + 1) !== 32 &&
    (before === 63 || before === 38 || before === 35 || text.endsWith('&amp;', nameStart));
  // Without a value.
  if (isParameter && text.charCodeAt(index + 1) === 38) return index + 1;
  const written = text.slice(isParameter ? nameStart : startOfWords(text, nameStart), nameEnd);
  const name = written.toLowerCase();
  const secrecy = isParameter ? parameterSecrecyOf(name) : secrecyOf(name);
  if (secrecy === undefined) return index + 1;
  const startsLine = sign === ':' && written === name && isLineStart(text, nameStart);
  const from = behindSign(text, index);
  const isMember = scan.escaped && text.slice(nameEnd, index).includes('"');
  if (scan.escaped && !isMember && isStringEnd(text, from)) {
    scan.hasDoubt = true;
    return index + 1;
  }
  return lookAtValue(scan, from, { name, secrecy, sign, isParameter, startsLine, isMember }, isOn);
}

/**
 * Whether the quote behind a sign ends the JSON string that the name is in: `{"password:": 1}`. A name that is not in quotes
 * itself is within one, in which a quote has a backslash.
 */
function isStringEnd(text: string, from: number): boolean {
  return text.charCodeAt(runEnd(text, from, SPACE, from + MAX_GAP)) === 34;
}

/** Whether nothing but white space is before `index` in its line: then it is one of a configuration file. */
function isLineStart(text: string, index: number): boolean {
  let at = index;
  while (at > index - MAX_INDENT && (text.charCodeAt(at - 1) === 32 || text.charCodeAt(at - 1) === 9)) at--;
  return at === 0 || text.charCodeAt(at - 1) === 10;
}

/** @returns where to go on */
function lookAtValue(scan: TextScan, from: number, field: SecretField, isOn: IsOn): number {
  const { text } = scan;
  const detector = detectorForName(field, isOn);
  if (detector === undefined) return from;
  let next = from;
  // Of a list all values, one after the other.
  for (let start = from; ;) {
    const value = assignedValue(text, start, field);
    if (value === undefined || !isSecretValue(text, value, field)) return next;
    scan.found(detector, value.start, value.end);
    next = Math.max(next, value.end);
    NEXT_ITEM.lastIndex = next;
    if (!value.quoted || text.charCodeAt(from - 1) !== 91 || !NEXT_ITEM.test(text)) return next;
    start = NEXT_ITEM.lastIndex;
  }
}

/** Between the values of a list: of JSON, as often escaped as it is wrapped, or of a program. */
const NEXT_ITEM = /\\{0,7}["'],\s{0,16}(?=\\{0,7}["'])/y;

/** The detector that a field belongs to: that of a provider whose name it bears, if that one is on. */
export function detectorForName({ name, secrecy, isParameter }: SecretField, isOn: IsOn): DetectorName | undefined {
  if (secrecy === 'authorization' && isOn('authorization')) return 'authorization';
  const own = providersNamedIn(name).find(isOn);
  if (own !== undefined) return own;
  if (isParameter && isOn('url_credentials')) return 'url_credentials';
  return isOn('secret_field') ? 'secret_field' : undefined;
}

const providersNamedIn = remembering((name): readonly DetectorName[] => {
  const names: DetectorName[] = [];
  if (/aws|secret[ _.-]?access/.test(name)) names.push('aws_secret');
  if (/azure|account[ _.-]?key|shared[ _.-]?access|ocp-apim/.test(name)) names.push('azure_key');
  if (name.includes('twilio')) names.push('twilio_key');
  return names;
});

/** Behind `=`, `==`, `=>`, `:=` or the like, and behind what a value can be wrapped in: a list, or an object with a `value`. */
function behindSign(text: string, index: number): number {
  let from = index + 1;
  while (text.charCodeAt(from) === 61 || text.charCodeAt(from) === 62) from++;
  const wrap = runEnd(text, from, SPACE, from + MAX_GAP);
  if (text.charCodeAt(wrap) === 91) return wrap + 1;
  VALUE_MEMBER.lastIndex = wrap;
  return text.charCodeAt(wrap) === 123 && VALUE_MEMBER.test(text) ? VALUE_MEMBER.lastIndex : from;
}

/** The begin of `{"value": …}`, as often escaped as it is wrapped. */
const VALUE_MEMBER = /\{\s{0,64}(\\{0,7}["'])value\1\s{0,8}:\s{0,64}/y;
