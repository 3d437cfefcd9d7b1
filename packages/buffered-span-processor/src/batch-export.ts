import { withoutTracing } from '@genspan/span-processor-base';
import type { ReadableSpanLike, SpanExporterLike } from '@genspan/span-processor-base';
import { lostAll, readOutcome } from './export-outcome.js';
import type { ExportOutcome } from './export-outcome.js';
import { whenResourcesAreKnown } from './resource-wait.js';
import type { Batch } from './bounded-span-queue.js';

/** What a {@link BatchExport} tells. */
export interface BatchExportListener {
  /** Once: how the export ended. The numbers are final. */
  settled(batch: BatchExport, outcome: ExportOutcome): void;
  /** Once, at or after `settled`: another export may take this one's place. */
  released(answered: boolean): void;
  /** Once at most: the exporter answered after all, before or after its place was given to another. */
  answeredLate(released: boolean): void;
  /** Milliseconds that an export which has not answered in time keeps its place. */
  holdMillis(): number;
}

/** One export of one batch, from the wait for its resources to the exporter's answer or the end of the time it has. */
export class BatchExport {
  readonly size: number;
  readonly firstSequence: number;
  readonly #exporter: SpanExporterLike;
  readonly #timeoutMillis: number;
  readonly #listener: BatchExportListener;
  /** Let go once settled: an exporter that never answers keeps this object. */
  #spans: ReadableSpanLike[];
  #state: 'open' | 'settled' | 'released' = 'open';
  #answered = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(batch: Batch, exporter: SpanExporterLike, timeoutMillis: number, listener: BatchExportListener) {
    this.#spans = batch.spans;
    this.size = batch.spans.length;
    this.firstSequence = batch.firstSequence;
    this.#exporter = exporter;
    this.#timeoutMillis = timeoutMillis;
    this.#listener = listener;
  }

  /** Never throws; may settle before it returns. */
  start(): void {
    withoutTracing(() => whenResourcesAreKnown(this.#spans, () => this.#export()));
  }

  /** Counts the batch as lost for want of time; what the exporter answers later is late. */
  abandon(): void {
    if (this.#state !== 'open') return;
    const error = new Error('The exporter did not answer before the end of shutdown()');
    this.#settle(lostAll(this.#spans, 'shutdown', error));
    this.#release(false);
  }

  #export(): void {
    if (this.#state !== 'open') return;
    try {
      // A copy: an exporter may do with its array what it likes, and the losses are told from ours.
      const returned: unknown = this.#exporter.export([...this.#spans], (result) => this.#answer(result));
      // `async export()` is against the contract and found in the wild.
      if (returned instanceof Promise) returned.catch((error: unknown) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
    }
    if (this.#state !== 'open') return;
    this.#timer = setTimeout(() => this.#timeOut(), this.#timeoutMillis);
    this.#timer.unref();
  }

  #answer(result: unknown): void {
    this.#end(() => readOutcome(result, this.#spans));
  }

  #fail(thrown: unknown): void {
    const error = thrown instanceof Error ? thrown : new Error('The exporter threw something that is not an Error');
    this.#end(() => lostAll(this.#spans, 'export_failed', error));
  }

  /** The exporter is done with the batch; what it says after that does not count. */
  #end(outcome: () => ExportOutcome): void {
    if (this.#answered) return;
    this.#answered = true;
    if (this.#state === 'open') this.#settle(outcome());
    else this.#listener.answeredLate(this.#state === 'released');
    this.#release(true);
  }

  #timeOut(): void {
    const error = new Error(`The exporter did not answer within ${this.#timeoutMillis} ms`);
    this.#settle(lostAll(this.#spans, 'timeout', error));
    this.#timer = setTimeout(() => this.#release(false), this.#listener.holdMillis());
    this.#timer.unref();
  }

  #settle(outcome: ExportOutcome): void {
    clearTimeout(this.#timer);
    this.#state = 'settled';
    this.#spans = [];
    this.#listener.settled(this, outcome);
  }

  #release(answered: boolean): void {
    if (this.#state === 'released') return;
    this.#state = 'released';
    clearTimeout(this.#timer);
    this.#listener.released(answered);
  }
}
