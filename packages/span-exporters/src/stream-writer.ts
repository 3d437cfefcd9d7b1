/** How long a flush waits for a pipe that nobody reads. */
const MAX_IDLE_WAIT_MILLIS = 5_000;

/** What is needed of a stream: `process.stdout`, or any other Node stream that can be written to. */
export interface ConsoleStream {
  /** Takes text, and calls back when it has left or failed. */
  write(text: string, callback?: (error?: Error | null) => void): unknown;
  /** Listens for failures. */
  on(event: 'error', listener: () => void): unknown;
  /** Stops listening. */
  removeListener(event: 'error', listener: () => void): unknown;
  /** Characters that wait in the stream; a stream that does not say is taken to have none. */
  readonly writableLength?: number | undefined;
  /** Whether it is a terminal. */
  readonly isTTY?: boolean | undefined;
  /** Its width, if it is a terminal. */
  readonly columns?: number | undefined;
  /** Whether the terminal has colours. */
  hasColors?: (() => boolean) | undefined;
}

/**
 * Writes text to a stream that belongs to the application, and keeps the stream's failures from the application.
 *
 * An `error` event that nobody listens to ends the process: a closed pipe (`app | head -1`) must not do that because of
 * telemetry. So there is a listener, but only while a write of ours is on its way: the application's own writes fail as
 * they would without us.
 */
export class StreamWriter {
  readonly #stream: ConsoleStream;
  readonly #onFailure: (error: unknown) => void;
  readonly #pending = new Set<Promise<void>>();
  readonly #ignore = () => {};

  constructor(stream: ConsoleStream, onFailure: (error: unknown) => void) {
    this.#stream = stream;
    this.#onFailure = onFailure;
  }

  /** Hands text to the stream. Never throws; a failure is reported once. */
  write(text: string): void {
    const written = new Promise<void>((resolve) => {
      const finish = (error?: Error | null) => {
        if (error) this.#onFailure(error);
        resolve();
      };
      if (this.#pending.size === 0) this.#stream.on('error', this.#ignore);
      try {
        this.#stream.write(text, finish);
        // Applications replace process.stdout.write by functions that know nothing of callbacks.
        if (!this.#stream.writableLength) setImmediate(finish);
      } catch (error) {
        finish(error instanceof Error ? error : new Error('The stream threw'));
      }
    });
    this.#pending.add(written);
    // The stream calls back first and emits the same error after: the listener stays until then.
    void written.then(() => setImmediate(() => this.#settle(written)));
  }

  /** Resolves when the stream has taken what was written before, or after five seconds if it takes nothing. Never rejects. */
  async idle(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const givenUp = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, MAX_IDLE_WAIT_MILLIS).unref();
    });
    await Promise.race([Promise.all(this.#pending), givenUp]);
    clearTimeout(timer);
  }

  #settle(written: Promise<void>): void {
    this.#pending.delete(written);
    if (this.#pending.size === 0) this.#stream.removeListener('error', this.#ignore);
  }
}
