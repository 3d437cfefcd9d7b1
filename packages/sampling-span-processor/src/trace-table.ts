import { OldestFirstMap } from '@genspan/span-processor-base';
import type { SampledTrace } from './sampled-trace.js';

/** What {@link TraceTable} needs. */
export interface TraceTableOptions {
  /** Longest time in milliseconds that an open trace is left alone. */
  readonly decisionWaitMillis: number;
  /** As many open traces should there be at most, and as many decided ones are remembered. */
  readonly maxTraces: number;
  /** Called for each trace that has been open for too long; has to close it, or to open it anew. */
  readonly onOverdue: (trace: SampledTrace) => void;
  /** Runs something later. */
  readonly after: (millis: number, work: () => void) => NodeJS.Timeout;
}

/** The traces that are open (a local root of theirs is, or their spans wait) and those that are decided, each in its order. */
export class TraceTable {
  readonly #options: TraceTableOptions;
  /** The one that has been open for longest first. */
  readonly #open = new OldestFirstMap<string, SampledTrace>();
  /** The one whose decision has not been asked for for longest first. */
  readonly #decided = new OldestFirstMap<string, SampledTrace>();
  /** One for all traces: for the oldest. */
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: TraceTableOptions) {
    this.#options = options;
  }

  /** How many decided traces are remembered. */
  get remembered(): number {
    return this.#decided.size;
  }

  /** Whether more traces are open than should be. */
  get isOverfull(): boolean {
    return this.#open.size > this.#options.maxTraces;
  }

  getOpen(traceId: string): SampledTrace | undefined {
    return this.#open.get(traceId);
  }

  getDecided(traceId: string): SampledTrace | undefined {
    return this.#decided.get(traceId);
  }

  /** All open traces as they are now, oldest first. */
  openTraces(): SampledTrace[] {
    return this.#open.values();
  }

  /** The trace that has been open for longest. */
  oldestOpen(): SampledTrace | undefined {
    return this.#open.oldest();
  }

  /** Makes a trace an open one from now on, wherever it was. */
  open(trace: SampledTrace): void {
    if (!this.#open.delete(trace.traceId)) this.#decided.delete(trace.traceId);
    trace.sinceMillis = performance.now();
    this.#open.add(trace.traceId, trace);
    this.#wait(this.#options.decisionWaitMillis);
  }

  /** Makes an open trace a decided one. */
  close(trace: SampledTrace): void {
    this.#open.delete(trace.traceId);
    this.#decided.add(trace.traceId, trace);
    if (this.#decided.size <= this.#options.maxTraces) return;
    const oldest = this.#decided.oldest();
    if (oldest !== undefined) this.#decided.delete(oldest.traceId);
  }

  /** Sets no timer any more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #wait(millis: number): void {
    if (!this.#stopped) this.#timer ??= this.#options.after(millis, () => this.#findOverdue());
  }

  #findOverdue(): void {
    this.#timer = undefined;
    const overdue = performance.now() - this.#options.decisionWaitMillis;
    let oldest = this.#open.oldest();
    while (oldest !== undefined && oldest.sinceMillis <= overdue) {
      this.#options.onOverdue(oldest);
      oldest = this.#open.oldest();
    }
    // What was opened anew has set a timer of its own, for later than the oldest that is left.
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (oldest !== undefined) this.#wait(oldest.sinceMillis - overdue);
  }
}
