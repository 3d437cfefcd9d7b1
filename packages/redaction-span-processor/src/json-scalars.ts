/** Numbers between the strings of a JSON text. */
const NUMBER = /-?\d[\d.eE+-]*/g;

/**
 * Visits the strings (without their quotes) and the numbers of a JSON text, in their order; of a text that is not quite JSON
 * what looks like them.
 */
export function eachJsonScalar(text: string, visit: (start: number, end: number, isString: boolean) => void): void {
  let from = 0;
  for (let quote = text.indexOf('"'); quote !== -1; quote = text.indexOf('"', from)) {
    eachNumber(text, from, quote, visit);
    const end = endOfString(text, quote + 1);
    visit(quote + 1, end, true);
    from = end + 1;
  }
  eachNumber(text, from, text.length, visit);
}

function eachNumber(text: string, start: number, end: number, visit: Parameters<typeof eachJsonScalar>[1]): void {
  // Mostly a comma or a colon.
  if (end - start < 3) return;
  for (const { index, 0: number } of text.slice(start, end).matchAll(NUMBER)) {
    visit(start + index, start + index + number.length, false);
  }
}

/** Where the string ends whose first character is at `start`: at its quote, or at `limit`. */
export function endOfString(text: string, start: number, limit = text.length): number {
  // A search does not end at the limit: in a long string it would go on to its quote for each part that is asked for.
  const searched = limit < text.length ? text.slice(0, limit) : text;
  for (let end = searched.indexOf('"', start); end !== -1; end = searched.indexOf('"', end + 1)) {
    let backslashes = end;
    while (backslashes > start && text.charCodeAt(backslashes - 1) === 92) backslashes--;
    if ((end - backslashes) % 2 === 0) return end;
  }
  return limit;
}
