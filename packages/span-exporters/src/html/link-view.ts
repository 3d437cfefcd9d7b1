import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { formatCount } from '../format-quantity.js';
import { attributeTable } from './attribute-table.js';
import { shortText } from './content-text.js';
import { NO_HTML, joined, markup } from './safe-html.js';
import type { SafeHtml } from './safe-html.js';

/** Links shown of one span, the first ones. */
const MAX_LINKS = 200;
const MAX_ID_CHARS = 300;

/** The spans that a span points to; nothing when it points to none. Their ids are text: nothing that a span says is an address. */
export function linksView(span: ReadableSpanLike, maxChars: number): SafeHtml {
  if (span.links.length === 0) return NO_HTML;
  const views = span.links.slice(0, MAX_LINKS).map(({ context, attributes }) => {
    const ids = markup`trace ${shortText(context.traceId, MAX_ID_CHARS)}, span ${shortText(context.spanId, MAX_ID_CHARS)}`;
    return markup`<div class="event"><h5>${ids}</h5>${attributeTable(attributes, maxChars)}</div>\n`;
  });
  const hidden = span.links.length - views.length;
  return markup`<section><h4>Links</h4>${joined(views)}${
    hidden > 0 && markup`<p class="note">${formatCount(hidden)} more are not shown.</p>`
  }</section>`;
}
