import { formatCounted } from '../format-quantity.js';
import { CONTENT_SECURITY_POLICY } from './content-security-policy.js';
import { reportFilters } from './report-filters.js';
import { REPORT_SCRIPT } from './report-script.js';
import { REPORT_STYLE } from './report-style.js';
import { reportTrace } from './report-trace.js';
import type { TraceSpans } from './report-trace.js';
import { SafeHtml, markup } from './safe-html.js';
import { traceView } from './trace-view.js';

/** What a page shows. */
export interface ReportPage {
  readonly title: string;
  readonly traces: readonly TraceSpans[];
  /** Traces that there were and are not in the page. */
  readonly leftOutTraces: number;
  /** Characters shown of each text. */
  readonly maxContentChars: number;
}

/** A page piece by piece, the trace that started last first, so that a large one can be written without holding up everything else. Pieces are not empty. */
export function* reportPage(page: ReportPage): Generator<string> {
  const traces = page.traces.map(reportTrace).sort((a, b) => b.range.startMillis - a.range.startMillis);
  const operations = new Set(traces.flatMap(({ overview }) => [...overview.operations]));
  const models = new Set(traces.flatMap(({ overview }) => [...overview.models]));
  const spans = traces.reduce((sum, trace) => sum + trace.spans.length, 0);
  yield markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<meta name="referrer" content="no-referrer" />
<meta name="robots" content="noindex" />
<title>${page.title}</title>
<link rel="icon" href="data:," />
<style>${new SafeHtml(REPORT_STYLE)}</style>
</head>
<body>
<header>
<h1>${page.title}</h1>
<p class="note">${formatCounted(traces.length, 'trace')}, ${formatCounted(spans, 'span')}${leftOut(page)}</p>
${reportFilters(operations, models)}</header>
<main>
`.toString();
  for (const [index, trace] of traces.entries()) {
    const isOpen = traces.length === 1;
    yield* traceView(trace, { idPrefix: `t${index}`, isOpen, maxContentChars: page.maxContentChars });
  }
  yield markup`</main>
<script>${new SafeHtml(REPORT_SCRIPT)}</script>
</body>
</html>
`.toString();
}

function leftOut({ leftOutTraces }: ReportPage): string {
  return leftOutTraces === 0 ? '' : `; ${formatCounted(leftOutTraces, 'earlier trace')} left out`;
}
