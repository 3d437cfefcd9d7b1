import type { Telemetry } from './telemetry.js';

/**
 * Flushes when the process or worker thread has nothing left to do, and when it exits.
 *
 * `beforeExit` leaves time to send. `exit` does not: after `process.exit()` or an uncaught exception only exporters that
 * write at once still get something.
 */
export class NaturalEnd {
  readonly #telemetry: Telemetry;
  #flushedActivity: number | undefined;

  constructor(telemetry: Telemetry) {
    this.#telemetry = telemetry;
  }

  install(): void {
    process.on('beforeExit', this.#onBeforeExit);
    process.on('exit', this.#onExit);
  }

  uninstall(): void {
    process.off('beforeExit', this.#onBeforeExit);
    process.off('exit', this.#onExit);
  }

  // Node emits `beforeExit` again after the flush, as after any work that a listener of the application starts there. It
  // goes on until nothing new was recorded. Calls that are open when nothing is under way any more can never end.
  readonly #onBeforeExit = (): void => {
    if (!this.#hasNews()) this.#telemetry.endOpenOperations();
    if (!this.#hasNews()) return;
    this.#flushedActivity = this.#telemetry.activity;
    void this.#telemetry.forceFlush();
  };

  readonly #onExit = (): void => {
    this.#telemetry.flushWithoutWaiting();
  };

  #hasNews(): boolean {
    return this.#telemetry.activity !== this.#flushedActivity;
  }
}
