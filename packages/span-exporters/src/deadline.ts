/**
 * One end for work of several steps.
 *
 * Its timer does not keep the process alive. When it is due late, because something else kept the process busy, what
 * arrived in the meantime is seen first.
 */
export class Deadline {
  readonly #timer: NodeJS.Timeout;
  #error: Error | undefined;
  #whenEnded: ((error: Error) => void) | undefined;

  /**
   * @param millis - from now
   * @param timeUp - makes the error that ends the work then
   */
  constructor(millis: number, timeUp: () => Error) {
    this.#timer = setTimeout(() => setImmediate(() => this.end(timeUp())), millis).unref();
  }

  /** Ends the step that is under way, and every later one, with this error. Only the first end counts. */
  end(error: Error): void {
    if (this.#error !== undefined) return;
    clearTimeout(this.#timer);
    this.#error = error;
    this.#whenEnded?.(error);
  }

  /** The work is done. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#whenEnded = undefined;
  }

  /** Begins a step: `whenEnded` is called if the end comes before the next step, at once if it has come. */
  onEnd(whenEnded: (error: Error) => void): void {
    this.#whenEnded = whenEnded;
    if (this.#error !== undefined) whenEnded(this.#error);
  }

  /** Waits for a step that cannot be stopped. */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.onEnd(reject);
      work.then(resolve, reject);
    });
  }
}
