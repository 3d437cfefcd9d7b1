/** Wakes those who wait for something to change. */
export class ChangeSignal {
  #waiting: (() => void)[] = [];

  /** Resolves at the next change, or after `millis`; its timer keeps the process alive. */
  next(millis: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, millis));
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  changed(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
