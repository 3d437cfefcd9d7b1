import type { SampledTrace } from './sampled-trace.js';
import type { SamplingPolicy } from './sampling-policy.js';
import { KEEP_ALL } from './threshold.js';
import type { OnKept, ThroughputWindow } from './throughput-window.js';

/** Which windows are closed: those whose second is over, those in which there are places, or all in any case. */
type Closing = 'due' | 'now' | 'last';

/**
 * Traces that would be kept and wait for the places of a second: of their rule's, if it has a limit, then of those for
 * all traces.
 */
export class LimitedTraces {
  readonly #policy: SamplingPolicy;
  readonly #onKept: (trace: SampledTrace) => void;
  readonly #after: (millis: number, work: () => void) => NodeJS.Timeout;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  /**
   * @param onKept - told of each trace that got a place, with its threshold set; of the others the windows themselves tell
   * @param after - runs something later
   */
  constructor(
    policy: SamplingPolicy,
    onKept: (trace: SampledTrace) => void,
    after: (millis: number, work: () => void) => NodeJS.Timeout,
  ) {
    this.#policy = policy;
    this.#onKept = onKept;
    this.#after = after;
  }

  /** Makes a trace a candidate. */
  add(trace: SampledTrace, window: ThroughputWindow<SampledTrace>): void {
    offer(window, trace);
    this.#schedule();
  }

  /** Gives places away, of the rules first. */
  close(which: Closing): void {
    const keep: OnKept<SampledTrace> = (trace, threshold) => {
      trace.limitTo(threshold);
      this.#onKept(trace);
    };
    const { window, outcomes } = this.#policy;
    const keepOrOffer: OnKept<SampledTrace> = (trace, threshold) => {
      if (window === undefined) return keep(trace, threshold);
      trace.limitTo(threshold);
      offer(window, trace);
    };
    for (const outcome of outcomes) closeWindow(outcome.window, which, keepOrOffer);
    closeWindow(window, which, keep);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#schedule();
  }

  /** For a trace that can wait no longer, even if there is no place left in this second. */
  closeFor(trace: SampledTrace): void {
    this.close('now');
    if (trace.fate === 'limited') this.close('last');
  }

  /** Gives away what is left, and sets no timer any more. */
  stop(): void {
    this.#stopped = true;
    this.close('last');
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#stopped) return;
    const windows = [this.#policy.window, ...this.#policy.outcomes.map((outcome) => outcome.window)];
    const dues = windows.flatMap((one) => (one === undefined || one.size === 0 ? [] : [one.dueInMillis]));
    if (dues.length > 0) this.#timer = this.#after(Math.min(...dues), () => this.close('due'));
  }
}

function offer(window: ThroughputWindow<SampledTrace>, trace: SampledTrace): void {
  window.offer(trace, trace.randomness, trace.threshold ?? KEEP_ALL, trace.outcome?.important === true);
}

function closeWindow(
  window: ThroughputWindow<SampledTrace> | undefined,
  which: Closing,
  onKept: OnKept<SampledTrace>,
): void {
  if (window === undefined || window.size === 0 || (which === 'due' && window.dueInMillis > 0)) return;
  if (which === 'last') window.finish(onKept);
  else window.close(onKept);
}
