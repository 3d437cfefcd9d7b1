import { TraceFlags } from '@opentelemetry/api';
import type { Context, SpanContext } from '@opentelemetry/api';
import { getGenAIContext } from '@genspan/genai-context';
import { DelegatingSpanProcessor, SpanView, sizeOfSpan } from '@genspan/span-processor-base';
import type { ReadableSpanLike, SpanLike } from '@genspan/span-processor-base';
import { explain } from './explain.js';
import type { SamplingExplanation } from './explain.js';
import { LimitedTraces } from './limited-traces.js';
import { RuleSet } from './rule-set.js';
import { SampledTrace } from './sampled-trace.js';
import { reportSamplingMetrics } from './sampling-metrics.js';
import { parseSamplingOptions } from './sampling-options.js';
import type { ParsedSamplingOptions, SamplingSpanProcessorOptions } from './sampling-options.js';
import { SamplingPolicy } from './sampling-policy.js';
import { SamplingCounts } from './sampling-stats.js';
import type { ForcedSamplingTrigger, SamplingStats, SamplingTrigger } from './sampling-stats.js';
import { stamp } from './stamped-span.js';
import { TraceTable } from './trace-table.js';
import { keeps } from './threshold.js';

/**
 * Keeps the traces that matter and a fair share of the rest, decided on the whole trace.
 *
 * The spans of a trace wait until its local root has ended; then one decision is made for all of them: error, slow,
 * rules, rate. `delegate` gets the spans of kept traces, as views that carry the threshold in their `tracestate`, and
 * never hears the end of the others. The README says what happens to late spans, to traces without an end, and at
 * the bounds.
 *
 * Nothing it does throws into the application. A trace that cannot be judged is kept.
 */
export class SamplingSpanProcessor extends DelegatingSpanProcessor {
  readonly #options: ParsedSamplingOptions;
  readonly #ruleSet: RuleSet;
  readonly #policy: SamplingPolicy;
  readonly #limited: LimitedTraces;
  readonly #counts = new SamplingCounts();
  readonly #traces: TraceTable;
  #stopped = false;

  /** @throws OptionError when an option is wrong. */
  constructor(options: SamplingSpanProcessorOptions) {
    const parsed = parseSamplingOptions(options);
    super('SamplingSpanProcessor', parsed.delegate);
    this.#options = parsed;
    this.#ruleSet = new RuleSet({
      rules: parsed.rules,
      ...(parsed.costOf === undefined ? {} : { costOf: parsed.costOf }),
      onFailure: (operation, error) => this.failures.record(operation, error),
    });
    this.#policy = new SamplingPolicy(parsed, this.#ruleSet, (trace) => this.#leaveOut(trace), now);
    const after = this.#after.bind(this);
    this.#traces = new TraceTable({ ...parsed, after, onOverdue: (trace) => this.#decideOverdue(trace) });
    const onKept = (trace: SampledTrace): void => {
      trace.fate = 'kept';
      this.#settle(trace, false);
    };
    this.#limited = new LimitedTraces(this.#policy, onKept, after);
    if (parsed.meterProvider !== undefined) reportSamplingMetrics(parsed.meterProvider, () => this.stats());
  }

  /** What was decided since construction, and what waits now. */
  stats(): SamplingStats {
    return this.#counts.stats(this.#policy.outcomes, this.#traces.remembered, this.failureStats().failures);
  }

  /**
   * Why a trace was kept or dropped, or what would decide if it ended now.
   *
   * @param traceId - 32 hex digits
   * @returns `undefined` for a trace that is not, or no longer, remembered
   */
  explain(traceId: string): SamplingExplanation | undefined {
    const trace = this.#traces.getOpen(traceId) ?? this.#traces.getDecided(traceId);
    return trace === undefined ? undefined : explain(trace, this.#policy);
  }

  /** Decides all traces in flight with what is there, hands on what is kept, then shuts the delegate down. */
  override shutdown(): Promise<void> {
    this.#stopped = true;
    this.#traces.stop();
    return super.shutdown();
  }

  protected override handleStart(span: SpanLike, parentContext: Context): void {
    this.#counts.started++;
    const context = span.spanContext();
    if (this.#stopped || this.#passesOver(context.traceFlags)) return;
    const parent = span.parentSpanContext;
    let isLocalRoot = parent === undefined || parent.isRemote === true;
    let trace = this.#traces.getOpen(context.traceId);
    if (trace === undefined) {
      trace = this.#traces.getDecided(context.traceId);
      if (trace !== undefined && !isLocalRoot) return;
      if (trace === undefined) {
        trace = new SampledTrace(context, this.#ruleSet.newSummary());
        if (!isLocalRoot) trace.adopt(context.spanId);
        isLocalRoot = true;
      }
      this.#open(trace);
      this.#makeRoom();
    }
    if (isLocalRoot) trace.openLocalRoots++;
    if (this.#ruleSet.wantsTags) {
      const tags = getGenAIContext(parentContext)?.tags;
      if (tags !== undefined) this.#ruleSet.observeTags(trace.summary, tags);
    }
  }

  protected override handleEnd(span: ReadableSpanLike): ReadableSpanLike | undefined {
    const context = span.spanContext();
    if (this.#passesOver(context.traceFlags)) {
      this.#counts.unsampled++;
      return span;
    }
    if (this.#stopped) {
      this.#counts.afterShutdown++;
      return undefined;
    }
    const known = this.#traces.getOpen(context.traceId);
    const trace = known ?? this.#recall(span, context);
    const isLocalRoot = trace.isLocalRoot(span);
    const bytes = this.#observe(trace, span, isLocalRoot);
    if (trace.fate === 'kept') {
      this.#counts.kept++;
      this.forward(stamp(new SpanView(span), trace, isLocalRoot, this.#policy));
    } else if (trace.fate === 'dropped') {
      this.#counts.dropped++;
    } else {
      this.#hold(trace, span, bytes);
    }
    if (isLocalRoot && trace.openLocalRoots > 0) trace.openLocalRoots--;
    if (trace.openLocalRoots === 0) this.#decide(trace, 'localRootEnd');
    // Not before, because most traces that are recalled do not stay.
    if (known === undefined) this.#makeRoom();
    return undefined;
  }

  /** What cannot even be looked at goes on as it came. */
  protected override handleFailure(span: ReadableSpanLike): ReadableSpanLike {
    this.#counts.failedOpen++;
    return span;
  }

  /** A flush is for a process that may be suspended: what would be kept leaves now. What would not can wait. */
  protected override handleFlush(): void {
    for (const trace of this.#traces.openTraces()) {
      if (this.#stopped) this.#decide(trace, 'shutdown', true);
      else if (this.#wouldKeep(trace)) this.#decide(trace, 'forceFlush');
    }
    if (this.#stopped) this.#limited.stop();
    else this.#limited.close('now');
  }

  #passesOver(traceFlags: number): boolean {
    return (traceFlags & TraceFlags.SAMPLED) === 0 && !this.#options.recordUnsampled;
  }

  #makeRoom(): void {
    while (this.#traces.isOverfull && this.#decideOldest('maxTraces'));
  }

  /** Makes a trace an open one; if its fate is open, and not certain already, its spans are going to wait. */
  #open(trace: SampledTrace): void {
    if (trace.fate === 'dropped') trace.judgeAgain();
    if (trace.fate === 'waiting') {
      trace.fate = this.#policy.certainFate(trace);
      if (trace.fate === 'kept') trace.threshold = this.#policy.certainThreshold(trace);
    }
    this.#traces.open(trace);
  }

  /** The trace of a span that ends when nothing of it is open: decided, or given up long ago. */
  #recall(span: ReadableSpanLike, context: SpanContext): SampledTrace {
    const remembered = this.#traces.getDecided(context.traceId);
    if (remembered === undefined) {
      // Nobody waits for a root of it: it is judged by this span alone.
      const trace = new SampledTrace(context, this.#ruleSet.newSummary());
      this.#open(trace);
      return trace;
    }
    // Decided before the end of a root: what comes until then may tell a reason to keep it.
    if (remembered.openLocalRoots > 0 || (remembered.fate === 'dropped' && remembered.isLocalRoot(span))) {
      this.#open(remembered);
    } else {
      this.#counts.countLate(remembered, span);
      this.#traces.open(remembered);
    }
    return remembered;
  }

  /** @returns the span's size in bytes, if it is going to be held */
  #observe(trace: SampledTrace, span: ReadableSpanLike, isLocalRoot: boolean): number {
    const { errorCount } = trace.summary;
    let bytes = 0;
    try {
      this.#ruleSet.observe(trace.summary, span, isLocalRoot);
      if (trace.fate === 'waiting' || trace.fate === 'limited') bytes = sizeOfSpan(span);
    } catch (error) {
      this.failures.record('observe', error);
      trace.unjudged = true;
    }
    if (trace.tally === 'none') {
      trace.tally = 'open';
      this.#counts.tracesStarted++;
    }
    const isNews = trace.unjudged || (errorCount === 0 && trace.summary.errorCount > 0);
    if (isNews && trace.tally === 'open' && trace.fate !== 'limited') this.#keepIfCertain(trace);
    return bytes;
  }

  #keepIfCertain(trace: SampledTrace): void {
    if (trace.fate === 'kept' || this.#policy.certainFate(trace) !== 'kept') return;
    trace.threshold = this.#policy.certainThreshold(trace);
    trace.fate = 'kept';
    this.#handOn(trace);
  }

  #hold(trace: SampledTrace, span: ReadableSpanLike, bytes: number): void {
    // The span itself is three times as large, and shall die young.
    trace.hold(new SpanView(span), bytes);
    this.#counts.bufferedSpans++;
    this.#counts.bufferedBytes += bytes;
    if (trace.spans.length >= this.#options.maxSpansPerTrace) {
      this.#decide(trace, 'maxSpansPerTrace');
      if (trace.fate === 'limited') this.#limited.closeFor(trace);
    }
    while (this.#counts.bufferedBytes > this.#options.maxBufferedBytes && this.#decideOldest('maxBufferedBytes'));
  }

  #wouldKeep(trace: SampledTrace): boolean {
    if (trace.fate !== 'waiting' || trace.spans.length === 0) return false;
    trace.summary.elapsedMillis = now() - trace.sinceMillis;
    return keeps(this.#policy.outcomeOf(trace).currentThreshold(trace), trace.randomness);
  }

  /**
   * Decides the trace that has been open for longest, to make room.
   *
   * @returns false when there is none
   */
  #decideOldest(trigger: ForcedSamplingTrigger): boolean {
    const oldest = this.#traces.oldestOpen();
    if (oldest === undefined) return false;
    if (oldest.fate === 'limited') this.#limited.closeFor(oldest);
    else this.#decide(oldest, trigger, true);
    return true;
  }

  #decideOverdue(trace: SampledTrace): void {
    if (trace.fate === 'limited') this.#limited.closeFor(trace);
    // A root that has been open for that long without anything else ending is not waited for any more.
    else this.#decide(trace, 'decisionWait', trace.spans.length === 0);
  }

  /** @param leaves - whether the trace makes room: what is still to come of it has to be recalled */
  #decide(trace: SampledTrace, trigger: SamplingTrigger, leaves = false): void {
    if (trigger !== 'localRootEnd') trace.summary.elapsedMillis = now() - trace.sinceMillis;
    if (trace.fate === 'waiting' && trace.spans.length > 0) {
      if (trigger !== 'localRootEnd') this.#counts.forced[trigger]++;
      this.#judge(trace, leaves);
    } else if (trace.fate !== 'limited') {
      this.#settle(trace, leaves);
    }
  }

  #judge(trace: SampledTrace, leaves: boolean): void {
    const outcome = this.#policy.outcomeOf(trace);
    trace.outcome = outcome;
    const threshold = outcome.thresholdFor(trace);
    trace.threshold = threshold;
    if (!keeps(threshold, trace.randomness)) {
      trace.fate = 'dropped';
      this.#settle(trace, leaves);
      return;
    }
    const window = outcome.window ?? this.#policy.window;
    if (window === undefined) {
      trace.fate = 'kept';
      this.#settle(trace, leaves);
    } else {
      trace.fate = 'limited';
      this.#traces.open(trace);
      this.#limited.add(trace, window);
    }
  }

  /** There were more traces in this second than may be kept, and this is one too many. */
  #leaveOut(trace: SampledTrace): void {
    this.#counts.limited++;
    trace.cutByLimit = true;
    trace.fate = 'dropped';
    this.#settle(trace, false);
  }

  /** Counts the decision, does to the spans what it says, and remembers it or waits for the rest of the trace. */
  #settle(trace: SampledTrace, leaves: boolean): void {
    if (trace.fate === 'kept') this.#handOn(trace);
    else this.#counts.dropped += this.#release(trace).length;
    if (trace.tally === 'open') {
      trace.tally = 'closed';
      trace.outcome ??= this.#policy.outcomeOf(trace);
      if (trace.fate === 'kept') {
        trace.outcome.kept++;
        this.#policy.countKept(trace.outcome);
      } else {
        trace.outcome.dropped++;
      }
    }
    if (trace.openLocalRoots > 0 && !leaves) this.#open(trace);
    else this.#traces.close(trace);
  }

  #handOn(trace: SampledTrace): void {
    const views = this.#release(trace);
    this.#counts.kept += views.length;
    for (const view of views) this.forward(stamp(view, trace, trace.isLocalRoot(view), this.#policy));
  }

  #release(trace: SampledTrace): SpanView[] {
    this.#counts.bufferedBytes -= trace.bytes;
    this.#counts.bufferedSpans -= trace.spans.length;
    return trace.release();
  }

  /** Runs `work` later; it does not hold the process. */
  #after(millis: number, work: () => void): NodeJS.Timeout {
    return setTimeout(() => {
      try {
        work();
      } catch (error) {
        this.failures.record('timer', error);
      }
    }, millis).unref();
  }
}

function now(): number {
  return performance.now();
}
