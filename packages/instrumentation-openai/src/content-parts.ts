import { validateInputMessages } from '@genspan/semconv';
import type { MessagePart } from '@genspan/semconv';
import { blobPart, uriOrBlob } from './media-parts.js';
import { fields, filled, list, text, type Fields } from './untyped.js';

/** Translates the content of a message: a string, or a list of parts of chat completions or responses. */
export function contentParts(content: unknown): MessagePart[] {
  if (typeof content === 'string') return [{ type: 'text', content }];
  return list(content).map(contentPart);
}

/** Translates one part; an unknown kind keeps its type and fields. */
export function contentPart(value: unknown): MessagePart {
  if (typeof value === 'string') return { type: 'text', content: value };
  const part = fields(value);
  const type = filled(part['type']) ?? 'unknown';
  const translate = Object.hasOwn(PARTS, type) ? PARTS[type] : undefined;
  return translate?.(part) ?? genericPart({ ...part, type });
}

/** A part that has the type of one of the conventions' and not its shape keeps what it has under another type. */
function genericPart(part: MessagePart): MessagePart {
  const isValid = validateInputMessages([{ role: 'user', parts: [part] }]).length === 0;
  return isValid ? part : { ...part, type: 'unknown' };
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
  return blobPart('audio', data, typeof format === 'string' ? `audio/${format}` : undefined);
}

function filePart(file: Fields): MessagePart | undefined {
  return uploaded('document', file['file_id']) ?? uriOrBlob('document', file['file_data'] ?? file['file_url']);
}

function uploaded(modality: string, fileId: unknown): MessagePart | undefined {
  const id = filled(fileId);
  return id === undefined ? undefined : { type: 'file', modality, file_id: id };
}
