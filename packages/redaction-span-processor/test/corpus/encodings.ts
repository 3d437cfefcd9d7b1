/** How a value can be written into a text: `⟦email|percent⟧`. */
export const ENCODINGS: Readonly<Record<string, (value: string) => string>> = {
  /** Inside a JSON string. */
  json: (value) => JSON.stringify(value).slice(1, -1),
  /** Inside JSON that is itself a string in JSON, as tool arguments are. */
  json2: (value) => JSON.stringify(JSON.stringify(value).slice(1, -1)).slice(1, -1),
  /** JSON of a writer that escapes all but letters, digits and blanks. */
  unicode: (value) =>
    value.replace(/[^A-Za-z0-9 ]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
  /** JSON of a writer that escapes what HTML could trip over. */
  escapedat: (value) => value.replace(/@/g, '\\u0040').replace(/\+/g, '\\u002b'),
  percent: (value) => encodeURIComponent(value),
  html: (value) => value.replace(/@/g, '&#64;').replace(/</g, '&lt;'),
  base64: (value) => Buffer.from(value).toString('base64'),
  /** With blanks and hyphens that do not break a line, as word processors and web pages have them. */
  nobreak: (value) => value.replace(/ /g, '\u00a0').replace(/-/g, '\u2011'),
  lower: (value) => value.toLowerCase(),
  upper: (value) => value.toUpperCase(),
  /** Without its last third: what a length limit leaves. */
  cut: (value) => value.slice(0, Math.ceil((value.length * 2) / 3)),
};
