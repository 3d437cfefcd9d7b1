import type { MessagePart } from '@genspan/semconv';

// Type and subtype of RFC 6838.
const MIME_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/i;
const DATA_URL = /^\s*data:/i;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const NOT_BASE64 = /[^A-Za-z0-9+/]/;
// What decoders put up with: the alphabet for URLs, padding left out, lines.
const NOT_LIKE_BASE64 = /[^A-Za-z0-9+/=_\s-]/;

/** A data URL is inline data; any other URL is fetched by the provider; what has no scheme is base64 if it can be. */
export function uriOrBlob(modality: string, value: unknown): MessagePart | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const start = DATA_URL.exec(value);
  if (start !== null) return dataUrlPart(modality, value.slice(start[0].length));
  if (SCHEME.test(value) || NOT_LIKE_BASE64.test(value)) return { type: 'uri', modality, uri: value };
  return blobPart(modality, value);
}

/**
 * Inline data.
 *
 * @param data - base64
 * @param mimeType - left out of the part when it is none by its looks
 */
export function blobPart(modality: string, data: unknown, mimeType?: string): MessagePart | undefined {
  if (typeof data !== 'string') return undefined;
  const content = isBase64(data) ? data : Buffer.from(data, 'base64').toString('base64');
  return mimeType !== undefined && MIME_TYPE.test(mimeType)
    ? { type: 'blob', modality, mime_type: mimeType, content }
    : { type: 'blob', modality, content };
}

/** @param url - a data URL without its scheme: `image/png;base64,…` */
function dataUrlPart(modality: string, url: string): MessagePart | undefined {
  const comma = url.indexOf(',');
  const header = url.slice(0, Math.max(comma, 0));
  const mimeType = header.split(';', 1)[0]?.trim();
  const data = decodeLeniently(url.slice(comma + 1));
  if (/;\s*base64\s*$/i.test(header)) return blobPart(modality, data, mimeType);
  return blobPart(modality, Buffer.from(data).toString('base64'), mimeType);
}

/** Base64 as the conventions want it: RFC 4648 §4, padded. */
function isBase64(data: string): boolean {
  if (data.length % 4 !== 0) return false;
  const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0;
  // A search for what does not belong keeps no backtracking state over megabytes.
  return !NOT_BASE64.test(padding === 0 ? data : data.slice(0, -padding));
}

function decodeLeniently(data: string): string {
  if (!data.includes('%')) return data;
  try {
    return decodeURIComponent(data);
  } catch {
    return data;
  }
}

/** Joins pieces of base64, whether one text was cut into them or each was encoded on its own. */
export function joinBase64(pieces: readonly string[]): string {
  const joined = pieces.join('');
  // Padding ends what a decoder reads.
  if (!/=[^=]/.test(joined)) return joined;
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'base64'))).toString('base64');
}
