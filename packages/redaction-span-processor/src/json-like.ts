/** How JSON with something in it begins: not like a line of a log, which may begin with a time or a level in brackets. */
const BEGIN = /^\s*(?:\{\s*["}]|\[\s*(?:[{["\]]|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*[,\]]|(?:true|false|null)\s*[,\]]))/;
const CLOSING_BRACKET = 0x5d;
const CLOSING_BRACE = 0x7d;
/** The same with white space behind it. */
const END = /[}\]]\s*$/;

/** Whether a text begins and ends like JSON; whether it is, takes reading it. */
export function isJsonLike(text: string): boolean {
  if (!BEGIN.test(text)) return false;
  const last = text.charCodeAt(text.length - 1);
  if (last === CLOSING_BRACE || last === CLOSING_BRACKET) return true;
  return END.test(text.slice(-64));
}

/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
