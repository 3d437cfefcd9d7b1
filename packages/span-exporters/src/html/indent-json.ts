/** Deeper than this is not indented further. */
const MAX_INDENT = 20;

/**
 * Valid JSON over several lines. It works on the text: parsing and writing again would change numbers of many digits and
 * lose keys that are there twice.
 */
export function indentJson(json: string): string {
  let out = '';
  let depth = 0;
  const tokens = json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+/gs);
  let previous = '';
  for (const [token] of tokens) {
    const closes = token === '}' || token === ']';
    if (closes) depth -= 1;
    const isEmpty = closes && (previous === '{' || previous === '[');
    if (previous === ',' || ((previous === '{' || previous === '[') && !closes) || (closes && !isEmpty)) {
      out += `\n${'  '.repeat(Math.min(depth, MAX_INDENT))}`;
    }
    out += token === ':' ? ': ' : token;
    if (token === '{' || token === '[') depth += 1;
    previous = token;
  }
  return out;
}
