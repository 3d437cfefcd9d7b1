import type { Attributes, BatchObservableResult, Counter, Meter, Observable } from '@opentelemetry/api';

/**
 * A counter that is told totals, each time a reader collects, and adds what is new.
 *
 * An observable counter would be told totals, too; but of those a view that drops an attribute keeps only the last, and
 * the SDK's cardinality limit mixes up their differences (seen on SDK 2.12 and 3.1).
 */
export class CollectedCounter {
  readonly #counter: Counter;
  readonly #reached = new Map<string, number>();

  constructor(counter: Counter) {
    this.#counter = counter;
  }

  /**
   * Adds what `total` is above the total of the last time.
   *
   * @param total - since construction; 0 makes no series
   * @param attributes - from a small set, always in the same order of keys
   */
  reach(total: number, attributes: Attributes): void {
    const series = JSON.stringify(attributes);
    const added = total - (this.#reached.get(series) ?? 0);
    if (added <= 0) return;
    this.#reached.set(series, total);
    this.#counter.add(added, attributes);
  }
}

/**
 * Runs `work` each time a reader collects, before the meter's points are taken.
 *
 * @param name - of an instrument that is never observed and so never exported; unique in the meter
 * @param observables - those that `work` observes
 */
export function onCollection(
  meter: Meter,
  name: string,
  work: (observer: BatchObservableResult) => void,
  observables: Observable[] = [],
): void {
  meter.addBatchObservableCallback(work, [meter.createObservableGauge(name), ...observables]);
}
