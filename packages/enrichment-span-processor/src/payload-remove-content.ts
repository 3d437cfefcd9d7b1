import type { Attributes } from '@opentelemetry/api';
import { contentSideOf, eventContentSideOf } from './payload-content-keys.js';
import type { ContentSide } from './payload-content-keys.js';
import type { SpanDraft } from './span-draft.js';

/**
 * Removes the attributes that hold content, of the span and of its events.
 *
 * @param isRemoved - whether content of this side goes
 * @returns how many were removed
 */
export function removeContent(draft: SpanDraft, isRemoved: (side: ContentSide) => boolean): number {
  let removed = 0;
  for (const key of Object.keys(draft.attributes)) {
    const side = contentSideOf(key);
    if (side === undefined || !isRemoved(side)) continue;
    draft.remove(key);
    removed += 1;
  }
  return removed + removeFromEvents(draft, isRemoved);
}

function removeFromEvents(draft: SpanDraft, isRemoved: (side: ContentSide) => boolean): number {
  let removed = 0;
  const events = draft.events.map((event) => {
    const entries = Object.entries(event.attributes ?? {});
    const kept = entries.filter(([key]) => {
      const side = eventContentSideOf(event.name, key);
      return side === undefined || !isRemoved(side);
    });
    if (kept.length === entries.length) return event;
    removed += entries.length - kept.length;
    const attributes: Attributes = Object.fromEntries(kept);
    return { ...event, attributes };
  });
  if (removed > 0) draft.replaceEvents(events);
  return removed;
}
