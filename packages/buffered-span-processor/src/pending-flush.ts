import type { LossReason } from '@genspan/span-processor-base';
import type { BatchExport } from './batch-export.js';
import type { ExportOutcome } from './export-outcome.js';

/** A flush that waits until all spans that were there when it began have left and been answered for. */
export class PendingFlush {
  readonly finished: Promise<void>;
  #finish: () => void = () => {};
  readonly #lost = new Map<LossReason, number>();
  #exported = 0;

  /** @param throughSequence - of the last span that it waits for; those that come later do not prolong it */
  constructor(readonly throughSequence: number) {
    this.finished = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  /** Whether it waits for this batch. */
  covers({ firstSequence }: Pick<BatchExport, 'firstSequence'>): boolean {
    return firstSequence <= this.throughSequence;
  }

  /** Notes what became of a batch that it waited for. */
  note({ delivered, losses }: ExportOutcome): void {
    this.#exported += delivered;
    for (const { reason, count } of losses) {
      // What a filter of the application's leaves out is meant to be left out.
      if (reason !== 'filtered') this.#lost.set(reason, (this.#lost.get(reason) ?? 0) + count);
    }
  }

  finish(): void {
    this.#finish();
  }

  /**
   * What went wrong, in one error; `undefined` when nothing did.
   *
   * @param waiting - spans that have not been answered for
   */
  error(waiting: number): Error | undefined {
    const lost = [...this.#lost.values()].reduce((sum, count) => sum + count, 0);
    if (lost === 0 && waiting === 0) return undefined;
    const reasons = [...this.#lost].map(([reason, count]) => `${reason} ${count}`).join(', ');
    const parts = [
      ...(lost > 0 ? [`lost: ${lost} (${reasons})`] : []),
      ...(waiting > 0 ? [`not answered for in time: ${waiting}`] : []),
      `exported: ${this.#exported}`,
    ];
    return new Error(`BufferedSpanProcessor: spans ${parts.join(', ')}`);
  }
}
