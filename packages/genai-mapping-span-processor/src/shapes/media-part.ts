import type { MessagePart } from '@genspan/semconv';
import { isDataUrl, readDataUrl } from './data-url.js';

/**
 * The part for a link or a `data:` URL; its type tells more than the place it was found in. One whose data was cut or
 * redacted is kept under its modality.
 */
export function mediaPart(modality: string, url: unknown): MessagePart | undefined {
  if (typeof url !== 'string' || url === '') return undefined;
  // A mark in the place of a URL leads nowhere.
  if (!isDataUrl(url)) return isMark(url) ? { type: modality, url } : { type: 'uri', modality, uri: url };
  const data = readDataUrl(url);
  if (data === undefined) return { type: modality, url };
  const { content, mimeType } = data;
  if (mimeType === undefined) return { type: 'blob', modality, content };
  return { type: 'blob', modality: modalityOf(mimeType) ?? modality, mime_type: mimeType, content };
}

/** The modality that a type of data tells; `undefined` for a document. */
export function modalityOf(mimeType: string): string | undefined {
  const type = mimeType.slice(0, mimeType.indexOf('/')).toLowerCase();
  return type === 'image' || type === 'audio' || type === 'video' ? type : undefined;
}

/** Whether something was put in the place of a URL: `<omitted>`, `__REDACTED__`. */
export function isMark(text: string): boolean {
  return !text.includes(':') && !text.includes('/') && !text.includes('.');
}
