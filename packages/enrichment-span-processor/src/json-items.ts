import { JsonScanner } from './json-scanner.js';

/** Where a value is in a text. */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
}

/** Elements of a JSON array. */
export interface JsonItems {
  /** The elements in order, without those that were skipped. */
  readonly items: readonly JsonSpan[];
  /** How many were skipped, behind the first half of `items`. */
  readonly skipped: number;
}

/**
 * Where the elements of a JSON array are; `undefined` when the text is not JSON of an array.
 *
 * @param maxItems - even; of more elements only the first and the last ones, as many of each, are told
 */
export function itemsOfJson(text: string, maxItems = Infinity): JsonItems | undefined {
  const scanner = new JsonScanner(text);
  if (scanner.next() !== 'array') return undefined;
  const half = maxItems / 2;
  const first: JsonSpan[] = [];
  const last: JsonSpan[] = [];
  let skipped = 0;
  const add = (from: number, end: number): void => {
    if (first.length < half) first.push({ start: from, end });
    else if (last.length < half) last.push({ start: from, end });
    else last[skipped++ % half] = { start: from, end };
  };
  let start = 0;
  for (;;) {
    const token = scanner.next();
    if (token === 'error') return undefined;
    if (token === 'end') {
      const oldest = skipped % half;
      return {
        items: skipped === 0 ? first.concat(last) : first.concat(last.slice(oldest), last.slice(0, oldest)),
        skipped,
      };
    }
    if (token === 'close') {
      if (scanner.depth === 1) add(start, scanner.end);
    } else if (token === 'object' || token === 'array') {
      if (scanner.depth === 2) start = scanner.start;
    } else if (scanner.depth === 1) {
      add(scanner.start, scanner.end);
    }
  }
}
