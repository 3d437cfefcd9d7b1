import type { SpanLike } from '@genspan/span-processor-base';

/**
 * Reads the table of prices once a span of a GenAI operation has started: behind what the application does then, which is to
 * send a request, so that the time of reading is spent while the model works.
 */
export class PriceTableWarmUp {
  #isDue: boolean;
  readonly #load: () => void;

  /**
   * @param isDue - whether the table is still to be read
   * @param load - never throws
   */
  constructor(isDue: boolean, load: () => void) {
    this.#isDue = isDue;
    this.#load = load;
  }

  onStart(span: Pick<SpanLike, 'attributes'>): void {
    if (!this.#isDue || span.attributes['gen_ai.operation.name'] === undefined) return;
    this.#isDue = false;
    // A process that has nothing else to do ends without it.
    setImmediate(this.#load).unref();
  }
}
