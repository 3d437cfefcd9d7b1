export { randomnessOfConversation } from './conversation-randomness.js';
export type { SamplingExplanation } from './explain.js';
export { GenAISampler } from './genai-sampler.js';
export type { GenAISamplerStats } from './genai-sampler.js';
export type {
  GenAISamplerOptions,
  RootRandomness,
  StartConditionName,
  StartSamplingConditions,
  StartSamplingRule,
} from './genai-sampler-options.js';
export type { SamplingReason } from './outcome.js';
export type { ConditionResult } from './rule-set.js';
export type { SamplerLike, SamplingResultLike } from './sampler-like.js';
export type { CostOf } from '@genspan/span-processor-base';
export type { SamplingSpanProcessorOptions } from './sampling-options.js';
export type { AdaptiveOptions, AttributeTest, SamplingConditions, SamplingRule } from './sampling-rule.js';
export { SamplingSpanProcessor } from './sampling-span-processor.js';
export type { ForcedSamplingTrigger, KeptAndDropped, SamplingStats } from './sampling-stats.js';
