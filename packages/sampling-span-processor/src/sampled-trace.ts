import { TraceFlags } from '@opentelemetry/api';
import type { SpanContext, TraceState } from '@opentelemetry/api';
import type { ReadableSpanLike, SpanView } from '@genspan/span-processor-base';
import { onlyThreshold, readOtSampling, withOtSampling } from './ot-trace-state.js';
import type { Outcome } from './outcome.js';
import { KEEP_ALL, randomnessOfTraceId, stricter } from './threshold.js';
import type { TraceSummary } from './trace-summary.js';

/**
 * Where a trace stands. `waiting`: its spans are buffered. `limited`: it would be kept, and its spans wait for the end of
 * the second in which only so many traces may be kept. `kept`, `dropped`: decided; its spans go on or go away at once.
 */
export type TraceFate = 'waiting' | 'limited' | 'kept' | 'dropped';

/** What no trace has. */
const NO_SPANS: SpanView[] = [];

/** One trace, as far as this process takes part in it: while it is decided, and what is remembered of it afterwards. */
export class SampledTrace {
  // First what every span of the trace touches: fields lie in memory in this order.
  readonly summary: TraceSummary;
  fate: TraceFate = 'waiting';
  /** `open` once a span has ended about which no decision is counted yet, `closed` once it is. */
  tally: 'none' | 'open' | 'closed' = 'none';
  openLocalRoots = 0;
  spans = NO_SPANS;
  bytes = 0;
  #adopted: Set<string> | undefined = undefined;

  readonly traceId: string;
  /** 14 hex digits. */
  readonly randomness: string;
  /** The threshold that the trace came with; {@link KEEP_ALL} when it came with none. */
  readonly incoming: string;
  /** Whether the caller, or the sampler, decided for the trace. */
  readonly sampled: boolean;
  /** Whether something about it could not be read: then it is kept. */
  unjudged = false;
  /** The threshold by which it was decided; `undefined` when it was kept by a chance that no threshold stands for. */
  threshold: string | undefined = KEEP_ALL;
  /** What decided; while nothing has, what would decide is not known. */
  outcome: Outcome | undefined = undefined;
  /** Whether a limit on traces per second dropped it, or raised its threshold. */
  cutByLimit = false;
  /** Monotonic milliseconds: when the spans that now wait began to. */
  sinceMillis = 0;
  #stampedFrom: TraceState | undefined = undefined;
  #stamped: TraceState | undefined = undefined;

  /** @param first - the context of any span of the trace */
  constructor(first: SpanContext, summary: TraceSummary) {
    this.traceId = first.traceId;
    this.sampled = (first.traceFlags & TraceFlags.SAMPLED) !== 0;
    this.summary = summary;
    if (first.traceState === undefined) {
      this.randomness = randomnessOfTraceId(first.traceId);
      this.incoming = KEEP_ALL;
    } else {
      const { randomness, threshold } = readOtSampling(first.traceState);
      this.randomness = randomness ?? randomnessOfTraceId(first.traceId);
      this.incoming = threshold ?? KEEP_ALL;
    }
  }

  /** After it was dropped: what comes is judged again, on all that was seen of the trace. */
  judgeAgain(): void {
    this.fate = 'waiting';
    this.tally = 'none';
    this.outcome = undefined;
    this.summary.startExtent();
  }

  /** Counts a span among the local roots although it names a local parent: nobody here has seen that parent. */
  adopt(spanId: string): void {
    (this.#adopted ??= new Set()).add(spanId);
  }

  /** Whether the span has no parent in this process. */
  isLocalRoot(span: ReadableSpanLike): boolean {
    const parent = span.parentSpanContext;
    if (parent === undefined || parent.isRemote === true) return true;
    return this.#adopted?.has(span.spanContext().spanId) === true;
  }

  /**
   * The threshold that stands for the chance to be kept. A trace that somebody else decided against has none: others like
   * it carry their caller's threshold, and together they would count twice.
   */
  get knownThreshold(): string | undefined {
    return this.sampled ? this.threshold : undefined;
  }

  /** Takes the threshold that a limit on traces per second gives. */
  limitTo(threshold: string | undefined): void {
    if (threshold === this.threshold) return;
    this.cutByLimit = true;
    // What no threshold stood for before cannot get one later.
    if (this.threshold !== undefined) this.threshold = threshold;
  }

  /** Buffers a span. */
  hold(span: SpanView, bytes: number): void {
    if (this.spans === NO_SPANS) this.spans = [span];
    else this.spans.push(span);
    this.bytes += bytes;
  }

  /** Takes all buffered spans out. */
  release(): SpanView[] {
    const { spans } = this;
    this.spans = NO_SPANS;
    this.bytes = 0;
    return spans;
  }

  /** The `tracestate` of a span as it leaves, with the threshold that the trace has passed. */
  stampedState(traceState: TraceState | undefined): TraceState {
    if (this.#stamped === undefined || this.#stampedFrom !== traceState) {
      this.#stampedFrom = traceState;
      this.#stamped = this.#stamp(traceState);
    }
    return this.#stamped;
  }

  #stamp(traceState: TraceState | undefined): TraceState {
    const threshold = this.knownThreshold;
    if (traceState === undefined && threshold !== undefined) return onlyThreshold(threshold);
    return withOtSampling(traceState, threshold && stricter(this.incoming, threshold));
  }
}
