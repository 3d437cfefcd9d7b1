/** What a count is while nothing was reported: it stays a small integer for the engine, unlike `undefined` or `NaN`. */
export const NOT_REPORTED = -1;

const PICOS_PER_USD = 1e12;

/**
 * Tokens and cost of a trace.
 *
 * Every sum is one of integers that stops at the greatest safe integer, every choice is by a total order: so the result
 * does not depend on the order of the spans, which sums of fractions would.
 */
export class TraceUsage {
  #inputTokens = NOT_REPORTED;
  #outputTokens = NOT_REPORTED;
  /** Cost: whole dollars, and the rest in 10^-12 dollars. */
  #wholeUsd = NOT_REPORTED;
  #picoUsd = 0;
  #asideInputTokens = NOT_REPORTED;
  #asideOutputTokens = NOT_REPORTED;
  #asideUsd = NOT_REPORTED;

  /** Whether the cost of some model call is known. */
  get #hasCost(): boolean {
    return this.#wholeUsd !== NOT_REPORTED;
  }

  /** Input tokens, `undefined` when none were reported. */
  get inputTokens(): number | undefined {
    return reported(this.#hasTokens ? this.#inputTokens : this.#asideInputTokens);
  }

  /** Output tokens, `undefined` when none were reported. */
  get outputTokens(): number | undefined {
    return reported(this.#hasTokens ? this.#outputTokens : this.#asideOutputTokens);
  }

  /** US dollars, `undefined` when no cost is known. */
  get costUsd(): number | undefined {
    return this.#hasCost ? this.#wholeUsd + this.#picoUsd / PICOS_PER_USD : reported(this.#asideUsd);
  }

  /** Adds what a model call used. Tokens are safe integers, the cost is finite; {@link NOT_REPORTED} where it is not known. */
  add(inputTokens: number, outputTokens: number, costUsd: number): void {
    this.#inputTokens = sum(this.#inputTokens, inputTokens);
    this.#outputTokens = sum(this.#outputTokens, outputTokens);
    if (costUsd === NOT_REPORTED) return;
    const whole = Math.floor(costUsd);
    const pico = this.#picoUsd + Math.round((costUsd - whole) * PICOS_PER_USD);
    const carried = pico >= PICOS_PER_USD ? 1 : 0;
    this.#picoUsd = pico - carried * PICOS_PER_USD;
    this.#wholeUsd = sum(this.#wholeUsd, Math.min(whole + carried, Number.MAX_SAFE_INTEGER));
  }

  /**
   * Takes note of a span that repeats what the model calls below it used. The largest such span counts, and only as long
   * as no model call reported anything itself.
   */
  setAside(inputTokens: number, outputTokens: number, costUsd: number): void {
    if (costUsd > this.#asideUsd) this.#asideUsd = costUsd;
    const larger =
      total(inputTokens, outputTokens) - total(this.#asideInputTokens, this.#asideOutputTokens) ||
      inputTokens - this.#asideInputTokens ||
      outputTokens - this.#asideOutputTokens;
    if (larger <= 0) return;
    this.#asideInputTokens = inputTokens;
    this.#asideOutputTokens = outputTokens;
  }

  get #hasTokens(): boolean {
    return this.#inputTokens !== NOT_REPORTED || this.#outputTokens !== NOT_REPORTED;
  }
}

/** The sum of two counts, of which either may not be reported. */
function sum(a: number, b: number): number {
  if (a === NOT_REPORTED || b === NOT_REPORTED) return Math.max(a, b);
  return Math.min(a + b, Number.MAX_SAFE_INTEGER);
}

/** Of counts of which either may not be reported. */
function total(inputTokens: number, outputTokens: number): number {
  return Math.max(inputTokens, 0) + Math.max(outputTokens, 0);
}

function reported(count: number): number | undefined {
  return count === NOT_REPORTED ? undefined : count;
}
