/** Counts work that is going on, and tells when none is. */
export class IdleGate {
  #active = 0;
  #waiting: (() => void)[] = [];

  /** Begins one piece of work; the function that is returned ends it, once. */
  enter(): () => void {
    this.#active += 1;
    let isEntered = true;
    return () => {
      if (!isEntered) return;
      isEntered = false;
      this.#active -= 1;
      if (this.#active > 0) return;
      for (const resolve of this.#waiting.splice(0)) resolve();
    };
  }

  /**
   * Resolves with true when nothing is going on, or with false after `timeoutMillis`. Meanwhile the process stays alive:
   * somebody waits for this.
   */
  async idle(timeoutMillis: number): Promise<boolean> {
    if (this.#active === 0) return true;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), timeoutMillis);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }
}
