import type { GenAIOperation } from './genai-operation.js';
import { sharedState } from './shared-state.js';

/** Those with operations in them, of every recorder in the process and of both builds of this package. */
const IN_USE = sharedState('genspan.open-operations', () => new Set<OpenOperations>());

/**
 * The operations that have started and not ended: those of a recorder that is shut down end then, and those whose
 * response was let go by the application unread end when it is collected.
 */
export class OpenOperations {
  /** A list through the operations themselves: adding to a Set and deleting costs several times as much. */
  #oldest: GenAIOperation | undefined = undefined;
  #latest: GenAIOperation | undefined = undefined;
  readonly #collected = new FinalizationRegistry<GenAIOperation>((operation) => operation.abandon());

  /** Once for each operation. */
  add(operation: GenAIOperation): void {
    const latest = this.#latest;
    if (latest === undefined) {
      this.#oldest = operation;
      IN_USE.add(this);
    } else {
      latest.next = operation;
      operation.previous = latest;
    }
    this.#latest = operation;
  }

  /** Once for each operation that was added. */
  delete(operation: GenAIOperation): void {
    const { previous, next } = operation;
    if (previous === undefined) this.#oldest = next;
    else previous.next = next;
    if (next === undefined) this.#latest = previous;
    else next.previous = previous;
    operation.previous = operation.next = undefined;
    if (this.#latest === undefined) IN_USE.delete(this);
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

  /** Ends all, the oldest first. */
  abandonAll(): void {
    while (this.#oldest !== undefined) this.#oldest.abandon();
  }

  /** How many there are; counted when asked for. */
  get size(): number {
    let size = 0;
    for (let operation = this.#oldest; operation !== undefined; operation = operation.next) size++;
    return size;
  }
}

/**
 * Ends the operations of every recorder in the process that have not ended, with what was seen of them. For a process
 * that is about to exit, before its providers are shut down.
 */
export function abandonOpenOperations(): void {
  for (const operations of [...IN_USE]) operations.abandonAll();
}
