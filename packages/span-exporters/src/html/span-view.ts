import { ATTR_GENSPAN_USAGE_COST_USD } from '@genspan/semconv';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { formatCount, formatDuration } from '../format-quantity.js';
import { summarizeGenAI } from '../genai-summary.js';
import type { GenAISummary } from '../genai-summary.js';
import { detailsOf, errorOf } from '../span-details.js';
import { toMillis } from '../span-forest.js';
import { attributeTable, factTable } from './attribute-table.js';
import { shortText } from './content-text.js';
import { eventsView } from './event-view.js';
import { formatUsd } from './format-usd.js';
import { linksView } from './link-view.js';
import { operationClass } from './operation-class.js';
import { NO_HTML, markup } from './safe-html.js';
import type { SafeHtml } from './safe-html.js';
import { CONTENT_ATTRIBUTES, spanContentView } from './span-content-view.js';
import { spanFacts } from './span-facts.js';
import type { SpanRow } from './span-rows.js';
import { timeBar } from './time-bar.js';
import type { TimeRange } from './time-bar.js';

/** What the lines of one trace have in common. */
export interface SpanViewOptions {
  readonly range: TimeRange;
  readonly maxContentChars: number;
  /** The id in the page of the table of a span's resource. */
  readonly resourceId: (span: ReadableSpanLike) => string;
}

/** Levels that are indented; deeper ones stand where the last one does. */
const MAX_INDENTED_DEPTH = 12;
const MAX_NAME_CHARS = 300;

/** A span as one line of the waterfall that opens to all there is to know of it. `id` is unique in the page, and ours. */
export function spanView(row: SpanRow, id: string, options: SpanViewOptions): SafeHtml {
  const { span, depth, childCount } = row;
  const summary = summarizeGenAI(span);
  const error = errorOf(span);
  const millis = Math.max(0, toMillis(span.duration));
  const model = summary.responseModel ?? summary.requestModel ?? '';
  const indent = Math.min(depth, MAX_INDENTED_DEPTH);
  return markup`<details class="span ${operationClass(summary.operation)} d${indent}" id="${id}" data-depth="${depth}" data-operation="${summary.operation ?? ''}" data-model="${model}" data-millis="${millis}"${error !== undefined && markup` data-error`}>
<summary><span class="name">${childCount > 0 && FOLD}<span class="hide">level ${depth + 1}: </span>${shortText(
    span.name || '(no name)',
    MAX_NAME_CHARS,
  )}</span><span class="millis">${formatDuration(millis)}</span>${timeBar(span, options.range)}<span class="info">${infoOf(
    span,
  )}</span>${error !== undefined && markup`<span class="error">✗ ${error}</span>`}</summary>
<div class="body">${usageView(span, summary)}${spanContentView(span, options.maxContentChars)}${bodyOf(span, options)}</div>
</details>
`;
}

/** Folds what is below. It needs the script, which shows it. */
const FOLD = markup`<button type="button" class="twist" aria-label="Spans below" aria-expanded="true" hidden>▾</button>`;

/** The line of a span that cannot be read, such as one with a getter that throws. */
export function unreadableSpanView(id: string): SafeHtml {
  return markup`<p class="note" id="${id}">A span that could not be read.</p>\n`;
}

function bodyOf(span: ReadableSpanLike, { range, maxContentChars, resourceId }: SpanViewOptions): SafeHtml {
  const attributes = attributeTable(span.attributes, maxContentChars, CONTENT_ATTRIBUTES);
  return markup`${eventsView(span, maxContentChars)}${linksView(span, maxContentChars)}
<section><h4>Attributes</h4>${attributes}</section>
<section><h4>Span</h4>${spanFacts(span, range.startMillis)}<p><a href="#${resourceId(span)}">Resource</a></p></section>`;
}

function infoOf(span: ReadableSpanLike): string {
  const cost = costOf(span);
  const parts = [detailsOf(span, span.name), cost === undefined ? '' : formatUsd(cost)];
  return parts.filter((part) => part !== '').join(' · ');
}

function usageView(span: ReadableSpanLike, { usage, finishReasons }: GenAISummary): SafeHtml {
  const cost = costOf(span);
  if (usage === undefined && cost === undefined) return NO_HTML;
  return markup`<section><h4>Usage</h4>${factTable([
    [
      'input tokens',
      usage && `${formatCount(usage.input)}${usage.cached > 0 ? `, ${formatCount(usage.cached)} cached` : ''}`,
    ],
    [
      'output tokens',
      usage &&
        `${formatCount(usage.output)}${usage.reasoning > 0 ? `, ${formatCount(usage.reasoning)} reasoning` : ''}`,
    ],
    ['cost', cost === undefined ? undefined : formatUsd(cost)],
    ['stopped because', finishReasons.length === 0 ? undefined : shortText(finishReasons.join(', '), MAX_NAME_CHARS)],
  ])}</section>`;
}

function costOf(span: ReadableSpanLike): number | undefined {
  const cost: unknown = span.attributes[ATTR_GENSPAN_USAGE_COST_USD];
  return typeof cost === 'number' && Number.isFinite(cost) && cost >= 0 ? cost : undefined;
}
