export type { AttributeFunction, AttributeSource, DynamicAttribute } from './attribute-source.js';
export { costOf, createCostOf } from './cost-of.js';
export type { CostOfAttributes } from './cost-of.js';
export type { CostOptions, OwnPrice } from './cost-options.js';
export type { EnrichmentSpanProcessorOptions } from './enrichment-options.js';
export { EnrichmentSpanProcessor } from './enrichment-span-processor.js';
export type { EnrichmentStats } from './enrichment-stats.js';
export type { PayloadOptions } from './payload-options.js';
export type { TokenOptions } from './token-options.js';
