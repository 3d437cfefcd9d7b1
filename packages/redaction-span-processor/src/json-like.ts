/** How JSON with something in it begins: not like a line of a log, which may begin with a time or a level in brackets. */
const BEGIN = /^\s*(?:\{\s*["}]|\[\s*(?:[{["\]]|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*[,\]]|(?:true|false|null)\s*[,\]]))/;
const END = /[}\]]\s*$/;

/** Whether a text begins and ends like JSON; whether it is, takes reading it. */
export function isJsonLike(text: string): boolean {
  return BEGIN.test(text) && END.test(text.slice(-64));
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
