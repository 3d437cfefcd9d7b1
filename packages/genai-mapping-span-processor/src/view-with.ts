import { SpanView } from '@genspan/span-processor-base';
import type { ReadableSpanLike, SpanChanges } from '@genspan/span-processor-base';

/** A view of a span with other attributes and events. */
export function viewWith(span: ReadableSpanLike, { attributes, events }: SpanChanges): SpanView {
  const view = new SpanView(span);
  if (attributes !== undefined) view.attributes = attributes;
  if (events !== undefined) view.ownEvents().splice(0, Infinity, ...events);
  return view;
}
