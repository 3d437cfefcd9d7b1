export type { CostOf, SamplingSpanProcessorOptions } from './sampling-options.js';
export type { AdaptiveOptions, AttributeTest, SamplingConditions, SamplingRule } from './sampling-rule.js';
