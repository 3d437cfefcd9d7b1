/** Bytes that a `data:` URL holds. */
export interface InlineData {
  /** Base64, padded; without a prefix. */
  readonly content: string;
  readonly mimeType?: string;
}

/** Whether `text` is a `data:` URL (RFC 2397). Looks at its beginning only. */
export function isDataUrl(text: string): boolean {
  return DATA_SCHEME.test(text);
}

const DATA_SCHEME = /^\s*data:/i;

/**
 * What a `data:` URL holds. Data that is not base64 is made so.
 *
 * @returns `undefined` when it is no `data:` URL, or its data was cut or redacted so that it is no base64 any more
 */
export function readDataUrl(url: string): InlineData | undefined {
  const comma = isDataUrl(url) ? url.indexOf(',') : -1;
  if (comma === -1) return undefined;
  const header = url.slice(url.indexOf(':') + 1, comma);
  const semicolon = header.indexOf(';');
  const type = semicolon === -1 ? header : header.slice(0, semicolon);
  const data = url.slice(comma + 1);
  const content = header.slice(-7).toLowerCase() === ';base64' ? data : encode(data);
  if (content === undefined || !isBase64(content)) return undefined;
  return isMimeType(type) ? { content, mimeType: type } : { content };
}

/** @param content - base64 without a prefix */
export function writeDataUrl(content: string, mimeType: string | null | undefined): string {
  return `data:${mimeType ?? ''};base64,${content}`;
}

/** Whether `text` names a type of data, such as `image/png`. */
export function isMimeType(text: string): boolean {
  return MIME_TYPE.test(text);
}

function encode(data: string): string | undefined {
  try {
    return Buffer.from(decodeURIComponent(data)).toString('base64');
  } catch {
    return undefined;
  }
}

const MIME_TYPE = /^[a-z0-9][\w.+-]*\/[a-z0-9][\w.+-]*$/i;
const NOT_BASE64 = /[^A-Za-z0-9+/]/;

function isBase64(text: string): boolean {
  if (text.length % 4 !== 0) return false;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return !NOT_BASE64.test(padding === 0 ? text : text.slice(0, -padding));
}
