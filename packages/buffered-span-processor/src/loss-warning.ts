import { diag } from '@opentelemetry/api';
import type { LossReason } from '@genspan/span-processor-base';

const INTERVAL_MILLIS = 60_000;

/** Says through `diag` that spans are lost: at the first, then once a minute at most, with their number by reason. */
export class LossWarning {
  readonly #unsaid = new Map<LossReason, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  add(reason: LossReason, count: number): void {
    // What a filter of the application's leaves out is meant to be left out.
    if (reason === 'filtered') return;
    this.#unsaid.set(reason, (this.#unsaid.get(reason) ?? 0) + count);
    if (this.#timer === undefined) this.#say();
  }

  /** Says what was not said yet; the next loss is a first one again. */
  end(): void {
    clearTimeout(this.#timer);
    this.#say();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #say(): void {
    this.#timer = undefined;
    if (this.#unsaid.size === 0) return;
    const numbers = [...this.#unsaid].map(([reason, count]) => `${reason} ${count}`).join(', ');
    this.#unsaid.clear();
    this.#timer = setTimeout(() => this.#say(), INTERVAL_MILLIS);
    this.#timer.unref();
    try {
      diag.warn(
        `BufferedSpanProcessor: spans were lost (${numbers}); stats() has all numbers, onDrop is told each loss. ` +
          'Further losses are reported once a minute.',
      );
    } catch {
      // The application's own logger threw: there is nobody left to tell, and the counts stand.
    }
  }
}
