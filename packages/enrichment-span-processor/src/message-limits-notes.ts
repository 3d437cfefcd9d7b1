import { isRecord, parse } from './message-limits-facts.js';
import { byteLength } from './truncate-bytes.js';
import { cutNote } from './truncate-notes.js';
import type { ListShape } from './truncate-shape.js';

const UNITS: { readonly [S in ListShape]: string } = {
  messages: 'messages',
  chat: 'messages',
  instructions: 'parts',
  tools: 'tools',
  list: 'entries',
};

/** JSON of an entry that stands in the place of dropped ones, and says how many. */
export function droppedNote(shape: ListShape, count: number): string {
  return noteEntry(shape, cutNote(count, UNITS[shape]));
}

/** JSON of an entry that says no more than this note. */
export function noteEntry(shape: ListShape, note: string): string {
  return JSON.stringify(entryOf(shape, note));
}

function entryOf(shape: ListShape, content: string): object {
  switch (shape) {
    case 'messages':
      return { role: 'system', parts: [{ type: 'text', content }] };
    case 'chat':
      return { role: 'system', content };
    case 'instructions':
      return { type: 'text', content };
    case 'tools':
      return { type: 'note', name: content };
    case 'list':
      return { content };
  }
}

/** Longer names are not repeated. */
const MAX_NAME = 64;

/**
 * JSON of an entry that says no more than how long the one was that it stands for. Of a message the role and the tool calls stay, so
 * that what answers them has its counterpart.
 *
 * @returns `undefined` when it would have more than `limit` bytes
 */
export function stubOf(json: string, shape: ListShape, limit: number): string | undefined {
  const entry = parse(json);
  const note = cutNote(byteLength(json));
  const candidates: object[] = [];
  if (isRecord(entry)) {
    if (shape === 'messages' && typeof entry['role'] === 'string') {
      candidates.push(messageStub(entry, note, toolParts(entry['parts'])), messageStub(entry, note, []));
    } else if (shape === 'chat' && isName(entry['role'])) {
      candidates.push({ role: entry['role'], content: note });
    } else if (shape === 'tools') {
      const { type, name } = entry;
      if (isName(type) && isName(name)) candidates.push({ type, name, description: note });
    }
  }
  candidates.push(entryOf(shape, note));
  return candidates.map((stub) => JSON.stringify(stub)).find((stub) => byteLength(stub) <= limit);
}

function messageStub(message: Readonly<Record<string, unknown>>, note: string, parts: readonly object[]): object {
  const { role, finish_reason: finishReason } = message;
  return {
    role: isName(role) ? role : 'unknown',
    parts: [{ type: 'text', content: note }, ...parts],
    ...(isName(finishReason) && { finish_reason: finishReason }),
  };
}

function toolParts(parts: unknown): object[] {
  if (!Array.isArray(parts)) return [];
  return parts.flatMap((part: unknown): object[] => {
    if (!isRecord(part)) return [];
    const { type, id, name } = part;
    const known = typeof id === 'string' ? { id } : {};
    if (type === 'tool_call' && isName(name)) return [{ type, ...known, name }];
    return type === 'tool_call_response'
      ? [{ type, ...known, response: cutNote(byteLength(JSON.stringify(part))) }]
      : [];
  });
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_NAME;
}
