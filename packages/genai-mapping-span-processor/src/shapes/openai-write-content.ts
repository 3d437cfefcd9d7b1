import { isDataUrl, isMimeType, writeDataUrl } from './data-url.js';
import { isFields } from './json.js';
import { isMark, modalityOf } from './media-part.js';
import { filled, hasOnly } from './openai-content.js';
import type { Fields, Problems } from './openai-content.js';

/**
 * Writes the parts that belong into the content of a message: a text when that says it all, else a list. A part that the
 * API has no shape for is written as the conventions have it.
 *
 * @returns `undefined` when there are none
 */
export function writeOpenAIContent(parts: readonly unknown[], problems: Problems): unknown {
  const [only] = parts;
  if (only === undefined) return undefined;
  if (parts.length === 1 && isFields(only) && isPlainText(only) && only['content'] !== '') return only['content'];
  return parts.map((part) => (isFields(part) ? writePart(part, problems) : part));
}

function isPlainText(part: Fields): boolean {
  return part['type'] === 'text' && typeof part['content'] === 'string' && hasOnly(part, PLAIN);
}

const PLAIN: ReadonlySet<string> = new Set(['type', 'content']);
const MEDIA: ReadonlySet<string> = new Set(['type', 'modality', 'mime_type', 'content', 'uri', 'file_id', 'url']);

/** What says more than the API's shape has room for is written as it is. */
function writePart(part: Fields, problems: Problems): unknown {
  const { type, content, modality, mime_type: mimeType, file_id, uri, url } = part;
  if (isPlainText(part)) return { type: 'text', text: content };
  if (type === 'refusal' && typeof content === 'string' && hasOnly(part, PLAIN)) return { type, refusal: content };
  if (!hasOnly(part, MEDIA)) return part;
  if (type === 'blob' && typeof content === 'string') return writeBlob(part, content) ?? part;
  if (type === 'uri' && modality === 'image' && typeof uri === 'string') {
    if (filled(mimeType)) problems('the type of what a link leads to has no place');
    return { type: 'image_url', image_url: { url: uri } };
  }
  if (type === 'file' && typeof file_id === 'string' && (modality === 'image' || modality === 'document')) {
    if (filled(mimeType)) problems('the type of an uploaded file has no place');
    return modality === 'image' ? { type: 'input_image', file_id } : { type: 'file', file: { file_id } };
  }
  // Data that was cut, or a mark in its place: see `mediaPart`.
  if (type === 'image' && typeof url === 'string' && (isDataUrl(url) || isMark(url)))
    return { type: 'image_url', image_url: { url } };
  return part;
}

/** @returns `undefined` when the kind of data would not be told from what is written */
function writeBlob({ modality, mime_type: mimeType }: Fields, content: string): unknown {
  const type = typeof mimeType === 'string' && isMimeType(mimeType) ? mimeType : undefined;
  // Parameters, as of `text/plain; charset=utf-8`, would not come back.
  if (type === undefined && filled(mimeType) !== undefined) return undefined;
  const told = type === undefined ? undefined : modalityOf(type);
  if (modality === 'image' && (told === undefined || told === 'image')) {
    return { type: 'image_url', image_url: { url: writeDataUrl(content, type) } };
  }
  if (modality === 'audio' && type?.startsWith('audio/')) {
    return { type: 'input_audio', input_audio: { data: content, format: type.slice('audio/'.length) } };
  }
  if ((modality === 'document' && told === undefined) || (modality === 'video' && told === 'video')) {
    return { type: 'file', file: { file_data: writeDataUrl(content, type) } };
  }
  return undefined;
}
