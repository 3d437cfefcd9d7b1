export { start } from './start.js';
export type { GenspanHandle } from './start.js';
export type { Delivery } from './delivery.js';
export type { DeliveryOptions } from './delivery-settings.js';
export type { SamplerLike } from './sampler-like.js';
export type { StartOptions } from './start-options.js';
export type { InstrumentationLike } from './instrumentation-like.js';
export type { TraceExporterName } from './trace-exporters.js';
export type { TraceExporter } from './trace-pipeline.js';
