import type { ParsedAdaptive } from './parse-rules.js';
import { thresholdOf } from './threshold.js';

const SECOND_MILLIS = 1_000;

/** Weight of a new period in what is smoothed: with periods of a second, 86 % of all weight lies in the last ten of them. */
const SMOOTHING = 1 - Math.exp(-1 / 5);

/** How far the rate may be moved to make up for what was kept too much or too little of late. */
const MOST_CORRECTION = 2;

/** After so many periods without an arrival everything starts anew. */
const FORGETTING_PERIODS = 60;

/** Above so many arrivals in a period the clock, the dearest part of all, is read at one arrival in so many. */
const BUSY_ARRIVALS = 64;
const CLOCK_EVERY = 8;

/** Within a period, the rate follows once the count has grown by one part in so many. */
const STEPS = 128;

/** What {@link AdaptiveRate} is to hold, and the highest rate, 0 to 1; that wins over a higher `minRate`. */
export interface AdaptiveRateOptions extends ParsedAdaptive {
  readonly maxRate: number;
}

/**
 * Holds a number of kept traces per second by moving the rate: what the target leaves after the traces that are kept for
 * other reasons, divided by the arrivals.
 *
 * Time is cut into periods of a second, or, for targets below one trace per second, of as long as one trace may take.
 * Arrivals and others are smoothed over the last ten periods or so; but the count of the running period stands in
 * for the smoothed one as soon as it is higher, so a burst of N times the target keeps about 1 + ln N times the
 * target in its first second, not N times. How much was kept, by expectation, is smoothed too, and corrects the rate
 * by up to a factor of two; so batches that come every few seconds get what the seconds between them did not need, and a
 * burst after idle seconds may keep up to twice as much.
 *
 * The rate follows from the number and the times of arrivals alone. It never looks at the randomness of a trace, and is
 * fixed before the trace is decided: therefore each kept trace counts 1 ÷ rate on average, however the rate moves. (Once
 * others use up the target and `minRate` is 0, nothing is kept, and nothing counts for what is dropped.)
 */
export class AdaptiveRate {
  readonly #now: () => number;
  readonly #periodMillis: number;
  /** Kept traces to aim at in a period. */
  readonly #target: number;
  readonly #minRate: number;
  readonly #maxRate: number;

  /** Number of the running period, and what came in it so far. */
  #period = -Infinity;
  #arrivals = 0;
  #others = 0;
  /** The sum of the rates of the arrivals: how many of them are kept by expectation. */
  #kept = 0;
  #belowMaxRate = false;

  /** The same per period, smoothed over those that are over. */
  #smoothedArrivals = 0;
  #smoothedOthers = 0;
  #smoothedKept = 0;
  #hasHistory = false;

  #rate = 0;
  #threshold = '';
  /** The counts at which the rate is worked out next. */
  #arrivalsStep = 0;
  #othersStep = 0;

  /**
   * @param now - monotonic clock in milliseconds
   */
  constructor(options: AdaptiveRateOptions, now: () => number = () => performance.now()) {
    const periodSeconds = Math.max(1, 1 / options.targetTracesPerSecond);
    this.#now = now;
    this.#periodMillis = periodSeconds * SECOND_MILLIS;
    this.#target = options.targetTracesPerSecond * periodSeconds;
    this.#minRate = options.minRate;
    this.#maxRate = options.maxRate;
    this.#smoothedKept = this.#target;
  }

  /**
   * Counts a trace that the rate is about to decide on. To be called once for each.
   *
   * @returns the threshold to use for it: 14 hex digits, or `KEEP_NONE`
   */
  thresholdFor(): string {
    if (this.#arrivals < BUSY_ARRIVALS || this.#arrivals % CLOCK_EVERY === 0) this.#lookAtClock();
    this.#arrivals++;
    if (this.#arrivals >= this.#arrivalsStep || this.#others >= this.#othersStep) this.#workOut();
    this.#kept += this.#rate;
    return this.#threshold;
  }

  /** The threshold as it is now: 14 hex digits, or `KEEP_NONE`. */
  get threshold(): string {
    return this.#threshold === '' ? thresholdOf(this.#maxRate) : this.#threshold;
  }

  /** Counts a trace that was kept for another reason. */
  countOther(): void {
    this.#lookAtClock();
    this.#others++;
  }

  #lookAtClock(): void {
    const period = Math.floor(this.#now() / this.#periodMillis);
    if (period <= this.#period) return;
    const passed = period - this.#period;
    this.#period = period;
    if (passed > FORGETTING_PERIODS) this.#startAnew();
    else this.#endPeriod(passed - 1);
    this.#arrivals = 0;
    this.#others = 0;
    this.#kept = 0;
    this.#belowMaxRate = false;
    this.#arrivalsStep = 0;
  }

  #startAnew(): void {
    this.#smoothedArrivals = 0;
    this.#smoothedOthers = 0;
    this.#smoothedKept = this.#target;
    this.#hasHistory = false;
  }

  /** @param idle - periods that have passed since then without an arrival */
  #endPeriod(idle: number): void {
    const kept = this.#kept + this.#others;
    // A period in which all was kept that came has not fallen short, else the next burst would be let in for it.
    const counted = this.#arrivals > 0 && !this.#belowMaxRate ? Math.max(kept, this.#target) : kept;
    const weight = this.#hasHistory ? SMOOTHING : 1;
    const decay = (1 - SMOOTHING) ** idle;
    this.#smoothedArrivals = decay * (this.#smoothedArrivals + weight * (this.#arrivals - this.#smoothedArrivals));
    this.#smoothedOthers = decay * (this.#smoothedOthers + weight * (this.#others - this.#smoothedOthers));
    this.#smoothedKept = decay * (this.#smoothedKept + SMOOTHING * (counted - this.#smoothedKept));
    this.#hasHistory = true;
  }

  #workOut(): void {
    const arrivals = Math.max(this.#smoothedArrivals, this.#arrivals);
    const others = Math.max(this.#smoothedOthers, this.#others);
    const correction = Math.min(Math.max(this.#target / this.#smoothedKept, 1 / MOST_CORRECTION), MOST_CORRECTION);
    const wanted = Math.max(0, (this.#target * correction - others) / arrivals);
    const rate = Math.min(this.#maxRate, Math.max(this.#minRate, wanted));
    this.#arrivalsStep = nextStep(this.#arrivals, this.#smoothedArrivals);
    this.#othersStep = nextStep(this.#others, this.#smoothedOthers);
    if (wanted < this.#maxRate) this.#belowMaxRate = true;
    if (rate === this.#rate && this.#threshold !== '') return;
    this.#rate = rate;
    this.#threshold = thresholdOf(rate);
  }
}

/** The count that makes a difference next: above the smoothed one, and enough more than it is now. */
function nextStep(count: number, smoothed: number): number {
  return Math.max(count + Math.max(1, count / STEPS), smoothed);
}
