import { validateInputMessages } from '@genspan/semconv';
import type { MessagePart } from '@genspan/semconv';
import { isDataUrl, isMimeType, readDataUrl, writeDataUrl } from './data-url.js';
import { isFields, jsonOf } from './json.js';

export type Fields = Readonly<Record<string, unknown>>;

/** Told of each thing that a conversion leaves behind: a short sentence without any value. */
export type Problems = (reason: string) => void;

/** Reads the content of a message: a text, or a list of parts of chat completions or of responses. */
export function readOpenAIContent(content: unknown, problems: Problems): MessagePart[] {
  if (content === undefined || content === null) return [];
  if (typeof content === 'string') return [{ type: 'text', content }];
  if (Array.isArray(content)) return content.map((part) => readOpenAIPart(part, problems));
  if (isFields(content)) return [readOpenAIPart(content, problems)];
  return [{ type: 'text', content: jsonOf(content) }];
}

/** Reads one part. One of a kind that is not known here keeps its type and fields. */
export function readOpenAIPart(value: unknown, problems: Problems): MessagePart {
  if (typeof value === 'string') return { type: 'text', content: value };
  if (!isFields(value)) return { type: 'unknown', value };
  const type = filled(value['type']);
  const read = type === undefined ? undefined : READ.get(type);
  return read?.(value, problems) ?? otherPart(value);
}

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

/** A string that says something. */
export function filled(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** Whether a part has the shape that the conventions give its type, or a type that they do not name. */
export function isValidPart(part: Fields): boolean {
  return validateInputMessages([{ role: 'user', parts: [part] }]).length === 0;
}

type ReadPart = (part: Fields, problems: Problems) => MessagePart | undefined;

/** By the `type` of a part, that of Anthropic's API among them as it goes by the same roles. `undefined`: not of that shape. */
const READ: ReadonlyMap<string, ReadPart> = new Map<string, ReadPart>([
  ['text', textPart],
  ['input_text', textPart],
  ['output_text', textPart],
  ['summary_text', textPart],
  ['reasoning_text', ({ text }) => (typeof text === 'string' ? { type: 'reasoning', content: text } : undefined)],
  ['refusal', ({ refusal }) => (typeof refusal === 'string' ? { type: 'refusal', content: refusal } : undefined)],
  ['image_url', imagePart],
  ['input_image', imagePart],
  ['input_audio', audioPart],
  ['file', (part, problems) => filePart(fieldsOf(part['file']), problems)],
  ['input_file', filePart],
  ['image', sourcePart('image')],
  ['document', sourcePart('document')],
  ['thinking', thinkingPart],
  ['tool_use', toolUsePart],
  ['tool_result', toolResultPart],
]);

function textPart({ text }: Fields): MessagePart | undefined {
  return typeof text === 'string' ? { type: 'text', content: text } : undefined;
}

function imagePart(part: Fields, problems: Problems): MessagePart | undefined {
  const nested = fieldsOf(part['image_url']);
  if (filled(nested['detail'] ?? part['detail'])) problems('the detail in which an image is looked at has no place');
  const fileId = filled(part['file_id']);
  if (fileId !== undefined) return { type: 'file', modality: 'image', file_id: fileId };
  return mediaPart('image', nested['url'] ?? part['image_url']);
}

function audioPart(part: Fields): MessagePart | undefined {
  const { data, format } = fieldsOf(part['input_audio']);
  if (typeof data !== 'string') return undefined;
  return mediaPart('audio', isDataUrl(data) ? data : writeDataUrl(data, audioType(format)));
}

function audioType(format: unknown): string | undefined {
  return typeof format === 'string' && isMimeType(`audio/${format}`) ? `audio/${format}` : undefined;
}

function filePart(file: Fields, problems: Problems): MessagePart | undefined {
  if (filled(file['filename'])) problems('the name of a file has no place');
  const fileId = filled(file['file_id']);
  if (fileId !== undefined) return { type: 'file', modality: 'document', file_id: fileId };
  const { file_data: data } = file;
  // Some send the bytes without the beginning that says what they are.
  if (typeof data === 'string' && !isDataUrl(data)) return mediaPart('document', writeDataUrl(data, undefined));
  return mediaPart('document', data ?? file['file_url']);
}

/** @see Anthropic's messages API: `{type: 'base64', media_type, data}`, `{type: 'url', url}`, `{type: 'file', file_id}` */
function sourcePart(modality: string): ReadPart {
  return (part) => {
    const { type, url, data, media_type: mimeType, file_id: fileId } = fieldsOf(part['source']);
    if (type === 'base64' && typeof data === 'string') {
      return mediaPart(modality, writeDataUrl(data, typeof mimeType === 'string' ? mimeType : undefined));
    }
    if (type === 'file' && filled(fileId)) return { type: 'file', modality, file_id: fileId as string };
    return mediaPart(modality, url);
  };
}

/** What signs it goes back to the provider with it. */
function thinkingPart({ thinking, type: _type, ...others }: Fields): MessagePart | undefined {
  return typeof thinking === 'string' ? { ...others, type: 'reasoning', content: thinking } : undefined;
}

function toolUsePart({ id, name, input }: Fields): MessagePart | undefined {
  if (filled(name) === undefined) return undefined;
  return {
    type: 'tool_call',
    ...(typeof id === 'string' ? { id } : {}),
    name: name as string,
    ...(input === undefined ? {} : { arguments: input }),
  };
}

function toolResultPart(part: Fields, problems: Problems): MessagePart {
  const { tool_use_id: id, content } = part;
  const response = Array.isArray(content) ? readOpenAIContent(content, problems) : (content ?? null);
  return { type: 'tool_call_response', ...(typeof id === 'string' ? { id } : {}), response };
}

/**
 * The part for a link or a `data:` URL; its type tells more than the place it was found in. One whose data was cut or
 * redacted is kept under its modality.
 */
function mediaPart(modality: string, url: unknown): MessagePart | undefined {
  if (typeof url !== 'string' || url === '') return undefined;
  if (!isDataUrl(url)) return { type: 'uri', modality, uri: url };
  const data = readDataUrl(url);
  if (data === undefined) return { type: modality, url };
  const { content, mimeType } = data;
  if (mimeType === undefined) return { type: 'blob', modality, content };
  return { type: 'blob', modality: modalityOf(mimeType) ?? modality, mime_type: mimeType, content };
}

function modalityOf(mimeType: string): string | undefined {
  const type = mimeType.slice(0, mimeType.indexOf('/')).toLowerCase();
  return type === 'image' || type === 'audio' || type === 'video' ? type : undefined;
}

/** A part that the conventions know, or of a type that they do not name; one that only has a name in common is unknown. */
function otherPart(part: Fields): MessagePart {
  if (isValidPart(part)) return part as MessagePart;
  if (filled(part['type']) === undefined && typeof part['text'] === 'string') {
    return { type: 'text', content: part['text'] };
  }
  return { ...part, type: 'unknown' };
}

function isPlainText(part: Fields): boolean {
  return part['type'] === 'text' && typeof part['content'] === 'string' && hasOnly(part, PLAIN);
}

const PLAIN: ReadonlySet<string> = new Set(['type', 'content']);
const MEDIA: ReadonlySet<string> = new Set(['type', 'modality', 'mime_type', 'content', 'uri', 'file_id', 'url']);

/** Whether an object has no other fields than these. */
export function hasOnly(part: Fields, names: ReadonlySet<string>): boolean {
  for (const name in part) if (!names.has(name)) return false;
  return true;
}

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
  // Data that was cut: see `mediaPart`.
  if (type === 'image' && typeof url === 'string' && isDataUrl(url)) return { type: 'image_url', image_url: { url } };
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
