import type { MessagePart } from '@genspan/semconv';
import { validateInputMessages } from '@genspan/semconv';
import { isDataUrl, readDataUrl } from './data-url.js';
import { isFields } from './json.js';

type Fields = Readonly<Record<string, unknown>>;
type Mend = (part: Fields) => Fields;

/** What instrumentations call the fields of parts where they do not follow the conventions. */
const MENDED: ReadonlyMap<unknown, Mend> = new Map<unknown, Mend>([
  ['text', (part) => ({ ...part, content: part['content'] ?? part['text'] })],
  ['reasoning', (part) => ({ ...part, content: part['content'] ?? part['text'] ?? part['reasoning'] })],
  ['tool_call', mendToolCall],
  ['tool_call_response', mendToolCallResponse],
  ['blob', mendBlob],
  ['file', (part) => withModality({ ...part, file_id: part['file_id'] ?? part['id'] })],
  ['uri', (part) => mendUri({ ...part, uri: part['uri'] ?? part['url'] })],
]);

/**
 * A part of a message as the current conventions want it: fields under other names are put under their own.
 *
 * @returns `undefined` when it lacks what its type needs
 */
export function mendPart(part: unknown): MessagePart | undefined {
  if (typeof part === 'string') return { type: 'text', content: part };
  if (!isFields(part)) return undefined;
  if (isValid(part)) return part as MessagePart;
  const mended = MENDED.get(part['type'])?.(part);
  return mended !== undefined && isValid(mended) ? (mended as MessagePart) : undefined;
}

function isValid(part: Fields): boolean {
  return validateInputMessages([{ role: 'user', parts: [part] }]).length === 0;
}

function mendToolCall(part: Fields): Fields {
  const { id } = part;
  const call = isFields(part['function']) ? part['function'] : {};
  const mended = {
    ...part,
    name: part['name'] ?? call['name'],
    arguments: part['arguments'] ?? part['input'] ?? call['arguments'],
  };
  return typeof id === 'number' ? { ...mended, id: String(id) } : mended;
}

function mendToolCallResponse(part: Fields): Fields {
  const { id } = part;
  const mended = { ...part, response: part['response'] ?? part['result'] ?? part['content'] ?? null };
  return typeof id === 'number' ? { ...mended, id: String(id) } : mended;
}

function mendBlob(part: Fields): Fields {
  const content = part['content'] ?? part['data'];
  if (typeof content !== 'string' || !isDataUrl(content)) return withModality({ ...part, content });
  const data = readDataUrl(content);
  return withModality({ ...part, content: data?.content, mime_type: part['mime_type'] ?? data?.mimeType ?? null });
}

function mendUri(part: Fields): Fields {
  const { uri } = part;
  if (typeof uri !== 'string' || !isDataUrl(uri)) return withModality(part);
  const { uri: _, ...rest } = part;
  return mendBlob({ ...rest, type: 'blob', content: uri });
}

function withModality(part: Fields): Fields {
  const { modality, mime_type: mimeType } = part;
  if (typeof modality === 'string' && modality !== '') return part;
  const kind = typeof mimeType === 'string' ? mimeType.slice(0, mimeType.indexOf('/')) : '';
  return { ...part, modality: ['image', 'audio', 'video'].includes(kind) ? kind : 'document' };
}
