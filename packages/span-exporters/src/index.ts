export { JsonlSpanExporter } from './jsonl-span-exporter.js';
export type { JsonlSpanExporterOptions, JsonlSpanExporterStats } from './jsonl-span-exporter.js';
export { ConsoleTreeSpanExporter } from './console-tree-span-exporter.js';
export type { ConsoleTreeSpanExporterOptions, ConsoleTreeSpanExporterStats } from './console-tree-span-exporter.js';
export type { ConsoleStream } from './stream-writer.js';
