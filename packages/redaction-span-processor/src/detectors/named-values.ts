import { assignedValue } from '../assigned-value.js';
import { clue } from '../clue.js';
import type { DetectorName } from '../detector-name.js';
import { secrecyOf } from '../secret-names.js';
import { isSecretValue } from '../secret-value.js';
import type { SecretField } from '../secret-value.js';
import type { Anchor, TextScan } from '../text-scan.js';
import { detectorForName } from './assigned-secrets.js';

/** A quote, as often escaped as JSON is wrapped in JSON. */
const QUOTE = '\\\\{0,7}["\']';

/** Behind the quote in front of the member's name. */
const VALUE = new RegExp(`value${QUOTE}\\s{0,8}:\\s{0,8}(?=${QUOTE})`, 'iy');

/** Behind the value: perhaps other members with plain words, and the one with the name. */
const NAME = new RegExp(
  `${QUOTE}\\s{0,16},\\s{0,64}` +
    `(?:${QUOTE}\\w{1,24}${QUOTE}\\s{0,8}:\\s{0,8}(?:${QUOTE}[\\w ./-]{0,48}${QUOTE}|[\\w.-]{1,24})\\s{0,16},\\s{0,64}){0,2}` +
    `${QUOTE}(?:name|key|field)${QUOTE}\\s{0,8}:\\s{0,8}${QUOTE}([^"'\\\\\\n]{1,128})${QUOTE}`,
  'iy',
);

type IsOn = (detector: DetectorName) => boolean;

/** Values of which a member behind them tells the name: `{"value": "…", "name": "DB_PASSWORD"}`. */
export function namedValues(isOn: IsOn): readonly Anchor[] {
  return [
    { clues: [clue(['vV', 'aA', 'lL', 'uU', 'eE', '"\'\\'])], look: (scan, index) => lookAtValue(scan, index, isOn) },
  ];
}

function lookAtValue(scan: TextScan, index: number, isOn: IsOn): number {
  const { text } = scan;
  VALUE.lastIndex = index;
  if (!isQuote(text.charCodeAt(index - 1)) || !VALUE.test(text)) return index + 1;
  const from = VALUE.lastIndex;
  const value = assignedValue(text, from, UNNAMED);
  if (value === undefined) return from;
  NAME.lastIndex = value.end;
  const name = NAME.exec(text)?.[1]?.toLowerCase();
  const secrecy = name === undefined ? undefined : secrecyOf(name);
  if (name === undefined || secrecy === undefined) return value.end;
  const field: SecretField = { ...UNNAMED, name, secrecy };
  const detector = detectorForName(field, isOn);
  if (detector !== undefined && isSecretValue(text, value, field)) scan.found(detector, value.start, value.end);
  return value.end;
}

const UNNAMED: SecretField = { name: '', secrecy: 'token', sign: ':', isParameter: false, startsLine: false };

function isQuote(code: number): boolean {
  return code === 34 || code === 39;
}
