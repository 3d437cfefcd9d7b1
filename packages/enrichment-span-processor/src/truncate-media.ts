import { mediaNote } from './truncate-notes.js';

/** Longer ones are no MIME types that anybody uses. */
const MIME_TYPE = /^[\w.+-]{1,20}\/[\w.+-]{1,60}$/;
const DATA_URL = /^\s{0,9}data:([^;,]{0,120})(?:;[^;,]{0,80}){0,4};base64,/i;
const NOT_BASE64 = /[^A-Za-z0-9+/_=-]/;

/** Whether what a name says to be base64 is: it is looked at in places, as it may be megabytes. */
export function isBase64(text: string): boolean {
  const { length } = text;
  if (length < 16) return false;
  const middle = length >> 1;
  return !NOT_BASE64.test(text.slice(0, 256) + text.slice(middle, middle + 256) + text.slice(-256));
}

/** The note for base64, which says how many bytes it stood for. */
export function base64Note(mimeType: string | undefined, length: number): string {
  return mediaNote(usableMimeType(mimeType), Math.floor((length * 3) / 4));
}

/** The note for a `data:` URL with base64 in it; `undefined` when the text is none. */
export function dataUrlNote(text: string): string | undefined {
  const match = DATA_URL.exec(text.slice(0, 512));
  return match === null ? undefined : base64Note(match[1], text.length - match[0].length);
}

function usableMimeType(mimeType: string | undefined): string | undefined {
  return mimeType !== undefined && MIME_TYPE.test(mimeType) ? mimeType : undefined;
}
