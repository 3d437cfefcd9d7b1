export { JsonlSpanExporter } from './jsonl-span-exporter.js';
export type { JsonlSpanExporterOptions, JsonlSpanExporterStats } from './jsonl-span-exporter.js';
export { ExportError } from './export-error.js';
export type { ExportErrorDetails } from './export-error.js';
export { RetryingSpanExporter } from './retrying-span-exporter.js';
export type { RetryingSpanExporterStats } from './retrying-span-exporter.js';
export type { ExportRetry, RetryingSpanExporterOptions } from './retrying-options.js';
export { OtlpHttpSpanExporter } from './otlp/otlp-http-span-exporter.js';
export type { OtlpHttpSpanExporterStats } from './otlp/otlp-http-span-exporter.js';
export type { OtlpHttpSpanExporterOptions, OtlpTlsOptions } from './otlp/otlp-http-options.js';
export type { OtlpEncoding, OtlpPayload, OtlpReceipt, OtlpSender } from './otlp/otlp-payload.js';
export { ConsoleTreeSpanExporter } from './console-tree-span-exporter.js';
export type { ConsoleTreeSpanExporterOptions, ConsoleTreeSpanExporterStats } from './console-tree-span-exporter.js';
export type { ConsoleStream } from './stream-writer.js';
export { RateLimitedSpanExporter } from './rate-limited-span-exporter.js';
export type { RateLimitedSpanExporterOptions, RateLimitedSpanExporterStats } from './rate-limited-span-exporter.js';
export { FanOutSpanExporter } from './fan-out-span-exporter.js';
export type { FanOutSpanExporterOptions } from './fan-out-span-exporter.js';
export type { FanOutMemberStats } from './fan-out-member.js';
export { FanOutError } from './fan-out-error.js';
export { FilteringSpanExporter } from './filtering-span-exporter.js';
export type { FilteringSpanExporterOptions, FilteringSpanExporterStats } from './filtering-span-exporter.js';
export { PayloadDumpSpanExporter } from './payload-dump-span-exporter.js';
export type {
  DroppedSpans,
  PayloadDumpSpanExporterOptions,
  PayloadDumpSpanExporterStats,
} from './payload-dump-span-exporter.js';
export { SpoolingSpanExporter } from './spool/spooling-span-exporter.js';
export type { SpoolingSpanExporterStats } from './spool/spooling-span-exporter.js';
export type { SpoolingSpanExporterOptions } from './spool/spooling-options.js';
export type { SpoolCounts } from './spool/spool-ledger.js';
export { HtmlReportSpanExporter } from './html/html-report-span-exporter.js';
export type { HtmlReportSpanExporterStats } from './html/html-report-span-exporter.js';
export type { HtmlReportSpanExporterOptions } from './html/html-report-exporter-options.js';
export { renderHtmlReport } from './html/render-html-report.js';
export type { HtmlReportOptions } from './html/html-report-options.js';
export type { ReportCounts } from './html/reports.js';
