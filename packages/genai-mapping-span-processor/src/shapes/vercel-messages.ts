import type { InputMessage, MessagePart } from '@genspan/semconv';
import { isFields } from './json.js';
import type { Problems } from './vercel-file-data.js';
import { readVercelPart, writeVercelPart } from './vercel-part.js';
import type { VercelPartContext } from './vercel-part.js';

/**
 * Reads messages of the Vercel AI SDK (`ModelMessage[]`, `CoreMessage[]` up to version 4).
 *
 * @returns `undefined` when it is no list of messages
 */
export function readVercelMessages(value: unknown, problems: Problems): InputMessage[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const messages: InputMessage[] = [];
  for (const item of value) {
    const message = readMessage(item, problems);
    if (message === undefined) problems('a message is not readable');
    else messages.push(message);
  }
  return value.length > 0 && messages.length === 0 ? undefined : messages;
}

function readMessage(message: unknown, problems: Problems): InputMessage | undefined {
  if (!isFields(message) || typeof message['role'] !== 'string' || message['role'] === '') return undefined;
  const { role, content } = message;
  if (message['providerOptions'] !== undefined) problems('options for the provider have no place');
  if (typeof content === 'string' && content !== '') return { role, parts: [{ type: 'text', content }] };
  // A message of a user interface has its parts beside an empty text.
  const items = Array.isArray(content) ? content : message['parts'];
  if (Array.isArray(items)) return { role, parts: readVercelParts(items, problems) };
  return typeof content === 'string' ? { role, parts: [{ type: 'text', content }] } : undefined;
}

/** Reads the parts of a message, those that can be. */
export function readVercelParts(items: readonly unknown[], problems: Problems): MessagePart[] {
  const parts: MessagePart[] = [];
  for (const item of items) {
    const part = readVercelPart(item, problems);
    if (part !== undefined) parts.push(part);
  }
  return parts;
}

/** Messages as the Vercel AI SDK has them, version 5 and later. What is no message is left out. */
export function writeVercelMessages(
  messages: readonly InputMessage[],
  provider: string | undefined,
  problems: Problems,
): unknown[] {
  const context: VercelPartContext = { toolNames: toolNamesOf(messages), provider };
  return (messages as readonly unknown[]).flatMap((message): unknown[] => {
    const parts = partsOf(message);
    if (!isFields(message) || parts === undefined) {
      problems('a message is none');
      return [];
    }
    const { role, name } = message;
    if (typeof name === 'string') problems('the name of who speaks has no place');
    if (role !== 'system') return [{ role, content: parts.map((part) => writeVercelPart(part, context, problems)) }];
    const texts = parts.flatMap((part) => (isFields(part) && part['type'] === 'text' ? [part['content']] : []));
    if (texts.length !== 1 || parts.length !== 1) problems('a system message is one text here');
    return texts.map((content) => ({ role, content }));
  });
}

/** @returns `undefined` when there are none: facts may come from anywhere */
export function partsOf(message: unknown): readonly unknown[] | undefined {
  const parts = isFields(message) ? message['parts'] : undefined;
  return Array.isArray(parts) ? (parts as readonly unknown[]) : undefined;
}

function toolNamesOf(messages: readonly unknown[]): ReadonlyMap<unknown, string> {
  const names = new Map<unknown, string>();
  for (const message of messages) {
    for (const part of partsOf(message) ?? []) {
      if (isFields(part) && part['type'] === 'tool_call' && typeof part['name'] === 'string') {
        names.set(part['id'], part['name']);
      }
    }
  }
  return names;
}
