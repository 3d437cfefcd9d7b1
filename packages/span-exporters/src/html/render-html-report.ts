import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { parseHtmlReportOptions } from './html-report-options.js';
import type { HtmlReportOptions } from './html-report-options.js';
import { reportPage } from './report-page.js';
import { newestTraces } from './report-trace.js';

/**
 * Spans as one HTML page that needs nothing else: waterfall, conversations, tokens, cost, errors, attributes; with search
 * and filters. It shows the content that is on the spans. Everything is escaped, and the page's content security policy
 * lets it neither load nor send anything. The same spans and options give the same page.
 *
 * @param spans - ended spans of any number of traces, in any order: also those that `readOtlpJsonl()` gives.
 * @throws OptionError when an option is wrong.
 */
export function renderHtmlReport(spans: readonly ReadableSpanLike[], options: HtmlReportOptions = {}): string {
  const { title, maxContentChars, ...limits } = parseHtmlReportOptions(options);
  return [...reportPage({ title, maxContentChars, ...newestTraces(spans, limits) })].join('');
}
