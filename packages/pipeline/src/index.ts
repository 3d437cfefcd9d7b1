export { createSpanPipeline } from './create-span-pipeline.js';
export type { SpanPipelineOptions, SpanPipelineOrder } from './span-pipeline-options.js';
