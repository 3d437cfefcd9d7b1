import { ALNUM, digitsEnd, is } from '../char-class.js';
import { contextBefore } from '../context.js';

/** Words that say that nine digits are one. */
const CONTEXT = /(?<!:us_)(?:ssn|ssns|social\s*security(?:\s*(?:no|number|num|nr|#))?|tax\s*id|tin)[^a-z0-9]{0,12}$/i;

/**
 * A US social security number that begins with the run of digits from `start` to `end`: `078-05-1120`, with spaces, or nine
 * digits behind a word that says so. Areas, groups and serials that are never given out are none.
 *
 * @see Social Security Administration, "Social Security Number Randomization"
 */
export function usSsnAt(text: string, start: number, end: number): readonly [number, number] | undefined {
  const length = end - start;
  if (length === 9)
    return isIssued(text, start, start + 3, start + 5) && hasContext(text, start) ? [start, end] : undefined;
  if (length !== 3) return undefined;
  const separator = text.charCodeAt(end);
  if (separator !== 45 && separator !== 32 && separator !== 46) return undefined;
  const serial = end + 4;
  if (digitsEnd(text, end + 1, end + 4) !== end + 3 || text.charCodeAt(end + 3) !== separator) return undefined;
  if (digitsEnd(text, serial, serial + 5) !== serial + 4 || !isIssued(text, start, end + 1, serial)) return undefined;
  const last = serial + 4;
  if (isPart(text, start, last)) return undefined;
  return separator === 45 || hasContext(text, start) ? [start, last] : undefined;
}

/** Whether the three parts that begin there are in ranges that are given out. */
function isIssued(text: string, area: number, group: number, serial: number): boolean {
  return (
    !text.startsWith('000', area) &&
    !text.startsWith('666', area) &&
    text.charCodeAt(area) !== 57 &&
    !text.startsWith('00', group) &&
    !text.startsWith('0000', serial)
  );
}

/** Whether the number goes on before `start` or behind `end`. */
function isPart(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1);
  const after = text.charCodeAt(end);
  return (
    ((before === 45 || before === 46) && is(text, start - 2, ALNUM)) ||
    ((after === 45 || after === 46) && is(text, end + 1, ALNUM))
  );
}

function hasContext(text: string, start: number): boolean {
  return CONTEXT.test(contextBefore(text, start));
}
