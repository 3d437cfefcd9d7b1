export { BufferedSpanProcessor } from './buffered-span-processor.js';
export type { BufferedSpanProcessorOptions, DropPolicy } from './buffered-options.js';
export type { BufferedSpanProcessorStats } from './buffered-stats.js';
export { createHealthHandler } from './health-handler.js';
export type { HealthHandler, HealthRequest, HealthResponse, HealthSource } from './health-handler.js';
export { flushOnEnd } from './flush-on-end.js';
export type { Flushable, FlushOnEndOptions, WaitUntil } from './flush-on-end.js';
