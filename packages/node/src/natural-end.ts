import type { Telemetry } from './telemetry.js';

/**
 * Flushes when the process or worker thread has nothing left to do, and when it exits.
 *
 * `beforeExit` leaves time to send. `exit` does not: after `process.exit()` or an uncaught exception only exporters that
 * write at once still get something.
 */
export class NaturalEnd {
  readonly #telemetry: Telemetry;
  #flushed = false;

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

  // Node emits `beforeExit` again after work that a listener started, such as this flush: it answers every other one, so
  // that work which the application starts at its end is flushed too, and the process ends.
  readonly #onBeforeExit = (): void => {
    if (this.#flushed) {
      this.#flushed = false;
      return;
    }
    this.#flushed = true;
    void this.#telemetry.flushAtIdle();
  };

  readonly #onExit = (): void => {
    this.#telemetry.flushWithoutWaiting();
  };
}
