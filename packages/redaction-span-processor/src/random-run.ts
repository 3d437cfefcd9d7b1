import { ALNUM, classesIn, DIGIT, LETTER, runEnd } from './char-class.js';

/** Whether a value has `length` letters and digits in a row, some of both: names are not like that. */
export function hasRandomRun(value: string, length: number): boolean {
  for (let start = 0; start < value.length;) {
    const end = runEnd(value, start, ALNUM);
    const classes = end - start >= length ? classesIn(value, start, end) : 0;
    if ((classes & DIGIT) !== 0 && (classes & LETTER) !== 0) return true;
    start = end + 1;
  }
  return false;
}
