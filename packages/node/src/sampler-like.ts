/** What is needed of a sampler; those of either SDK line and `GenAISampler` satisfy it. */
export interface SamplerLike {
  /** Decides about a span that starts; `decision` is one of the SDK's `SamplingDecision`. */
  shouldSample(...args: never[]): { decision: number };
  /** Names the sampler and its configuration. */
  toString(): string;
}
