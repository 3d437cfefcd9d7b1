import { validateInputMessages } from '@genspan/semconv';
import type { MessagePart } from '@genspan/semconv';
import { isDataUrl, isMimeType, readDataUrl, writeDataUrl } from './data-url.js';
import type { FactWriter } from './fact-writer.js';
import { isFields, jsonOf, parseJson } from './json.js';
import type { ContentKeys } from './openinference-keys.js';

type Fields = Readonly<Record<string, unknown>>;

/** What a provider hands out with a piece of content and wants back with it; under the same names in a part. */
const ECHOED = ['id', 'signature', 'data', 'encrypted_content'] as const;
const ECHOED_NAMES: ReadonlySet<string> = new Set(ECHOED);

/** Modalities that have a place of their own, which is called like them. */
const MEDIA: ReadonlySet<unknown> = new Set(['image', 'audio', 'video']);
const MEDIA_FIELDS: ReadonlySet<string> = new Set(['type', 'modality', 'uri', 'content', 'mime_type']);

/**
 * Writes a part that is no tool call as an entry of `message.contents`. A part that OpenInference has no place for is
 * written as JSON, as its own converter does.
 */
export function writeContent(out: FactWriter, keys: ContentKeys, part: Fields): void {
  const { type } = part;
  if (type === 'text' || type === 'reasoning') {
    out.write(keys.type, type);
    out.write(keys.text, toText(part['content']));
    if (typeof part['content'] !== 'string') out.lose('its parts have texts that are none');
    for (const name in part) {
      if (name === 'type' || name === 'content') continue;
      const value = part[name];
      if (ECHOED_NAMES.has(name) && typeof value === 'string') out.write(`${keys.begin}message_content.${name}`, value);
      else if (value !== undefined && value !== null)
        out.lose('its parts have fields that openinference has no place for');
    }
  } else if (!writeMedia(out, keys, part)) {
    if (typeof type !== 'string') out.lose('its parts have no type');
    out.write(keys.type, typeof type === 'string' ? type : 'text');
    out.write(keys.text, isBareText(part) ? part['content'] : jsonOf(part));
  }
}

/** @returns the part that an entry of `message.contents` stands for; `undefined` when it says nothing */
export function readContent(entry: unknown): MessagePart | undefined {
  const content = isFields(entry) ? entry['message_content'] : undefined;
  if (!isFields(content)) return undefined;
  const type = typeof content['type'] === 'string' ? content['type'] : '';
  const media = readMedia(content);
  if (media !== undefined) return media;
  const text = content['text'];
  switch (type) {
    case 'reasoning':
      return { type, content: toText(text), ...echoedOf(content) };
    case '':
    case 'text':
    case 'input_text':
    case 'output_text':
      return text === undefined ? undefined : { type: 'text', content: toText(text), ...echoedOf(content) };
    default: {
      const whole = parseJson(text);
      if (isFields(whole) && whole['type'] === type && isValid(whole)) return whole as MessagePart;
      const bare = { type, ...(text === undefined ? {} : { content: toText(text) }), ...echoedOf(content) };
      return isValid(bare) ? bare : { type: 'text', content: toText(text) };
    }
  }
}

/** A text for what should be one. */
export function toText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : jsonOf(value);
}

/** The object or list that a text holds. */
export function structureIn(text: unknown): object | undefined {
  const value = parseJson(text);
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** The part for a link or a `data:` URL; one whose data was cut stays a part of no known shape. */
export function readMediaUrl(modality: string, url: string, mimeType: unknown, transcript?: unknown): MessagePart {
  const said = {
    ...(typeof mimeType === 'string' && isMimeType(mimeType) ? { mime_type: mimeType } : {}),
    ...(typeof transcript === 'string' ? { transcript } : {}),
  };
  if (!isDataUrl(url)) return url === '' ? { type: modality, ...said } : { type: 'uri', modality, uri: url, ...said };
  const data = readDataUrl(url);
  if (data === undefined) return { type: modality, url, ...said };
  const { content, mimeType: mime_type } = data;
  return { type: 'blob', modality, content, ...(mime_type === undefined ? {} : { mime_type }), ...said };
}

function writeMedia(out: FactWriter, keys: ContentKeys, part: Fields): boolean {
  const at = `${keys.begin}message_content.`;
  const { type, mime_type: mimeType, content, uri } = part;
  const modality = type === 'blob' || type === 'uri' ? part['modality'] : type;
  if (typeof modality !== 'string' || !MEDIA.has(modality)) return false;
  let url: unknown = type === 'uri' ? uri : part['url'];
  if (type === 'blob' && typeof content === 'string') {
    url = writeDataUrl(content, typeof mimeType === 'string' ? mimeType : undefined);
  }
  if (typeof url !== 'string') return false;
  out.write(`${at}type`, modality);
  out.write(`${at}${modality}.${modality}.url`, url);
  const isAudio = modality === 'audio';
  if (typeof mimeType === 'string' && isAudio) out.write(`${at}audio.audio.mime_type`, mimeType);
  for (const name in part) {
    const value = part[name];
    if (value === undefined || value === null || (MEDIA_FIELDS.has(name) && name !== 'mime_type') || name === 'url')
      continue;
    if (name === 'mime_type') {
      if (type === 'uri' && !isAudio) out.lose('openinference has no place for the type of what a link leads to');
    } else if (name === 'transcript' && isAudio && typeof value === 'string') {
      out.write(`${at}audio.audio.transcript`, value);
    } else if (name === 'id' && typeof value === 'string') out.write(`${at}id`, value);
    else out.lose('its parts have fields that openinference has no place for');
  }
  return true;
}

function readMedia(content: Fields): MessagePart | undefined {
  for (const modality of MEDIA as ReadonlySet<string>) {
    const slot = content[modality];
    const inner = isFields(slot) ? slot[modality] : undefined;
    if (!isFields(inner)) continue;
    const { url, mime_type: mimeType, transcript } = inner;
    if (url === undefined && transcript === undefined) continue;
    const part = readMediaUrl(modality, toText(url), mimeType, transcript);
    return { ...part, ...echoedOf(content) };
  }
  return undefined;
}

function echoedOf(content: Fields): Record<string, string> | undefined {
  let echoed: Record<string, string> | undefined;
  for (const name of ECHOED) {
    const value = content[name];
    if (typeof value === 'string') (echoed ??= {})[name] = value;
  }
  return echoed;
}

/** Whether a part of another type is no more than its type and a text, such as a refusal. */
function isBareText(part: Fields): part is { readonly type: string; readonly content: string } {
  for (const name in part) if (name !== 'type' && name !== 'content') return false;
  return typeof part['content'] === 'string' && typeof part['type'] === 'string';
}

/** Whether a part that came as JSON is what the conventions say of its type. */
function isValid(part: Fields): boolean {
  return validateInputMessages([{ role: 'user', parts: [part] }]).length === 0;
}
