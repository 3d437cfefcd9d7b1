import type { GenAIOperation, GenAIRecorder, OperationEnd, ResponseOutcome } from '@genspan/genai-operation';
import type { ClientOperation, StreamReader } from './client-operation.js';
import { failureOf, isAbort } from './failure.js';

/** Called with the parsed result of a call, before the caller gets it. */
export type ResultHook = (result: unknown) => void;

/**
 * One call to the client, from the observers of its promise and its stream to the operation that records it. It holds
 * neither the promise nor the stream, so that both can be collected when the application lets go of them.
 */
export class ObservedCall {
  readonly operation: GenAIOperation;
  /** Whether the caller did not ask for the usage that this stream carries. */
  hidesUsageChunk = false;
  readonly #recorder: GenAIRecorder;
  readonly #translation: ClientOperation;
  readonly #onResult: ResultHook | undefined;
  #respondedAt: number | undefined;
  #reader: StreamReader | undefined;

  constructor(
    recorder: GenAIRecorder,
    operation: GenAIOperation,
    translation: ClientOperation,
    onResult: ResultHook | undefined,
  ) {
    this.#recorder = recorder;
    this.operation = operation;
    this.#translation = translation;
    this.#onResult = onResult;
    operation.partial = () => ({ endedAt: this.#respondedAt, ...this.#reader?.end() });
  }

  /** The HTTP response has arrived; its body is not read yet. */
  responded(): void {
    this.#respondedAt = performance.now();
  }

  /** The call, or reading its response, failed with what the caller gets. */
  failed(exception: unknown): void {
    if (this.operation.ended) return;
    const failure = failureOf(exception);
    this.operation.end({ ...this.#gathered(), failure, outcome: isAbort(exception) ? 'aborted' : undefined });
  }

  /** The caller gets this value, and it is all of the response. */
  completed(value: unknown): void {
    if (this.operation.ended) return;
    this.#recorder.guard('running the response hook', () => this.#onResult?.(value));
    this.operation.end(this.#recorder.guard('reading a response', () => this.#translation.response(value)));
  }

  /** The caller gets a stream. */
  streaming(stream: unknown): boolean {
    if (this.operation.ended) return false;
    const options = { capturesContent: this.operation.capturesContent };
    this.#reader = this.#recorder.guard('making a stream reader', () => this.#translation.stream?.(options));
    this.#recorder.guard('running the response hook', () => this.#onResult?.(stream));
    return true;
  }

  /** The caller has pulled a chunk. */
  chunk(chunk: unknown): void {
    if (this.operation.ended) return;
    this.operation.chunk();
    try {
      this.#reader?.add(chunk);
    } catch (error) {
      this.#recorder.failures.count('reading a chunk', error);
    }
  }

  /** The stream is over, for the given reason when it was cut short. */
  streamEnded(outcome?: ResponseOutcome): void {
    if (!this.operation.ended) this.operation.end({ outcome, ...this.#gathered() });
  }

  /** The caller took the raw HTTP response and does not have the client parse it. */
  takenRaw(): void {
    if (!this.operation.ended) this.operation.end({ outcome: 'raw', endedAt: this.#respondedAt });
  }

  /** From now on, `holder` being garbage means that nobody will read the response. */
  endWhenCollected(holder: object): void {
    this.#recorder.open.endWhenCollected(holder, this.operation);
  }

  /** Undoes {@link endWhenCollected}. */
  keep(): void {
    this.#recorder.open.forget(this.operation);
  }

  #gathered(): OperationEnd | undefined {
    return this.#recorder.guard('reading a partial response', () => this.#reader?.end());
  }
}
