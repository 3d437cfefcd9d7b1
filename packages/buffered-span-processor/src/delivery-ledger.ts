import { FailureCounter, absorbRejection, withoutTracing } from '@genspan/span-processor-base';
import type { LossReason, ReadableSpanLike, SpanLoss } from '@genspan/span-processor-base';
import type { ExportOutcome } from './export-outcome.js';
import { LossWarning } from './loss-warning.js';

/** Who is told of losses and of exports that failed. */
export interface DeliveryHooks {
  readonly onDrop: ((loss: SpanLoss) => void) | undefined;
  readonly onError: ((error: Error) => void) | undefined;
}

/** Counts what became of the spans, and tells each loss. Counts are complete before anybody is told. */
export class DeliveryLedger {
  readonly #hooks: DeliveryHooks;
  readonly #hookFailures = new FailureCounter('BufferedSpanProcessor', 'the loss is counted all the same');
  readonly #warning = new LossWarning();
  readonly #lostByReason = new Map<LossReason, number>();
  received = 0;
  exported = 0;
  lost = 0;
  /** Of those lost by `shutdown`, the spans that ended after it. */
  endedAfterShutdown = 0;
  failedExports = 0;
  succeededExports = 0;
  lateResults = 0;
  /** Whether the export that ended last worked; true before the first. */
  lastExportWorked = true;

  constructor(hooks: DeliveryHooks) {
    this.#hooks = hooks;
  }

  /** What `onDrop` and `onError` threw. */
  get hookFailures(): number {
    return this.#hookFailures.total;
  }

  lostByReason(): Partial<Record<LossReason, number>> {
    return Object.fromEntries(this.#lostByReason);
  }

  /** A span was lost before any exporter had it. */
  lose(reason: LossReason, span: ReadableSpanLike): void {
    this.#count(reason, 1);
    this.#warning.add(reason, 1);
    if (this.#hooks.onDrop !== undefined) this.#tell('onDrop', this.#hooks.onDrop, { reason, count: 1, spans: [span] });
  }

  /** Several spans were lost at once before any exporter had them. */
  loseAll(reason: LossReason, spans: readonly ReadableSpanLike[]): void {
    const loss = { reason, count: spans.length, spans };
    this.#count(reason, loss.count);
    this.#warning.add(reason, loss.count);
    if (this.#hooks.onDrop !== undefined) this.#tell('onDrop', this.#hooks.onDrop, loss);
  }

  /** An export ended. */

  settle({ delivered, losses, error }: ExportOutcome): void {
    this.exported += delivered;
    this.lastExportWorked = error === undefined;
    if (error === undefined) this.succeededExports += 1;
    else this.failedExports += 1;
    for (const { reason, count } of losses) this.#count(reason, count);
    for (const { reason, count } of losses) this.#warning.add(reason, count);
    const { onDrop, onError } = this.#hooks;
    if (onDrop !== undefined) for (const loss of losses) this.#tell('onDrop', onDrop, loss);
    if (onError !== undefined && error !== undefined) this.#tell('onError', onError, error);
  }

  /** Says in the log what was not said yet. */
  close(): void {
    this.#warning.end();
  }

  #count(reason: LossReason, count: number): void {
    this.lost += count;
    this.#lostByReason.set(reason, (this.#lostByReason.get(reason) ?? 0) + count);
  }

  #tell<Told>(name: string, hook: (told: Told) => void, told: Told): void {
    try {
      // A hook that makes a span for each loss would otherwise make losses without end.
      absorbRejection(
        withoutTracing(() => hook(told)),
        name,
        this.#hookFailures,
      );
    } catch (error) {
      this.#hookFailures.record(name, error);
    }
  }
}
