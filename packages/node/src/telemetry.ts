import { diag } from '@opentelemetry/api';
import { describeError } from './diagnostics.js';
import type { UnheldWork } from './unheld-work.js';

/** The parts of a running SDK, as far as their end is concerned. */
export interface TelemetryParts {
  /** Changes whenever a span has started or ended. */
  activity(): number;
  /** Ends what has been started and can no longer end by itself. Must not throw. */
  endOpenOperations(): void;
  /** Hands everything recorded so far to the exporters. May reject. */
  forceFlush(): Promise<void>;
  /** Stores without waiting what exporters can store so. Must not throw. */
  flushSync(): void;
  /** Flushes and stops. May reject. */
  shutdown(): Promise<void>;
}

/**
 * Telemetry that runs: what it is asked to finish never rejects and never takes longer than the bound.
 *
 * A failure, or the bound, is one `diag` warning; what had neither left nor been stored by then is lost.
 */
export class Telemetry {
  readonly #parts: TelemetryParts;
  readonly #unheld: UnheldWork;
  readonly #timeoutMillis: number;
  #shutdown: Promise<void> | undefined;

  /** @param timeoutMillis - longest time of a flush; it holds the process that long, and `unheld` work does not */
  constructor(parts: TelemetryParts, unheld: UnheldWork, timeoutMillis: number) {
    this.#parts = parts;
    this.#unheld = unheld;
    this.#timeoutMillis = timeoutMillis;
  }

  get isShutdown(): boolean {
    return this.#shutdown !== undefined;
  }

  /** Exports what has ended. The telemetry goes on. */
  forceFlush(): Promise<void> {
    return this.#shutdown ?? this.#bounded('flush', () => this.#parts.forceFlush());
  }

  /** Ends open operations, exports everything and stops. The second call gives the promise of the first. */
  shutdown(): Promise<void> {
    this.#shutdown ??= this.#bounded('last flush', async () => {
      this.#parts.endOpenOperations();
      await this.#parts.shutdown();
    });
    return this.#shutdown;
  }

  /** Changes whenever a span has started or ended. */
  get activity(): number {
    return this.#parts.activity();
  }

  /** Ends the spans of calls that can no longer end by themselves. */
  endOpenOperations(): void {
    if (!this.isShutdown) this.#parts.endOpenOperations();
  }

  /** The process exits now: what exporters can do without waiting, they do. */
  flushWithoutWaiting(): void {
    if (!this.isShutdown) {
      this.#parts.endOpenOperations();
      // The stages hand on what they hold before they wait for anything.
      this.#unheld.run(() => this.#parts.forceFlush()).catch(() => undefined);
    }
    this.#parts.flushSync();
  }

  async #bounded(name: string, work: () => Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<'time up'>((resolve) => {
      timer = setTimeout(() => resolve('time up'), this.#timeoutMillis);
    });
    try {
      const running = this.#unheld.run(work);
      // Nobody waits for it any more when the time is up.
      running.catch(() => undefined);
      if ((await Promise.race([running, timeUp])) !== 'time up') return;
      this.#unheld.giveUp();
      diag.warn(
        `The ${name} took longer than ${this.#timeoutMillis} ms and was given up; what was neither sent nor stored is lost`,
      );
    } catch (error) {
      diag.warn(`The ${name} failed; what was neither sent nor stored is lost: ${describeError(error)}`);
    } finally {
      clearTimeout(timer);
    }
  }
}
