import { digitsEnd, is, LETTER } from '../char-class.js';
import type { DetectorName } from '../detector-name.js';
import type { TextScan } from '../text-scan.js';
import { ibanAt } from './iban.js';
import { paymentCardAt } from './payment-card.js';
import { nationalPhoneAt } from './phone.js';
import { usSsnAt } from './us-ssn.js';

/**
 * Three digits in a row: what all these numbers have, and few words of a text. The engine of regular expressions looks at
 * every third character only.
 */
const DIGITS = /\d{3}/g;

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
export function numberSearch(isOn: (detector: DetectorName) => boolean): (scan: TextScan) => void {
  const kinds = KINDS.filter(([detector]) => isOn(detector));
  const withIbans = isOn('iban');
  if (kinds.length === 0 && !withIbans) return () => undefined;
  return (scan) => {
    const { text } = scan;
    DIGITS.lastIndex = 0;
    while (DIGITS.test(text)) {
      const start = DIGITS.lastIndex - 3;
      const end = digitsEnd(text, DIGITS.lastIndex);
      const iban = withIbans ? ibanAt(text, start) : undefined;
      if (iban !== undefined) scan.found('iban', iban[0], iban[1]);
      // All but an IBAN end where a letter begins.
      else if (!is(text, end, LETTER)) DIGITS.lastIndex = lookAtRun(scan, kinds, start, end);
      DIGITS.lastIndex = Math.max(DIGITS.lastIndex, end, iban?.[1] ?? 0);
    }
  };
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
