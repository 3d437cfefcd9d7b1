import type { ReadableSpanLike } from '@genspan/span-processor-base';
import type { Outcome, SamplingReason } from './outcome.js';
import type { SampledTrace } from './sampled-trace.js';
import { isError } from './span-error.js';

/** What makes a decision before the last local root of a trace has ended. */
export type ForcedSamplingTrigger =
  'decisionWait' | 'maxTraces' | 'maxSpansPerTrace' | 'maxBufferedBytes' | 'forceFlush' | 'shutdown';

/** What makes a decision. */
export type SamplingTrigger = 'localRootEnd' | ForcedSamplingTrigger;

/** How often something was kept and dropped. */
export interface KeptAndDropped {
  readonly kept: number;
  readonly dropped: number;
}

/**
 * What a {@link SamplingSpanProcessor} has decided since it was made.
 *
 * Of traces, `started` = `kept` + `dropped` + `waiting`; a trace that is judged again counts again. Of spans,
 * `started` = `open` + `buffered` + `kept` + `dropped` + `unsampled` + `failedOpen` + `afterShutdown`.
 */
export interface SamplingStats {
  readonly traces: KeptAndDropped & {
    /** Traces of which a span has ended. */
    readonly started: number;
    /** Those about which nothing is decided yet, or whose certain decision is not counted yet. */
    readonly waiting: number;
    /** Of the kept and dropped ones, those decided early because a bound was hit: the sum of the bounds in `forced`. */
    readonly evicted: number;
    /** Those dropped, of the ones above, because more matched than may be kept per second. */
    readonly limited: number;
  };
  readonly spans: KeptAndDropped & {
    readonly started: number;
    /** Not ended yet. */
    readonly open: number;
    readonly buffered: number;
    /** Estimated bytes of the buffered ones. */
    readonly bufferedBytes: number;
    /** Recorded without being sampled, and passed over. */
    readonly unsampled: number;
    /** Handed on as they came because they could not be read. */
    readonly failedOpen: number;
    /** Ended after `shutdown()`, and dropped. */
    readonly afterShutdown: number;
    /** Of the kept and dropped ones, those that ended after their trace was decided and followed the decision. */
    readonly late: KeptAndDropped & {
      /** Of the dropped ones, those that had failed. */
      readonly droppedErrors: number;
    };
  };
  /** Traces by what decided. */
  readonly byReason: Readonly<Partial<Record<SamplingReason, KeptAndDropped>>>;
  /** Traces by the rule that decided. */
  readonly byRule: Readonly<Record<string, KeptAndDropped>>;
  /** Of the decided traces, those decided before their local root had ended, by the cause. */
  readonly forced: Readonly<Record<ForcedSamplingTrigger, number>>;
  /** Decisions that late spans can follow. */
  readonly remembered: number;
  /** What went wrong, by operation. */
  readonly failures: Readonly<Record<string, number>>;
}

/** The counters behind {@link SamplingStats}. */
export class SamplingCounts {
  started = 0;
  kept = 0;
  dropped = 0;
  unsampled = 0;
  failedOpen = 0;
  afterShutdown = 0;
  bufferedSpans = 0;
  bufferedBytes = 0;
  tracesStarted = 0;
  limited = 0;
  readonly forced: Record<ForcedSamplingTrigger, number> = {
    decisionWait: 0,
    maxTraces: 0,
    maxSpansPerTrace: 0,
    maxBufferedBytes: 0,
    forceFlush: 0,
    shutdown: 0,
  };
  readonly #late = { kept: 0, dropped: 0, droppedErrors: 0 };

  /** Counts a span that follows a decision made before. */
  countLate(trace: SampledTrace, span: ReadableSpanLike): void {
    if (trace.fate === 'kept') {
      this.#late.kept++;
    } else {
      this.#late.dropped++;
      if (isError(span)) this.#late.droppedErrors++;
    }
  }

  stats(outcomes: readonly Outcome[], remembered: number, failures: Readonly<Record<string, number>>): SamplingStats {
    const byReason: Partial<Record<SamplingReason, KeptAndDropped>> = {};
    const byRule: Record<string, KeptAndDropped> = {};
    const traces = { kept: 0, dropped: 0 };
    for (const { reason, rule, kept, dropped } of outcomes) {
      traces.kept += kept;
      traces.dropped += dropped;
      const before = byReason[reason] ?? { kept: 0, dropped: 0 };
      byReason[reason] = { kept: before.kept + kept, dropped: before.dropped + dropped };
      if (rule !== undefined) byRule[rule.name] = { kept, dropped };
    }
    const { started, kept, dropped, unsampled, failedOpen, afterShutdown, bufferedSpans: buffered } = this;
    const ended = buffered + kept + dropped + unsampled + failedOpen + afterShutdown;
    return {
      traces: {
        ...traces,
        started: this.tracesStarted,
        waiting: this.tracesStarted - traces.kept - traces.dropped,
        evicted: this.forced.maxTraces + this.forced.maxSpansPerTrace + this.forced.maxBufferedBytes,
        limited: this.limited,
      },
      spans: {
        started,
        open: started - ended,
        buffered,
        bufferedBytes: this.bufferedBytes,
        kept,
        dropped,
        unsampled,
        failedOpen,
        afterShutdown,
        late: { ...this.#late },
      },
      byReason,
      byRule,
      forced: { ...this.forced },
      remembered,
      failures,
    };
  }
}
