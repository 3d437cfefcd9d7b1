import { clue, DIGITS, LETTERS, literal, not } from '../clue.js';
import { assignedValue } from '../assigned-value.js';
import { BASE64URL, runEnd } from '../char-class.js';
import type { DetectorName } from '../detector-name.js';
import { isPlaceholder } from '../placeholder.js';
import { mayEndSecretName, secrecyOf } from '../secret-names.js';
import type { Secrecy } from '../secret-names.js';
import { isSecretValue } from '../secret-value.js';
import type { SecretField } from '../secret-value.js';
import type { Anchor, TextScan } from '../text-scan.js';
import { detectorForName } from './assigned-secrets.js';

/** Longest name of an option. */
const MAX_NAME_LENGTH = 64;
const OF_NAMES = `${LETTERS}${DIGITS}_-`;

type IsOn = (detector: DetectorName) => boolean;

/** Secrets in commands: `--password …`, `curl -u user:…`, `sshpass -p …`, `requirepass …`, `IDENTIFIED BY '…'`. */
export function commandOptions(isOn: IsOn): readonly Anchor[] {
  return [
    {
      clues: [clue([not(OF_NAMES), '-', '-', OF_NAMES], 1), clue([not(OF_NAMES), '-', 'u', ' '], 1)],
      look: (scan, index) => lookAtOption(scan, index, isOn),
    },
    { clues: [literal('pass ')], look: (scan, index) => lookBehindPass(scan, index, isOn) },
    {
      clues: [literal('IDENTIFIED BY')],
      look: (scan, index) => lookAtValue(scan, index + 'IDENTIFIED BY'.length, 'password', 'password', isOn),
    },
  ];
}

function lookAtOption(scan: TextScan, index: number, isOn: IsOn): number {
  const { text } = scan;
  if (text.startsWith('-u ', index)) return lookAtUser(scan, index + 3, isOn);
  if (text.startsWith('user ', index + 2)) return lookAtUser(scan, index + 7, isOn);
  const nameStart = index + 2;
  const nameEnd = runEnd(text, nameStart, BASE64URL, nameStart + MAX_NAME_LENGTH);
  if (text.charCodeAt(nameEnd) !== 32 || !mayEndSecretName(text, nameEnd)) return nameStart;
  const name = text.slice(nameStart, nameEnd).toLowerCase();
  const secrecy = secrecyOf(name);
  // Another option instead of a value.
  if (secrecy === undefined || text.charCodeAt(nameEnd + 1) === 45) return nameEnd;
  return lookAtValue(scan, nameEnd + 1, name, secrecy, isOn);
}

/** `user:password` */
function lookAtUser(scan: TextScan, from: number, isOn: IsOn): number {
  USER.lastIndex = from;
  const match = USER.exec(scan.text);
  if (match === null || isPlaceholder(match[2] ?? '')) return from;
  const start = from + (match[1]?.length ?? 0);
  if (isOn('secret_field')) scan.found('secret_field', start, USER.lastIndex);
  return USER.lastIndex;
}

const USER = /([\\"']{0,4}[\w.@+-]{1,64}:)([^\s"'\\]{3,256})/y;

function lookBehindPass(scan: TextScan, index: number, isOn: IsOn): number {
  const { text } = scan;
  const from = index + 'pass '.length;
  if (text.startsWith('-p', from)) return lookAtValue(scan, from + 2, 'password', 'password', isOn);
  const isRedis = text.slice(Math.max(0, index - 7), index) === 'require';
  return isRedis ? lookAtValue(scan, from, 'password', 'password', isOn) : from;
}

function lookAtValue(scan: TextScan, from: number, name: string, secrecy: Secrecy, isOn: IsOn): number {
  const { text } = scan;
  const field: SecretField = { name, secrecy, sign: ' ', isParameter: false, startsLine: false };
  const detector = detectorForName(field, isOn);
  const value = detector === undefined ? undefined : assignedValue(text, from, field);
  if (detector === undefined || value === undefined || !isSecretValue(text, value, field)) return from;
  scan.found(detector, value.start, value.end);
  return Math.max(from, value.end);
}
