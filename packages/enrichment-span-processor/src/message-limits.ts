import { itemsOfJson } from './json-items.js';
import type { JsonSpan } from './json-items.js';
import { applyEdits } from './json-edit.js';
import { dropUnpaired, messageFacts } from './message-limits-facts.js';
import type { MessageFacts } from './message-limits-facts.js';
import { droppedNote } from './message-limits-notes.js';
import { exceedsBytes } from './truncate-bytes.js';
import { cutJson } from './truncate-json.js';
import type { TruncateTally } from './truncate-tally.js';

/** Limits of lists of messages; `undefined`: none. */
export interface MessageLimits {
  /** Bytes in UTF-8 of a message. */
  readonly maxMessageBytes: number | undefined;
  /** How many of the first messages stay; `undefined` with a `keepLastMessages`: none. */
  readonly keepFirstMessages: number | undefined;
  /** How many of the last messages stay; `undefined` with a `keepFirstMessages`: none. */
  readonly keepLastMessages: number | undefined;
}

/** How messages of a list are written: with `parts`, or with a `content`. */
export type MessageShape = 'messages' | 'chat';

/** How a list of messages begins; others need not be read. */
const LIST_OF_OBJECTS = /^\s{0,99}\[\s{0,99}\{/;

/**
 * Keeps the number of messages within its limit: those of the system stay and do not count, of others the first and last ones as told,
 * and a note takes the place of those between. A tool's response goes with its call, and the call with its response: there may stay
 * fewer than told, never more.
 *
 * @returns the identical text when nothing changes, or it is no list of objects
 */
export function limitMessageCount(text: string, limits: MessageLimits, tally: TruncateTally): string {
  const first = limits.keepFirstMessages ?? 0;
  const last = limits.keepLastMessages ?? 0;
  if (!LIST_OF_OBJECTS.test(text) || !hasMoreRoles(text, first + last)) return text;
  const spans = itemsOfJson(text)?.items;
  if (spans === undefined || spans.length <= first + last || !spans.every(({ start }) => text[start] === '{'))
    return text;
  const facts = spans.map(({ start, end }) => messageFacts(text.slice(start, end)));
  const isCounted = ({ hasRole, isSystem }: MessageFacts): boolean => hasRole && !isSystem;
  const counted = facts.flatMap((message, index) => (isCounted(message) ? [index] : []));
  if (counted.length <= first + last) return text;
  const kept = facts.map((message) => !isCounted(message));
  for (const index of counted.slice(0, first)) kept[index] = true;
  for (const index of counted.slice(counted.length - last)) kept[index] = true;
  dropUnpaired(facts, kept);
  return withoutDropped(text, spans, kept, facts.some(({ hasParts }) => hasParts) ? 'messages' : 'chat', tally);
}

/** Whether a text may hold more messages than `limit`, each of which has a role. */
function hasMoreRoles(text: string, limit: number): boolean {
  let at = -1;
  for (let count = 0; count <= limit; count++) {
    at = text.indexOf('"role"', at + 1);
    if (at < 0) return false;
  }
  return true;
}

function withoutDropped(
  text: string,
  spans: readonly JsonSpan[],
  kept: readonly boolean[],
  shape: MessageShape,
  tally: TruncateTally,
): string {
  const dropped = kept.filter((isKept) => !isKept).length;
  tally.messages += dropped;
  const entries: string[] = [];
  let isNoted = false;
  spans.forEach(({ start, end }, index) => {
    if (kept[index] === true) entries.push(text.slice(start, end));
    else if (!isNoted) {
      entries.push(droppedNote(shape, dropped));
      isNoted = true;
    }
  });
  return `[${entries.join(',')}]`;
}

/**
 * Keeps each message within `limit` bytes, cut like a value that is too long.
 *
 * @returns the identical text when nothing changes, or it is no list
 */
export function limitMessageBytes(text: string, limit: number, shape: MessageShape, tally: TruncateTally): string {
  // All messages together are shorter.
  if (!exceedsBytes(text, limit)) return text;
  const spans = itemsOfJson(text)?.items;
  if (spans === undefined) return text;
  const edits = spans.flatMap(({ start, end }) => {
    const message = text.slice(start, end);
    if (!exceedsBytes(message, limit)) return [];
    // As the only message of a list it stays one, whatever has to go.
    const cut = cutJson(`[${message}]`, limit + 2, shape, tally) ?? '[]';
    return cut.length > 2 ? [{ start, end, text: cut.slice(1, -1) }] : [{ start, end, text: droppedNote(shape, 1) }];
  });
  return applyEdits(text, edits);
}
