import {
  ATTR_GENSPAN_TRACE_COST_USD,
  ATTR_GENSPAN_TRACE_ERROR_COUNT,
  ATTR_GENSPAN_TRACE_MODELS,
  ATTR_GENSPAN_TRACE_SPAN_COUNT,
  ATTR_GENSPAN_TRACE_TOTAL_TOKENS,
} from '@genspan/semconv';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { formatCount, formatDuration } from '../format-quantity.js';
import { factTable } from './attribute-table.js';
import { shortText } from './content-text.js';
import { formatTime } from './format-time.js';
import type { ReportTrace } from './report-trace.js';
import { ResourceTables } from './resource-tables.js';
import { NO_HTML, markup } from './safe-html.js';
import type { SafeHtml } from './safe-html.js';
import { spanView, unreadableSpanView } from './span-view.js';
import { timeAxis } from './time-bar.js';
import { overviewText } from './trace-overview.js';
import { valueText } from './value-text.js';

const MAX_NAME_CHARS = 300;
const MAX_ID_CHARS = 300;

/** How a trace is shown. */
export interface TraceViewOptions {
  /** Start of all ids of this trace, unique in the page. */
  readonly idPrefix: string;
  readonly isOpen: boolean;
  readonly maxContentChars: number;
}

/** A trace piece by piece: what it adds up to, its waterfall, its resources. A piece is at most one span. */
export function* traceView(trace: ReportTrace, options: TraceViewOptions): Generator<string> {
  const { idPrefix, isOpen, maxContentChars } = options;
  const { range, rows, leftOutSpans } = trace;
  const top = rows[0]?.span;
  if (top === undefined) return;
  const duration = formatDuration(Math.max(0, range.endMillis - range.startMillis));
  yield markup`<details class="trace" id="${idPrefix}"${isOpen && markup` open`}>
<summary><h2>${shortText(top.name || '(no name)', MAX_NAME_CHARS)}</h2> <span class="sum">${duration} · ${overviewText(trace.overview)}</span></summary>
<p class="note">${serviceOf(top)}trace ${shortText(trace.traceId, MAX_ID_CHARS)} · ${formatTime(range.startMillis)}${notesOf(trace)}</p>
${leftOutSpans > 0 && markup`<p class="note warn">${formatCount(leftOutSpans)} more spans of this trace are not shown.</p>`}${enrichedTotals(trace.spans)}
${timeAxis(range)}
`.toString();
  const resources = new ResourceTables(`${idPrefix}r`);
  const spanOptions = { range, maxContentChars, resourceId: (span: ReadableSpanLike) => resources.idOf(span) };
  for (const [index, row] of rows.entries()) {
    const id = `${idPrefix}s${index}`;
    let view: SafeHtml;
    try {
      view = spanView(row, id, spanOptions);
    } catch {
      view = unreadableSpanView(id);
    }
    yield view.toString();
  }
  yield markup`${resources.view(maxContentChars)}</details>\n`.toString();
}

function serviceOf(span: ReadableSpanLike): SafeHtml {
  const service: unknown = span.resource.attributes['service.name'];
  return typeof service === 'string' ? markup`<b>${shortText(service, MAX_NAME_CHARS)}</b> · ` : NO_HTML;
}

/** Whether the trace has its beginning here. */
function notesOf({ rows }: ReportTrace): string {
  const tops = rows.filter(({ depth }) => depth === 0).map(({ span }) => span.parentSpanContext);
  const isWhole = tops.every((parent) => parent === undefined || parent.isRemote === true);
  return isWhole ? '' : ' · spans above some of these have not come';
}

/** What enrichment wrote on the local root. It saw every span of the trace, also those that sampling or this page left out. */
function enrichedTotals(spans: readonly ReadableSpanLike[]): SafeHtml {
  const span = spans.find(({ attributes }) => attributes[ATTR_GENSPAN_TRACE_SPAN_COUNT] !== undefined);
  if (span === undefined) return NO_HTML;
  const attributes: Record<string, unknown> = span.attributes;
  const fact = (name: string) => {
    const value = attributes[name];
    return value === undefined ? undefined : shortText(valueText(value), MAX_NAME_CHARS);
  };
  return markup`<details class="fold"><summary>Totals by enrichment</summary>${factTable([
    ['spans', fact(ATTR_GENSPAN_TRACE_SPAN_COUNT)],
    ['errors', fact(ATTR_GENSPAN_TRACE_ERROR_COUNT)],
    ['tokens', fact(ATTR_GENSPAN_TRACE_TOTAL_TOKENS)],
    ['cost in US dollars', fact(ATTR_GENSPAN_TRACE_COST_USD)],
    ['models', fact(ATTR_GENSPAN_TRACE_MODELS)],
  ])}</details>`;
}
