import type { GenAIOperation, OperationEnd, OperationSource, ResponseOutcome } from '@genspan/genai-operation';
import type { ClientOperation, StreamReader } from './client-operation.js';
import { failureOf, isAbort } from './failure.js';
import type { Observer } from './observe-method.js';

/**
 * One call to the client, from the observers of its promise and its stream to the operation that records it. It holds
 * neither the promise nor the stream, so that both can be collected when the application lets go of them. No method
 * throws.
 */
export class ObservedCall implements OperationSource {
  readonly operation: GenAIOperation;
  /** Whether the caller did not ask for the usage that this stream carries. */
  hidesUsageChunk = false;
  readonly #observer: Observer;
  readonly #translation: ClientOperation;
  #respondedAt: number | undefined = undefined;
  #reader: StreamReader | undefined = undefined;
  #heldByResponse = false;

  constructor(observer: Observer, operation: GenAIOperation, translation: ClientOperation) {
    this.operation = operation;
    this.#observer = observer;
    this.#translation = translation;
    operation.source = this;
  }

  /** The HTTP response has arrived; its body is not read yet. */
  responded(): void {
    this.#respondedAt = performance.now();
  }

  /** The call, or reading its response, failed with what the caller gets. */
  failed(exception: unknown): void {
    if (this.operation.ended) return;
    const failure = this.#guard('reading a failure', () => failureOf(exception)) ?? UNKNOWN_FAILURE;
    const outcome = this.#guard('reading a failure', () => isAbort(exception)) === true ? 'aborted' : undefined;
    this.operation.end({ ...this.#gathered(), failure, outcome });
  }

  /** The caller gets this value, and it is all of the response. */
  completed(value: unknown): void {
    if (this.operation.ended) return;
    this.#runResponseHook(value);
    let end: OperationEnd | undefined;
    try {
      end = this.#translation.response(value);
    } catch (error) {
      this.#observer.recorder.failures.count('reading a response', error);
    }
    this.operation.end(end);
  }

  /** The caller gets a stream. */
  streaming(stream: unknown): boolean {
    if (this.operation.ended) return false;
    const options = { capturesContent: this.operation.capturesContent };
    this.#reader = this.#guard('making a stream reader', () => this.#translation.stream?.(options));
    this.#runResponseHook(stream);
    return true;
  }

  /** The caller has pulled a chunk. */
  chunk(chunk: unknown): void {
    if (this.operation.ended) return;
    this.operation.chunk();
    try {
      this.#reader?.add(chunk);
    } catch (error) {
      this.#observer.recorder.failures.count('reading a chunk', error);
    }
  }

  /** The stream is over, for the given reason when it was cut short. */
  streamEnded(outcome?: ResponseOutcome): void {
    if (this.operation.ended) return;
    const isWhole =
      outcome === 'broken_off' && this.#guard('reading a response', () => this.#reader?.complete) === true;
    this.operation.end({ outcome: isWhole ? undefined : outcome, ...this.#gathered() });
  }

  /** What the caller got cannot be observed, as an object that is frozen. */
  unobservable(error: unknown): void {
    this.#observer.recorder.failures.count('observing a response', error);
    this.operation.end({ outcome: 'raw' });
  }

  /** The caller took the raw HTTP response and does not have the client parse it. */
  takenRaw(): void {
    if (!this.operation.ended) this.operation.end({ outcome: 'raw', endedAt: this.#respondedAt });
  }

  /** From now on, `holder` being garbage means that nobody will read the response. */
  endWhenCollected(holder: object): void {
    this.#heldByResponse = true;
    this.#observer.recorder.open.endWhenCollected(holder, this.operation);
  }

  /** Undoes {@link endWhenCollected}. */
  keep(): void {
    if (!this.#heldByResponse) return;
    this.#heldByResponse = false;
    this.#observer.recorder.open.forget(this.operation);
  }

  /** What was seen so far, for an operation that is abandoned. */
  partial(): OperationEnd {
    return { endedAt: this.#respondedAt, ...this.#gathered() };
  }

  #gathered(): OperationEnd | undefined {
    return this.#reader && this.#guard('reading a partial response', () => this.#reader?.end());
  }

  #runResponseHook(result: unknown): void {
    const { responseHook } = this.#observer;
    if (responseHook === undefined) return;
    this.#guard('running the response hook', () => responseHook(this.operation.span, result));
  }

  #guard<T>(cause: string, work: () => T): T | undefined {
    return this.#observer.recorder.guard(cause, work);
  }
}

const UNKNOWN_FAILURE = failureOf(undefined);
