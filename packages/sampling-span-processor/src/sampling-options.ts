import type { Attributes, MeterProvider } from '@opentelemetry/api';
import type { SpanProcessorLike } from '@genspan/span-processor-base';
import type { AdaptiveOptions, SamplingRule } from './sampling-rule.js';

/** Gives the cost in US dollars of the call that a span with these attributes describes; `undefined` when it is not known. */
export type CostOf = (attributes: Attributes) => number | undefined;

/** Options of {@link SamplingSpanProcessor}. */
export interface SamplingSpanProcessorOptions {
  /** The next step: gets the spans of kept traces, as a rule a `BatchSpanProcessor` with its exporter. */
  delegate: SpanProcessorLike;
  /**
   * Share of the traces that is kept when nothing else decides, 0 to 1. With `adaptive` the highest share.
   * @defaultValue 1
   */
  rate?: number;
  /**
   * Keeps every trace in which a span has status ERROR or an exception event, at any `rate`.
   * @defaultValue true
   */
  keepErrors?: boolean;
  /**
   * Keeps every trace that took longer than `slowThresholdMillis`.
   * @defaultValue false
   */
  keepSlow?: boolean;
  /**
   * Milliseconds from the earliest start to the latest end of a trace above which it is slow.
   * @defaultValue 5000
   */
  slowThresholdMillis?: number;
  /**
   * Tried in order after errors and slow traces; the first that matches decides.
   * @defaultValue none
   */
  rules?: readonly SamplingRule[];
  /**
   * Longest time in milliseconds that spans wait for the end of their local root. Then the trace is decided with what is
   * there; the time it has run counts as its duration.
   * @defaultValue 300_000
   */
  decisionWaitMillis?: number;
  /**
   * Traces that wait for a decision, and as many decisions that are remembered. At the bound the oldest trace is decided
   * with what is there.
   * @defaultValue 20_000
   */
  maxTraces?: number;
  /**
   * Spans of one trace that wait. At the bound the trace is decided with what is there.
   * @defaultValue 1_000
   */
  maxSpansPerTrace?: number;
  /**
   * Estimated bytes of all spans that wait. At the bound the oldest trace is decided with what is there.
   * @defaultValue 134_217_728 (128 MiB)
   */
  maxBufferedBytes?: number;
  /**
   * At most so many traces are kept per second, whatever the reason. Errors and slow traces are chosen first.
   * @defaultValue unlimited
   */
  maxTracesPerSecond?: number;
  /** Moves `rate` so that the traces kept for whatever reason meet a target. */
  adaptive?: AdaptiveOptions;
  /**
   * Decides about spans that are recorded without being sampled, too (`createAlwaysRecordSampler` of the SDK): a trace
   * whose parent said no is kept when it failed, was slow or a rule says so, never for `rate` alone.
   * @defaultValue false
   */
  recordUnsampled?: boolean;
  /**
   * Cost of one call. A throw counts as not known.
   * @defaultValue the attribute `genspan.usage.cost_usd`
   */
  costOf?: CostOf;
  /**
   * Where the numbers of `stats()` are reported as metrics, too.
   * @defaultValue none
   */
  meterProvider?: MeterProvider;
}
