import { validateInputMessages } from '@genspan/semconv';
import type { MessagePart } from '@genspan/semconv';
import { readAttachment } from './attachments.js';
import { isDataUrl, isMimeType, writeDataUrl } from './data-url.js';
import { isFields, jsonOf } from './json.js';
import { mediaPart } from './media-part.js';

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

/** A string that says something. */
export function filled(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** Whether an object has no other fields than these. */
export function hasOnly(part: Fields, names: ReadonlySet<string>): boolean {
  for (const name in part) if (!names.has(name)) return false;
  return true;
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
  ['braintrust_attachment', readAttachment],
  ['external_attachment', readAttachment],
  ['inline_attachment', readAttachment],
  ['base64_attachment', readAttachment],
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
  return readAttachment(nested['url'], problems) ?? mediaPart('image', nested['url'] ?? part['image_url']);
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
  if (isFields(data)) return readAttachment(data, problems);
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

/** A part that the conventions know, or of a type that they do not name; one that only has a name in common is unknown. */
function otherPart(part: Fields): MessagePart {
  if (isValidPart(part)) return part as MessagePart;
  if (filled(part['type']) === undefined && typeof part['text'] === 'string') {
    return { type: 'text', content: part['text'] };
  }
  return { ...part, type: 'unknown' };
}
