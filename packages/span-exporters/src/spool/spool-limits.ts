import type { PayloadDisposal } from './payload-disposal.js';
import type { PayloadQueue } from './payload-queue.js';
import type { SpoolDirectory } from './spool-directory.js';

/** Keeps a spool within its bytes and its age. What is being sent is not touched. */
export class SpoolLimits {
  readonly #directory: SpoolDirectory;
  readonly #queue: PayloadQueue;
  readonly #disposal: PayloadDisposal;
  readonly #maxBytes: number;
  readonly #maxAgeMillis: number;

  constructor(
    parts: { directory: SpoolDirectory; queue: PayloadQueue; disposal: PayloadDisposal },
    limits: { maxBytes: number; maxAgeMillis: number },
  ) {
    this.#directory = parts.directory;
    this.#queue = parts.queue;
    this.#disposal = parts.disposal;
    this.#maxBytes = limits.maxBytes;
    this.#maxAgeMillis = limits.maxAgeMillis;
  }

  /**
   * Evicts the oldest files until all that there is fits. What other processes had at the last look counts, too; but each may
   * keep its share, so that a process that starts does not throw away what it has because of one that is full.
   *
   * @param writingBytes - of files that are about to be there
   */
  async makeRoom(writingBytes: number): Promise<void> {
    for (;;) {
      const own = this.#directory.pending.bytes + writingBytes;
      const { bytes, owners } = this.#directory.others;
      if (own + bytes <= this.#maxBytes || own <= this.#maxBytes / (owners + 1)) return;
      const oldest = await this.#queue.takeOldestStored();
      // What is left is on its way.
      if (oldest === undefined) return;
      await this.#disposal.evict(oldest);
    }
  }

  /** Evicts what has waited too long. */
  async evictOld(): Promise<void> {
    const limit = Date.now() - this.#maxAgeMillis;
    for (;;) {
      const oldest = this.#queue.oldestStoredMillis();
      if (oldest === undefined || oldest >= limit) break;
      const payload = await this.#queue.takeOldestStored();
      if (payload === undefined) break;
      await this.#disposal.evict(payload);
    }
    for (const payload of this.#queue.takeInMemory()) {
      if (payload.file.createdMillis < limit) await this.#disposal.evict(payload);
      else this.#queue.addInMemory(payload);
    }
  }
}
