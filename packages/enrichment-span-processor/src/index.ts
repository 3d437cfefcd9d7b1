export type { EnrichmentStep } from './enrichment-step.js';
