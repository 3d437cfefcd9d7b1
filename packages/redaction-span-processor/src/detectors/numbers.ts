import { clue, DIGITS, not } from '../clue.js';
import { digitsEnd, is, isDigit, LETTER } from '../char-class.js';
import type { DetectorName } from '../detector-name.js';
import type { Anchor, Look, TextScan } from '../text-scan.js';
import { ibanAt } from './iban.js';
import { paymentCardAt } from './payment-card.js';
import { isBetweenDigits, nationalPhoneAt } from './phone.js';
import { usSsnAt } from './us-ssn.js';

/**
 * Looks at the run of digits from `start` to `end`, the first of a number as far as there may be one.
 *
 * @returns where the number begins and ends; `undefined` when it is none
 */
export type NumberAt = (text: string, start: number, end: number) => readonly [start: number, end: number] | undefined;

const KINDS: readonly (readonly [DetectorName, NumberAt])[] = [
  ['payment_card', paymentCardAt],
  ['us_ssn', usSsnAt],
  ['phone', nationalPhoneAt],
];

/** Finds numbers that are told by their digits: cards, accounts, social security numbers, phones. */
export function numbers(isOn: (detector: DetectorName) => boolean): readonly Anchor[] {
  const kinds = KINDS.filter(([detector]) => isOn(detector));
  const withIbans = isOn('iban');
  if (kinds.length === 0 && !withIbans) return [];
  const look: Look = (scan, start) => {
    const { text } = scan;
    const end = digitsEnd(text, start + 3);
    const iban = withIbans ? ibanAt(text, start, scan.digitsEnd) : undefined;
    scan.digitsEnd = end;
    if (iban !== undefined) {
      scan.found('iban', iban[0], iban[1]);
      return Math.max(end, iban[1]);
    }
    // All but an IBAN end where a letter begins, and have more digits.
    return is(text, end, LETTER) || isAlone(text, start, end) ? end : lookAtRun(scan, kinds, start, end);
  };
  // Three digits in a row: what all these numbers have, and few words of a text.
  return [{ clues: [clue([not(DIGITS), DIGITS, DIGITS, DIGITS], 1)], look }];
}

/** Fewest digits of a number. */
const MIN_DIGITS = 7;
/** Most characters between two of its groups. */
const MAX_GAP = 3;

/** Whether the digits are too few for a number and there are no others beside them. */
function isAlone(text: string, start: number, end: number): boolean {
  if (end - start >= MIN_DIGITS) return false;
  let behind = end;
  while (behind < end + MAX_GAP && isBetweenDigits(text.charCodeAt(behind))) behind++;
  if (isDigit(text, behind)) return false;
  let before = start;
  while (before > start - MAX_GAP && isBetweenDigits(text.charCodeAt(before - 1))) before--;
  return !isDigit(text, before - 1);
}

/** @returns where to go on */
function lookAtRun(scan: TextScan, kinds: typeof KINDS, start: number, end: number): number {
  for (const [detector, numberAt] of kinds) {
    const found = numberAt(scan.text, start, end);
    if (found === undefined) continue;
    scan.found(detector, found[0], found[1]);
    return Math.max(end, found[1]);
  }
  return end;
}
