export { JsonlSpanExporter } from './jsonl-span-exporter.js';
export type { JsonlSpanExporterOptions, JsonlSpanExporterStats } from './jsonl-span-exporter.js';
