import type { GenAIOperation } from './genai-operation.js';
import { sharedState } from './shared-state.js';

/** Those with operations in them, of every recorder in the process and of both builds of this package. */
const IN_USE = sharedState('genspan.open-operations', () => new Set<OpenOperations>());

/**
 * The operations that have started and not ended: those of a recorder that is shut down end then, and those whose
 * response was let go by the application unread end when it is collected.
 */
export class OpenOperations {
  readonly #open = new Set<GenAIOperation>();
  readonly #collected = new FinalizationRegistry<GenAIOperation>((operation) => operation.abandon());

  add(operation: GenAIOperation): void {
    if (this.#open.size === 0) IN_USE.add(this);
    this.#open.add(operation);
  }

  delete(operation: GenAIOperation): void {
    if (this.#open.delete(operation) && this.#open.size === 0) IN_USE.delete(this);
    // Else what waits for a holder that the application keeps would keep the operation, and with it what was sent.
    this.forget(operation);
  }

  /**
   * Ends `operation` when `holder` is garbage.
   *
   * @param holder - what the application must hold to go on with the response; `operation` must not refer to it
   */
  endWhenCollected(holder: object, operation: GenAIOperation): void {
    operation.awaitsCollection = true;
    this.#collected.register(holder, operation, operation);
  }

  /** Undoes {@link endWhenCollected}. */
  forget(operation: GenAIOperation): void {
    // unregister() of what was never registered still costs as much as starting a span.
    if (!operation.awaitsCollection) return;
    operation.awaitsCollection = false;
    this.#collected.unregister(operation);
  }

  /** Ends all. */
  abandonAll(): void {
    for (const operation of [...this.#open]) operation.abandon();
  }

  get size(): number {
    return this.#open.size;
  }
}

/**
 * Ends the operations of every recorder in the process that have not ended, with what was seen of them. For a process
 * that is about to exit, before its providers are shut down.
 */
export function abandonOpenOperations(): void {
  for (const operations of [...IN_USE]) operations.abandonAll();
}
