export { createSpanPipeline } from './create-span-pipeline.js';
export type { SpanPipeline } from './span-pipeline.js';
export type {
  EnrichmentStageOptions,
  MappingStageOptions,
  RedactionStageOptions,
  SamplingStageOptions,
  SpanPipelineOptions,
  SpanPipelineOrder,
} from './span-pipeline-options.js';
