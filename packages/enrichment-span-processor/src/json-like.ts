const WHITE_SPACE: ReadonlySet<string> = new Set([' ', '\t', '\n', '\r']);

/** Whether a text begins and ends like a JSON object or array; whether it is one, takes reading it. */
export function looksLikeJson(text: string): boolean {
  let first = 0;
  while (WHITE_SPACE.has(text.charAt(first))) first += 1;
  const begin = text[first];
  if (begin !== '{' && begin !== '[') return false;
  let last = text.length - 1;
  while (WHITE_SPACE.has(text.charAt(last))) last -= 1;
  return text[last] === (begin === '{' ? '}' : ']');
}
