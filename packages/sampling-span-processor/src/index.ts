export type { SamplingExplanation } from './explain.js';
export type { SamplingReason } from './outcome.js';
export type { ConditionResult } from './rule-set.js';
export type { CostOf, SamplingSpanProcessorOptions } from './sampling-options.js';
export type { AdaptiveOptions, AttributeTest, SamplingConditions, SamplingRule } from './sampling-rule.js';
export { SamplingSpanProcessor } from './sampling-span-processor.js';
export type { ForcedSamplingTrigger, KeptAndDropped, SamplingStats } from './sampling-stats.js';
