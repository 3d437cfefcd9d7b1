import type { KnownMessagePart, MessagePart } from '@genspan/semconv';
import { contentPart } from '../content-parts.js';
import { uriOrBlob } from '../media-parts.js';
import { fields, list, text, type Fields } from '../untyped.js';
import { withoutCredentials } from './without-fields.js';

/** Translates the content of a message item: a string, or a list of parts. */
export function itemContent(content: unknown): MessagePart[] {
  if (typeof content === 'string') return [{ type: 'text', content }];
  return list(content).map(itemContentPart);
}

function itemContentPart(value: unknown): MessagePart {
  const part = fields(value);
  const type = part['type'];
  if (type === 'reasoning_text') return { type: 'reasoning', content: text(part['text']) ?? '' };
  if (type === 'computer_screenshot') return screenshot(part) ?? generic(part);
  return contentPart(value);
}

/** A screenshot that the client took for the model. */
export function screenshot(value: unknown): MessagePart | undefined {
  const output = fields(value);
  const fileId = text(output['file_id']);
  if (fileId) return { type: 'file', modality: 'image', file_id: fileId };
  return uriOrBlob('image', output['image_url']);
}

/**
 * Keeps something of a type that has no translation, without the credentials that tools in it may carry. A type that
 * the conventions give another shape, or none at all, becomes `unknown`.
 */
export function generic(item: Fields): MessagePart {
  const type = text(item['type']);
  const kept = fields(withoutCredentials(item));
  return { ...kept, type: type === undefined || type === '' || KNOWN_PARTS.has(type) ? 'unknown' : type };
}

/** Exhaustive by its type: a part that the conventions add is missing here until it is listed. */
const NAMED: { [Type in KnownMessagePart['type']]: true } = {
  text: true,
  tool_call: true,
  tool_call_response: true,
  server_tool_call: true,
  server_tool_call_response: true,
  blob: true,
  file: true,
  uri: true,
  reasoning: true,
  compaction: true,
};
const KNOWN_PARTS: ReadonlySet<string> = new Set(Object.keys(NAMED));
