import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ExportError } from '../export-error.js';
import { systemErrorCode } from '../system-error-code.js';
import type { MemoryBudget } from './memory-budget.js';
import type { PendingPayload } from './payload-queue.js';
import type { SetAsideFolder } from './set-aside-folder.js';
import type { SpoolDirectory } from './spool-directory.js';
import type { SpoolFile } from './spool-file.js';
import type { SpoolFolder } from './spool-folder.js';
import type { SpoolLedger } from './spool-ledger.js';

/** The end of payloads: deleted when they are dealt with, set aside when somebody should look at them. Never throws. */
export class PayloadDisposal {
  readonly #directory: SpoolDirectory;
  readonly #ledger: SpoolLedger;
  readonly #memory: MemoryBudget;
  /** Dealt with, but the system did not delete them: they are not sent again by this process. */
  #undeleted: { folder: SpoolFolder; file: SpoolFile }[] = [];
  /** Where payloads were stored, for a process that exits, that were on their way and only in memory. By name. */
  readonly #copies = new Map<string, SpoolFolder>();

  constructor(directory: SpoolDirectory, ledger: SpoolLedger, memory: MemoryBudget) {
    this.#directory = directory;
    this.#ledger = ledger;
    this.#memory = memory;
  }

  /** It is dealt with: nothing of it is kept. */
  async delete(payload: PendingPayload): Promise<void> {
    const { file, folder } = payload;
    this.#release(payload);
    payload.onEnd?.([]);
    const copy = this.#copies.get(file.name);
    this.#copies.delete(file.name);
    if (copy !== undefined) await this.#unlink(copy, file);
    if (folder === undefined) return;
    folder.settle(file);
    await this.#unlink(folder, file);
  }

  /** The receiver will never take it: it is lost, and stays in `failed/`. */
  refuse(payload: PendingPayload, error: Error): Promise<void> {
    return this.#loseTo(this.#directory.failed, payload, error);
  }

  /** It is not what it should be: it is lost, and stays in `corrupt/`. */
  async loseCorrupt(payload: PendingPayload, error: Error): Promise<void> {
    this.#ledger.fileFailed('read', error);
    this.#ledger.counts.corruptFiles += 1;
    await this.#loseTo(this.#directory.corrupt, payload, error);
  }

  /** Somebody else deleted it. */
  loseMissing({ file, folder }: PendingPayload, error: Error): void {
    this.#ledger.fileFailed('read', error);
    this.#ledger.lost('export_failed', file.spanCount, error);
    folder?.settle(file);
    folder?.remove(file);
  }

  /** It is lost to make room, or because of its age. */
  async evict(payload: PendingPayload): Promise<void> {
    this.#ledger.lost('evicted', payload.file.spanCount, EVICTED, payload.onEnd);
    await this.delete(payload);
  }

  /** Remembers that a payload, which is only in memory otherwise, has a copy that is to go when it arrives. */
  noteCopy(file: SpoolFile, folder: SpoolFolder): void {
    this.#copies.set(file.name, folder);
  }

  /** Tries again to delete what could not be deleted. */
  async deleteLeftovers(): Promise<void> {
    const leftovers = this.#undeleted;
    this.#undeleted = [];
    for (const { folder, file } of leftovers) await this.#unlink(folder, file);
  }

  async #loseTo(target: SetAsideFolder, payload: PendingPayload, error: Error): Promise<void> {
    const { file, folder, onEnd } = payload;
    this.#ledger.lost('export_failed', file.spanCount, error, onEnd);
    if (folder === undefined) return this.delete(payload);
    this.#release(payload);
    folder.settle(file);
    try {
      await target.put(folder.path, file.name, file.byteLength);
      folder.remove(file);
    } catch (thrown) {
      this.#ledger.fileFailed('set aside', thrown);
      await this.#unlink(folder, file);
    }
  }

  async #unlink(folder: SpoolFolder, file: SpoolFile): Promise<void> {
    try {
      await unlink(join(folder.path, file.name));
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') {
        this.#ledger.fileFailed('delete', error);
        this.#undeleted.push({ folder, file });
        return;
      }
    }
    folder.remove(file);
  }

  #release({ bytes }: PendingPayload): void {
    if (bytes !== undefined) this.#memory.giveBack(bytes.length);
  }
}

const EVICTED = new ExportError('The spool was full or the spans too old', { retryable: false });
