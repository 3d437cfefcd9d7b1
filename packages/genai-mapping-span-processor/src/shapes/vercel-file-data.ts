import type { MessagePart } from '@genspan/semconv';
import { isDataUrl, isMimeType, readDataUrl } from './data-url.js';
import { isFields } from './json.js';

type Fields = Readonly<Record<string, unknown>>;

/** Told of what has no place, in a short sentence without any value. */
export type Problems = (reason: string) => void;

/** Characters in which the scheme of a URI is looked for. Base64 has no colon. */
const MAX_SCHEME_LENGTH = 64;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const URL_BEGINNING = /^[a-z][a-z0-9+.-]*:\/\//i;

/** `image`, `video` or `audio` by the type of the data, `document` for all others. */
export function modalityOf(mediaType: string): string {
  const slash = mediaType.indexOf('/');
  const kind = slash === -1 ? mediaType : mediaType.slice(0, slash);
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'document';
}

/**
 * The part that the data of an image or file is: inline, at a URL, or uploaded before.
 *
 * @param data - base64, URL, bytes as JSON writes them, or one of the SDK's tagged forms
 * @param mediaType - may be a wildcard (`image/*`) or only the kind (`image`)
 * @returns `undefined` when it is none of them
 */
export function readFileData(data: unknown, mediaType: string | undefined, modality: string): MessagePart | undefined {
  const about = mediaType !== undefined && isType(mediaType) ? { modality, mime_type: mediaType } : { modality };
  if (typeof data === 'string') return readText(data, about, mediaType);
  const bytes = bytesOf(data);
  if (bytes !== undefined) return { type: 'blob', ...about, content: bytes.toString('base64') };
  if (!isFields(data)) return undefined;
  switch (data['type']) {
    case 'data':
      return readFileData(data['data'], mediaType, modality);
    case 'url':
      return typeof data['url'] === 'string' ? readText(data['url'], about, mediaType) : undefined;
    case 'text':
      return typeof data['text'] === 'string'
        ? { type: 'blob', ...about, content: Buffer.from(data['text']).toString('base64') }
        : undefined;
    case 'reference':
      return readReference(data['reference'], about);
    default:
      return readReference(data, about);
  }
}

/** Whether it is a type of data, which may have parameters, and no wildcard. */
function isType(mediaType: string): boolean {
  const semicolon = mediaType.indexOf(';');
  return isMimeType(semicolon === -1 ? mediaType : mediaType.slice(0, semicolon));
}

interface About {
  readonly modality: string;
  readonly mime_type?: string;
}

function readText(text: string, about: About, mediaType: string | undefined): MessagePart | undefined {
  if (isDataUrl(text)) {
    const inline = readDataUrl(text);
    if (inline === undefined) return undefined;
    const type = about.mime_type ?? inline.mimeType;
    return { type: 'blob', ...about, ...(type === undefined ? {} : { mime_type: type }), content: inline.content };
  }
  const isText = mediaType?.startsWith('text/') === true;
  if ((isText ? URL_BEGINNING : SCHEME).test(text.slice(0, MAX_SCHEME_LENGTH))) {
    return { type: 'uri', ...about, uri: text };
  }
  // The content of a text file is written as it is, without a word about it.
  if (isBase64(text)) return { type: 'blob', ...about, content: text };
  return isText ? { type: 'blob', ...about, content: Buffer.from(text).toString('base64') } : undefined;
}

/** A file that the provider knows: its id by the provider's name. */
function readReference(reference: unknown, about: About): MessagePart | undefined {
  if (!isFields(reference)) return undefined;
  const id = Object.values(reference)[0];
  return typeof id === 'string' && id !== '' ? { type: 'file', ...about, file_id: id } : undefined;
}

/** Bytes, as they are or as JSON writes a `Buffer` or a `Uint8Array`. */
function bytesOf(data: unknown): Buffer | undefined {
  if (data instanceof Uint8Array) return Buffer.from(data);
  if (!isFields(data)) return undefined;
  if (data['type'] === 'Buffer' && Array.isArray(data['data'])) return fromNumbers(data['data']);
  return data['0'] !== undefined ? fromNumbers(Object.values(data)) : undefined;
}

function fromNumbers(numbers: readonly unknown[]): Buffer | undefined {
  return numbers.every((number) => typeof number === 'number') ? Buffer.from(numbers as number[]) : undefined;
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && !/[^A-Za-z0-9+/=]/.test(text);
}

/** The `data` of a file, for a part that is one: base64, a URL, or a reference to what the provider knows. */
export function writeFileData(part: Fields, provider: string | undefined): unknown {
  const { type, content, uri, file_id: fileId } = part;
  if (type === 'blob') return content;
  return type === 'uri' ? uri : { [provider ?? 'provider']: fileId };
}

/** The `mediaType` of a file: a wildcard where only the kind of data is known. */
export function writeMediaType(part: Fields, problems: Problems): string {
  const { modality, mime_type: type } = part;
  if (typeof type === 'string') {
    if (modality !== modalityOf(type)) problems('the kind of data follows from its type here');
    return type;
  }
  if (modality === 'document') return 'application/*';
  if (typeof modality === 'string' && modalityOf(modality) === modality) return `${modality}/*`;
  problems('data of this kind is a document here');
  return 'application/*';
}
