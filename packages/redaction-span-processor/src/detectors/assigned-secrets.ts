import { assignedValue } from '../assigned-value.js';
import { BASE64URL, DIGIT, is, LETTER, runEnd, runStart, SPACE } from '../char-class.js';
import type { DetectorName } from '../detector-name.js';
import { isSecretValue } from '../secret-value.js';
import type { SecretField } from '../secret-value.js';
import { mayEndSecretName, parameterSecrecyOf, secrecyOf } from '../secret-names.js';
import type { Anchor, TextScan } from '../text-scan.js';

/** Longest name of a field, with the words before it. */
const MAX_NAME_LENGTH = 64;
/** Most white space and quotes between a name, its sign and its value. */
const MAX_GAP = 16;

type IsOn = (detector: DetectorName) => boolean;

/**
 * Values of fields that are named like a secret: `password=…`, `"api_key": "…"`, `Authorization: Bearer …`, `?token=…`,
 * `<password>…</password>`, `--password …`, in text and in JSON, also when the JSON is wrapped in JSON.
 */
export function assignedSecrets(isOn: IsOn): readonly Anchor[] {
  const after = (sign: SecretField['sign']) => (scan: TextScan, index: number) =>
    lookBeforeSign(scan, index, sign, isOn);
  return [
    { anchor: '=', look: after('=') },
    { anchor: ':', look: after(':') },
    { anchor: '：', look: after(':') },
    { anchor: '>', look: after('>') },
    { anchor: '-', look: (scan, index) => lookAtOption(scan, index, isOn) },
  ];
}

function lookBeforeSign(scan: TextScan, index: number, sign: SecretField['sign'], isOn: IsOn): number {
  const { text } = scan;
  const nameEnd = endOfName(text, index, sign);
  if (!mayEndSecretName(text, nameEnd)) return index + 1;
  const nameStart = startOfName(text, nameEnd);
  if (sign === '>' && text.charCodeAt(nameStart - 1) !== 60) return index + 1;
  const before = text.charCodeAt(nameStart - 1);
  const isParameter = sign === '=' && (before === 63 || before === 38 || text.endsWith('&amp;', nameStart));
  const name = text.slice(isParameter ? nameStart : startOfWords(text, nameStart), nameEnd).toLowerCase();
  const secrecy = isParameter ? parameterSecrecyOf(name) : secrecyOf(name);
  if (secrecy === undefined) return index + 1;
  return lookAtValue(scan, behindSign(text, index), { name, secrecy, sign, isParameter }, isOn);
}

/** `--password hunter2` */
function lookAtOption(scan: TextScan, index: number, isOn: IsOn): number {
  const { text } = scan;
  if (text.charCodeAt(index + 1) !== 45 || is(text, index - 1, BASE64URL)) return index + 1;
  const nameStart = index + 2;
  const nameEnd = runEnd(text, nameStart, BASE64URL, nameStart + MAX_NAME_LENGTH);
  if (text.charCodeAt(nameEnd) !== 32 || !mayEndSecretName(text, nameEnd)) return nameStart;
  const name = text.slice(nameStart, nameEnd).toLowerCase();
  const secrecy = secrecyOf(name);
  if (secrecy === undefined || text.charCodeAt(nameEnd + 1) === 45) return nameEnd;
  return lookAtValue(scan, nameEnd + 1, { name, secrecy, sign: ' ', isParameter: false }, isOn);
}

/** @returns where to go on */
function lookAtValue(scan: TextScan, from: number, field: SecretField, isOn: IsOn): number {
  const { text } = scan;
  const detector = detectorForName(field, isOn);
  if (detector === undefined) return from;
  const value = assignedValue(text, from, field);
  if (value === undefined || !isSecretValue(text, value, field)) return from;
  scan.found(detector, value.start, value.end);
  return Math.max(from, value.end);
}

/** The detector that a field belongs to: that of a provider whose name it bears, if that one is on. */
export function detectorForName({ name, secrecy, isParameter }: SecretField, isOn: IsOn): DetectorName | undefined {
  const names: DetectorName[] = [];
  if (secrecy === 'authorization') names.push('authorization');
  if (/aws|secret[ _.-]?access/.test(name)) names.push('aws_secret');
  if (/azure|account[ _.-]?key|shared[ _.-]?access|ocp-apim/.test(name)) names.push('azure_key');
  if (name.includes('twilio')) names.push('twilio_key');
  if (isParameter) names.push('url_credentials');
  names.push('secret_field');
  return names.find(isOn);
}

/** Where the name ends that is before the sign at `index`: before quotes, brackets, emphasis and white space. */
function endOfName(text: string, index: number, sign: SecretField['sign']): number {
  const limit = Math.max(0, index - MAX_GAP);
  let end = index;
  while (end > limit && separates(text.charCodeAt(end - 1), sign)) end--;
  // `password1`, `api_key_2`
  return is(text, end - 1, DIGIT) ? runStart(text, end, DIGIT, end - 3) : end;
}

function separates(code: number, sign: SecretField['sign']): boolean {
  switch (code) {
    case 32:
    case 9:
    case 34: // "
    case 39: // '
    case 42: // *
    case 92: // \\
    case 93: // ]
    case 96: // `
    case 0xa0:
      return sign !== '>';
    case 33: // !
    case 58: // :
    case 61: // =
      return sign === '=';
    default:
      return false;
  }
}

function startOfName(text: string, end: number): number {
  const limit = Math.max(0, end - MAX_NAME_LENGTH);
  let start = end;
  // Letters beyond ASCII, too: names are in all languages.
  while (start > limit && (is(text, start - 1, BASE64URL) || isOfName(text.charCodeAt(start - 1)))) start--;
  return start;
}

function isOfName(code: number): boolean {
  return code === 46 || (code >= 0xc0 && code !== 0x3000 && code !== 0x3001 && code !== 0x3002 && code < 0xff00);
}

/** The start of the words before a name, which may be part of it: `secret access key`, `mot de passe`. */
function startOfWords(text: string, nameStart: number): number {
  let start = nameStart;
  for (let words = 0; words < 2 && text.charCodeAt(start - 1) === 32; words++) {
    const word = runStart(text, start - 1, LETTER, start - 16);
    if (word === start - 1) break;
    start = word;
  }
  return start;
}

/** Behind `=`, `==`, `=>`, `:=` or the like, and behind the bracket of a list, of which the first value is looked at. */
function behindSign(text: string, index: number): number {
  let from = index + 1;
  while (text.charCodeAt(from) === 61 || text.charCodeAt(from) === 62) from++;
  const list = runEnd(text, from, SPACE, from + MAX_GAP);
  return text.charCodeAt(list) === 91 ? list + 1 : from;
}
