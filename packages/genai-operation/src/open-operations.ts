import type { GenAIOperation } from './genai-operation.js';

/**
 * The operations that have started and not ended: those of a recorder that is shut down end then, and those whose
 * response was let go by the application unread end when it is collected.
 */
export class OpenOperations {
  readonly #open = new Set<GenAIOperation>();
  readonly #collected = new FinalizationRegistry<GenAIOperation>((operation) => operation.abandon());

  add(operation: GenAIOperation): void {
    this.#open.add(operation);
  }

  delete(operation: GenAIOperation): void {
    this.#open.delete(operation);
  }

  /**
   * Ends `operation` when `holder` is garbage.
   *
   * @param holder - what the application must hold to go on with the response; `operation` must not refer to it
   */
  endWhenCollected(holder: object, operation: GenAIOperation): void {
    this.#collected.register(holder, operation, operation);
  }

  /** Undoes {@link endWhenCollected}. */
  forget(operation: GenAIOperation): void {
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
