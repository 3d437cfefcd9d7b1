import { validateInputMessages } from '@genspan/semconv';
import type { InputMessage, MessagePart } from '@genspan/semconv';
import type { FactWriter } from './fact-writer.js';
import { entriesOf, nestAttributes } from './indexed-attributes.js';
import { isFields, jsonOf } from './json.js';
import { readMediaUrl, structureIn, toText } from './openinference-contents.js';

type Fields = Readonly<Record<string, unknown>>;
type Side = 'input' | 'output';

const JSON_TYPE = 'application/json';
const TEXT_TYPE = 'text/plain';

/** Writes what went in or came out of a span of any kind. */
export function writeValue(out: FactWriter, side: Side, value: unknown): void {
  const isText = typeof value === 'string';
  out.write(`${side}.value`, isText ? value : jsonOf(value));
  out.write(`${side}.mime_type`, isText ? TEXT_TYPE : JSON_TYPE);
}

/** The same for a text that may be JSON. */
export function writeTextValue(out: FactWriter, side: Side, text: string): void {
  out.write(`${side}.value`, text);
  out.write(`${side}.mime_type`, structureIn(text) === undefined ? TEXT_TYPE : JSON_TYPE);
}

/** The same for what is JSON already. */
export function writeJsonValue(out: FactWriter, side: Side, json: string): void {
  out.write(`${side}.value`, json);
  out.write(`${side}.mime_type`, JSON_TYPE);
}

/**
 * What went in or came out: a structure when it is JSON of one and is not said to be text; else a text.
 *
 * @returns `undefined` when the span does not say
 */
export function readValue(attributes: Fields, side: Side, consume: (key: string) => void): unknown {
  const value = attributes[`${side}.value`];
  if (value === undefined || value === null) return undefined;
  consume(`${side}.value`);
  if (attributes[`${side}.mime_type`] !== undefined) consume(`${side}.mime_type`);
  return attributes[`${side}.mime_type`] === TEXT_TYPE ? toText(value) : (structureIn(value) ?? value);
}

/** The text of messages that are no more than one text of `role`. */
export function soleTextOf(messages: readonly InputMessage[], role: string): string | undefined {
  const [message, ...others] = messages;
  if (others.length > 0 || !isFields(message) || message['role'] !== role) return undefined;
  const { parts, name } = message;
  const [part, ...more] = Array.isArray(parts) ? (parts as readonly unknown[]) : [];
  if ((name !== undefined && name !== null) || more.length > 0 || !isFields(part)) return undefined;
  return part['type'] === 'text' && typeof part['content'] === 'string' && Object.keys(part).length === 2
    ? part['content']
    : undefined;
}

/** A message of a response without why it ended, which has another place. */
export function withoutReason({ role, parts, name }: InputMessage): InputMessage {
  return name === undefined ? { role, parts } : { role, parts, name };
}

/** How the structure of a request or response is read, on spans that are calls of a model. */
export type ReadStructure = (structure: object) => readonly InputMessage[] | undefined;

/**
 * The messages that a value of a span without messages stands for, and the images and audio beside it: messages of the
 * GenAI conventions as they are, what `readStructure` understands, anything else as one text of `role`.
 *
 * @returns `undefined` when the span says nothing
 */
export function messagesOfValue(
  attributes: Fields,
  side: Side,
  role: string,
  consume: (key: string) => void,
  readStructure?: ReadStructure,
): readonly InputMessage[] | undefined {
  const value = readValue(attributes, side, consume);
  if (Array.isArray(value) && value.length > 0 && validateInputMessages(value).length === 0) {
    return value as InputMessage[];
  }
  const read = typeof value === 'object' && value !== null ? readStructure?.(value) : undefined;
  if (read !== undefined && read.length > 0 && validateInputMessages(read).length === 0) return read;
  const parts: MessagePart[] = value === undefined ? [] : [{ type: 'text', content: textOf(attributes, side, value) }];
  for (const entry of entriesOf(nestAttributes(attributes, `${side}.images.`, consume))) {
    const image = isFields(entry) ? entry['image'] : undefined;
    if (isFields(image) && image['url'] !== undefined)
      parts.push(readMediaUrl('image', toText(image['url']), undefined));
  }
  const audio = nestAttributes(attributes, `${side}.audio.`, consume);
  if (isFields(audio)) {
    parts.push(readMediaUrl('audio', toText(audio['url']), audio['mime_type'], audio['transcript']));
  }
  return parts.length > 0 ? [{ role, parts }] : undefined;
}

/** The text as it came, where it is one. */
function textOf(attributes: Fields, side: Side, value: unknown): string {
  const original = attributes[`${side}.value`];
  return typeof original === 'string' ? original : toText(value);
}
