import type { Context } from '@opentelemetry/api';
import type { LogEnabledQuery, LogRecordLike, LogRecordProcessorLike } from '@genspan/redaction-span-processor';
import { FailureCounter } from '@genspan/span-processor-base';
import type { UnheldWork } from './unheld-work.js';

/**
 * Stands where `NodeSDK` takes its log record processors, which is before what is behind it can be made.
 *
 * Nothing that is thrown behind it comes out of the application's `emit()`, and what a log record sets in motion, such as the
 * timer of its batch, does not keep the process alive.
 */
export class LateLogRecordProcessor implements LogRecordProcessorLike {
  readonly #unheld: UnheldWork;
  readonly #failures = new FailureCounter('genspan', 'the application goes on, log records may be lost');
  #delegate: LogRecordProcessorLike | undefined;

  constructor(unheld: UnheldWork) {
    this.#unheld = unheld;
  }

  /** Where log records go from now on. Those that came before are lost; `undefined` loses them all. */
  handTo(delegate: LogRecordProcessorLike | undefined): void {
    this.#delegate = delegate;
  }

  onEmit(logRecord: LogRecordLike, context?: Context): void {
    try {
      this.#unheld.run(() => this.#delegate?.onEmit(logRecord, context));
    } catch (error) {
      this.#failures.record('onEmit', error);
    }
  }

  /** Whether there is anyone to take such a log record. */
  enabled(options: LogEnabledQuery): boolean {
    if (this.#delegate === undefined) return false;
    try {
      return this.#delegate.enabled?.(options) ?? true;
    } catch (error) {
      this.#failures.record('enabled', error);
      return true;
    }
  }

  async forceFlush(): Promise<void> {
    await this.#delegate?.forceFlush();
  }

  async shutdown(): Promise<void> {
    await this.#delegate?.shutdown();
  }
}
