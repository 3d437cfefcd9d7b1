/**
 * Writes text to a stream that belongs to the application, and keeps the stream's failures from the application.
 *
 * An `error` event that nobody listens to ends the process: a closed pipe (`app | head -1`) must not do that because of
 * telemetry. So there is a listener, but only while a write of ours is on its way: the application's own writes fail as
 * they would without us.
 */
export class StreamWriter {
  readonly #stream: NodeJS.WritableStream;
  readonly #onFailure: (error: unknown) => void;
  readonly #pending = new Set<Promise<void>>();
  readonly #ignore = () => {};

  constructor(stream: NodeJS.WritableStream, onFailure: (error: unknown) => void) {
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
      } catch (error) {
        finish(error instanceof Error ? error : new Error('The stream threw'));
      }
    });
    this.#pending.add(written);
    // The stream calls back first and emits the same error after: the listener stays until then.
    void written.then(() => setImmediate(() => this.#settle(written)));
  }

  /** Resolves when the stream has taken what was written before. Never rejects. */
  async idle(): Promise<void> {
    await Promise.all(this.#pending);
  }

  #settle(written: Promise<void>): void {
    this.#pending.delete(written);
    if (this.#pending.size === 0) this.#stream.removeListener('error', this.#ignore);
  }
}
