import type { MessagePart } from '@genspan/semconv';
import { fields, list, text, type Fields } from './untyped.js';

/** Translates the content of a message: a string, or a list of parts of chat completions or responses. */
export function contentParts(content: unknown): MessagePart[] {
  if (typeof content === 'string') return [{ type: 'text', content }];
  return list(content).map(contentPart);
}

/** Translates one part; an unknown kind keeps its type and fields. */
export function contentPart(value: unknown): MessagePart {
  if (typeof value === 'string') return { type: 'text', content: value };
  const part = fields(value);
  const type = text(part['type']) ?? 'unknown';
  return PARTS[type]?.(part) ?? { ...part, type };
}

const PARTS: Readonly<Record<string, ((part: Fields) => MessagePart | undefined) | undefined>> = {
  text: textPart,
  input_text: textPart,
  output_text: textPart,
  summary_text: textPart,
  refusal: (part) => ({ type: 'refusal', content: text(part['refusal']) ?? '' }),
  image_url: (part) => uriOrBlob('image', fields(part['image_url'])['url'] ?? part['image_url']),
  input_image: (part) => uploaded('image', part['file_id']) ?? uriOrBlob('image', part['image_url']),
  input_audio: audioPart,
  file: (part) => filePart(fields(part['file'])),
  input_file: filePart,
};

function textPart(part: Fields): MessagePart {
  return { type: 'text', content: text(part['text']) ?? '' };
}

function audioPart(part: Fields): MessagePart | undefined {
  const { data, format } = fields(part['input_audio']);
  if (typeof data !== 'string') return undefined;
  const mimeType = typeof format === 'string' ? { mime_type: `audio/${format}` } : undefined;
  return { type: 'blob', modality: 'audio', ...mimeType, content: data };
}

function filePart(file: Fields): MessagePart | undefined {
  return uploaded('document', file['file_id']) ?? uriOrBlob('document', file['file_data'] ?? file['file_url']);
}

function uploaded(modality: string, fileId: unknown): MessagePart | undefined {
  return typeof fileId === 'string' ? { type: 'file', modality, file_id: fileId } : undefined;
}

/** A data URL is inline data; any other URL is fetched by the provider; what is neither is base64. */
export function uriOrBlob(modality: string, value: unknown): MessagePart | undefined {
  if (typeof value !== 'string') return undefined;
  if (!value.startsWith('data:')) {
    return /^[a-z][a-z0-9+.-]*:/i.test(value)
      ? { type: 'uri', modality, uri: value }
      : { type: 'blob', modality, content: value };
  }
  const comma = value.indexOf(',');
  const header = value.slice('data:'.length, Math.max(comma, 0));
  const mimeType = header.split(';', 1)[0];
  const data = value.slice(comma + 1);
  const content = header.endsWith(';base64') ? data : Buffer.from(decodeLeniently(data)).toString('base64');
  return mimeType ? { type: 'blob', modality, mime_type: mimeType, content } : { type: 'blob', modality, content };
}

function decodeLeniently(data: string): string {
  try {
    return decodeURIComponent(data);
  } catch {
    return data;
  }
}
