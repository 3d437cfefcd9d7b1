export type { AttributeFunction, AttributeSource, DynamicAttribute } from './attribute-source.js';
export type { EnrichmentSpanProcessorOptions } from './enrichment-options.js';
export { EnrichmentSpanProcessor } from './enrichment-span-processor.js';
export type { EnrichmentStats } from './enrichment-stats.js';
