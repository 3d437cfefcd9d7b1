import { clue, DIGITS, literal } from '../clue.js';
import { isIPv6 } from 'node:net';
import { ALNUM, classesIn, continuesWord, DIGIT, is, LETTER, runEnd, runStart } from '../char-class.js';
import type { Anchor, TextScan } from '../text-scan.js';

const MAX_IPV6_LENGTH = 45;

/** Four numbers from 0 to 255. */
export const IPV4: readonly Anchor[] = [{ clues: [clue([DIGITS, '.', DIGITS], 1)], look: lookAroundDot }];

/** Groups of hexadecimal digits with colons, in all forms. */
export const IPV6: readonly Anchor[] = [{ clues: [literal(':')], look: lookAroundColon }];

function lookAroundDot(scan: TextScan, index: number): number {
  const { text } = scan;
  const start = runStart(text, index, DIGIT, index - 4);
  let end = index;
  let parts = 1;
  for (let from = start; parts <= 4; parts++) {
    end = runEnd(text, from, DIGIT, from + 4);
    if (end === from || end - from > 3 || Number(text.slice(from, end)) > 255) return index + 1;
    if (parts === 4 || text.charCodeAt(end) !== 46) break;
    from = end + 1;
  }
  const before = text.charCodeAt(start - 1);
  // A version has more parts, or a letter in front.
  const isLonger =
    before === 46 || continuesWord(text, start) || (text.charCodeAt(end) === 46 && is(text, end + 1, DIGIT));
  if (parts !== 4 || isLonger || is(text, end, ALNUM)) return end;
  scan.found('ipv4', start, end);
  return end;
}

function lookAroundColon(scan: TextScan, index: number): number {
  const { text } = scan;
  let start = index;
  while (start > index - 5 && isIpv6Character(text, start - 1)) start--;
  let end = index;
  while (end < index + MAX_IPV6_LENGTH && isIpv6Character(text, end)) end++;
  const last = endOfIpv6(text, start, end);
  if (last === undefined) return Math.max(end, index + 1);
  scan.found('ipv6', start, last);
  return last;
}

/** Where the address ends in what begins at `start`: at its end, or before a colon or a port. */
function endOfIpv6(text: string, start: number, end: number): number | undefined {
  if (continuesWord(text, start) || is(text, end, LETTER) || (classesIn(text, start, end) & DIGIT) === 0)
    return undefined;
  if (isIPv6(text.slice(start, end))) return end;
  const last = text.lastIndexOf(':', end - 1);
  return last > start + 2 && isIPv6(text.slice(start, last)) ? last : undefined;
}

function isIpv6Character(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return (code >= 48 && code <= 58) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102) || code === 46;
}
