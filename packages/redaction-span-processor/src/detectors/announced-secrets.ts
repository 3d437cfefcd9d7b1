import { clue, literal } from '../clue.js';
import { assignedValue } from '../assigned-value.js';
import type { AssignedValue } from '../assigned-value.js';
import { BASE64URL, is } from '../char-class.js';
import type { DetectorName } from '../detector-name.js';
import { isOfName, startOfName, startOfWords } from '../field-name.js';
import { isExpression, isPlaceholder } from '../placeholder.js';
import { secrecyOf } from '../secret-names.js';
import { hasRandomRun } from '../random-run.js';
import { isSecretValue } from '../secret-value.js';
import type { SecretField } from '../secret-value.js';
import type { Anchor, TextScan } from '../text-scan.js';
import { detectorForName } from './assigned-secrets.js';

/** Longest rest of a name behind its anchor. */
const MAX_REST_LENGTH = 48;
/** Shortest random value that is not a password. */
const MIN_TOKEN_LENGTH = 12;

/** Ends of `contraseña` and other words for passwords, of languages with letters that are rare elsewhere. */
const FOREIGN_NAMES = ['ña', 'hasło', 'ösenord', 'ароль', 'المرور', 'パスワード', '密码', '密碼', '비밀번호'];

type IsOn = (detector: DetectorName) => boolean;

/** A quote, as often escaped as JSON is wrapped in JSON. */
const QUOTE = '\\\\{0,7}["\'`]';
/** A member of JSON with a plain word as its value. */
const OTHER_MEMBER = `${QUOTE}\\w{1,24}${QUOTE}\\s{0,4}:\\s{0,4}${QUOTE}[\\w ./-]{0,48}${QUOTE}\\s{0,4},\\s{0,16}`;

/**
 * What is between a name and a value that a sign assigns, but not behind the name: in declarations with a type, in pairs of a
 * name and a value.
 */
const ASSIGNMENT = new RegExp(
  [
    `\\??\\s{0,2}:\\s{0,2}&?(?:'static\\s)?[A-Za-z][\\w<>.[\\]]{0,24}(?:\\s?\\|\\s?\\w{1,12}){0,2}\\s{0,4}=(?![=>])\\s{0,4}`,
    `\\s(?:string|str|text)\\s{0,4}=(?![=>])\\s{0,4}`,
    `${QUOTE}\\s{0,4},?\\s{0,16}(?:${OTHER_MEMBER}){0,2}(?:${QUOTE})?(?:[vV]alue|content)(?:${QUOTE})?\\s{0,4}[:=]\\s{0,4}`,
    `(?:\\\\{1,4}n|\\r?\\n)\\s{1,16}value:\\s{1,4}`,
  ].join('|'),
  'y',
);

/** What is between a name and a value that no sign assigns: in calls, in tables and tags, and in sentences of several languages. */
const CONNECTOR = new RegExp(
  [
    `(?:${QUOTE})?\\]?\\s{0,2}(?:,|=>|<-|\\||\\()\\s{0,8}`,
    `(?:\\s[\\w:-]{1,24}=${QUOTE}[\\w#:/.-]{0,64}(?:${QUOTE}))?(?:${QUOTE})?\\s{0,4}/?>\\s{0,4}(?:<value>)?`,
    `</key>\\s{0,8}<string>`,
    `(?:${QUOTE})?[:=]?(?:\\\\{1,4}n|\\r?\\n){1,2}\\s{0,8}`,
    `:\\s{0,4}<[a-z]{1,8}>`,
    `:\\*{2}\\s{0,4}`,
    `\\s(?:is|was|for [\\w ]{1,32}:|lautet|ist|es|est|to|-|equals|\\[[^\\]\\n]{0,24}\\])(?:\\snow)?:?\\s{1,3}`,
    `[为是는은]\\s?`,
    `\\s?(?:→|➜)\\s{0,3}`,
    `\\s\\([^)\\n]{1,24}\\):\\s{0,3}`,
    `${QUOTE}\\s{1,3}(?=${QUOTE})`,
    `\\s`,
  ].join('|'),
  'y',
);

/** Values that are announced by a name, though no sign assigns them: `setPassword("…")`, `my API key is …`. */
export function announcedSecrets(isOn: IsOn): readonly Anchor[] {
  const look = (scan: TextScan, index: number): number =>
    lookBehindName(scan, index, endOfRest(scan.text, index), isOn);
  return [
    ...['pass', 'Pass', 'PASS'].map((word) => ({ clues: [literal(word)], look })),
    // Of `contraseña`, and of the words of languages with other letters.
    ...FOREIGN_NAMES.map((word) => ({
      clues: [literal(word)],
      look: (scan: TextScan, index: number) => lookBehindName(scan, index, index + word.length, isOn),
    })),
    { clues: [clue(['kK', 'eE', 'yY']), clue(['oO', 'kK', 'eE', 'nN'], 1), clue(['cC', 'rR', 'eE', 'tT'], 1)], look },
  ];
}

function lookBehindName(scan: TextScan, index: number, nameEnd: number, isOn: IsOn): number {
  const { text } = scan;
  // What a sign assigns is found there.
  if (text.charCodeAt(nameEnd) === 61 && !isLineEnd(text.charCodeAt(nameEnd + 1))) return nameEnd;
  const name = text.slice(startOfWords(text, startOfName(text, index)), nameEnd).toLowerCase();
  const secrecy = secrecyOf(name);
  if (secrecy !== 'password' && secrecy !== 'token') return nameEnd;
  ASSIGNMENT.lastIndex = nameEnd;
  if (ASSIGNMENT.test(text)) {
    const assigned = { name, secrecy, sign: '=', isParameter: false, startsLine: false } as const;
    return lookAt(scan, ASSIGNMENT.lastIndex, assigned, isOn, nameEnd);
  }
  CONNECTOR.lastIndex = nameEnd;
  if (!CONNECTOR.test(text)) return nameEnd;
  const from = CONNECTOR.lastIndex;
  // What a tag is in front of ends with the next one.
  const sign = text.charCodeAt(from - 1) === 62 ? '>' : ' ';
  return lookAt(scan, from, { name, secrecy, sign, isParameter: false, startsLine: false }, isOn, nameEnd);
}

/** Whether a line ends, or an escape for that may begin. */
function isLineEnd(code: number): boolean {
  return code === 10 || code === 13 || code === 92;
}

function lookAt(scan: TextScan, from: number, field: SecretField, isOn: IsOn, otherwise: number): number {
  const { text } = scan;
  const detector = detectorForName(field, isOn);
  const value = detector === undefined ? undefined : assignedValue(text, from, field);
  if (detector === undefined || value === undefined || !isSecret(text, value, field)) return otherwise;
  scan.found(detector, value.start, value.end);
  return Math.max(otherwise, value.end);
}

function endOfRest(text: string, index: number): number {
  const limit = index + MAX_REST_LENGTH;
  let end = index;
  while (end < limit && (is(text, end, BASE64URL) || isOfName(text.charCodeAt(end))) && text.charCodeAt(end) !== 46)
    end++;
  return end;
}

function isSecret(text: string, value: AssignedValue, field: SecretField): boolean {
  return field.sign === '=' ? isSecretValue(text, value, field) : looksLikeSecret(text, value, field);
}

/** Whether a value is no word: without a sign there is nothing but the value itself to go by. */
function looksLikeSecret(text: string, { start, end }: AssignedValue, { secrecy, sign }: SecretField): boolean {
  const value = text.slice(start, end);
  if (sign === '>' && text.charCodeAt(end) !== 60) return false;
  if (value.length < 6 || /\s/.test(value) || isPlaceholder(value) || isExpression(value)) return false;
  if (secrecy === 'token') return hasRandomRun(value, MIN_TOKEN_LENGTH);
  // Words, with the hyphens and apostrophes that words have; but many words are a phrase.
  return !/^\p{L}[\p{Ll}]*(?:['’-]\p{L}+){0,2}[.!?]?$/u.test(value) && !/^\p{N}+\p{Ll}{0,4}$|^\p{Lu}+$/u.test(value);
}
