import type { Attributes, Context, Link, SpanKind, TraceState } from '@opentelemetry/api';

/** `SamplingDecision` of the SDK, by its numbers: its enum is not the same object in every package that has one. */
export const NOT_RECORD = 0;
export const RECORD = 1;
export const RECORD_AND_SAMPLED = 2;

/** What a sampler says about a span: `SamplingResult` of SDK 2.12 and 3.1. */
export interface SamplingResultLike {
  decision: typeof NOT_RECORD | typeof RECORD | typeof RECORD_AND_SAMPLED;
  attributes?: Readonly<Attributes>;
  /** Left out: the span has that of its parent. */
  traceState?: TraceState;
}

/** `Sampler` of SDK 2.12 and 3.1. */
export interface SamplerLike {
  shouldSample(
    context: Context,
    traceId: string,
    spanName: string,
    spanKind: SpanKind,
    attributes: Attributes,
    links: Link[],
  ): SamplingResultLike;
  toString(): string;
}
