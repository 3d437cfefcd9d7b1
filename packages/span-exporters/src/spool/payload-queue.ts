import type { SpanLoss } from '@genspan/span-processor-base';
import type { SpoolDirectory } from './spool-directory.js';
import type { SpoolFile } from './spool-file.js';
import type { SpoolFolder, SpoolTotals } from './spool-folder.js';

/** A payload that was accepted and is neither delivered nor lost. */
export interface PendingPayload {
  readonly file: SpoolFile;
  /** Where it is stored; absent when it is only in memory. */
  readonly folder: SpoolFolder | undefined;
  /** Absent when it has to be read. */
  readonly bytes: Buffer | undefined;
  /** How often it was sent in vain. */
  readonly attempts: number;
  /** By `performance.now()`. */
  readonly notBeforeMillis: number;
  /** Told once how it ended, if somebody waits for that: the caller of an export that is only in memory. */
  readonly onEnd?: (losses: readonly SpanLoss[]) => void;
}

/**
 * Payloads put off because a receiver did not take them, at most. A few, so that one that is never taken does not hold the
 * others; not more, because while a receiver is down each attempt would put off another.
 */
const MAX_PUT_OFF = 16;

/** What waits to be sent, the oldest first: in the folders of a spool, and in memory when the disk fails. */
export class PayloadQueue {
  readonly #directory: SpoolDirectory;
  #inMemory: PendingPayload[] = [];
  #putOff: PendingPayload[] = [];

  constructor(directory: SpoolDirectory) {
    this.#directory = directory;
  }

  /** What is only in memory and waits. */
  get inMemory(): SpoolTotals {
    const totals = { files: 0, bytes: 0, spans: 0 };
    for (const { file, folder } of [...this.#inMemory, ...this.#putOff]) {
      if (folder !== undefined) continue;
      totals.files += 1;
      totals.bytes += file.byteLength;
      totals.spans += file.spanCount;
    }
    return totals;
  }

  /** Adds one that is only in memory. */
  addInMemory(payload: PendingPayload): void {
    this.#inMemory.push(payload);
  }

  /** Takes all that are only in memory and not being sent. */
  takeInMemory(): PendingPayload[] {
    const taken = [...this.#inMemory, ...this.#putOff.filter(({ folder }) => folder === undefined)];
    this.#inMemory = [];
    this.#putOff = this.#putOff.filter(({ folder }) => folder !== undefined);
    return taken.sort(byAge);
  }

  /** Puts one off that was sent in vain. */
  putOff(payload: PendingPayload): void {
    this.#putOff.push(payload);
    this.#putOff.sort(byAge);
  }

  /** Lets everything that was put off be sent at once. */
  endPauses(): void {
    this.#putOff = this.#putOff.map((payload) => ({ ...payload, notBeforeMillis: 0 }));
  }

  /** Drops what was put off of a folder that belongs to somebody else now. */
  forget(folder: SpoolFolder): void {
    this.#putOff = this.#putOff.filter((payload) => payload.folder !== folder);
  }

  /** When the next of those put off may be sent, by `performance.now()`. */
  nextDueMillis(): number | undefined {
    return this.#putOff.length === 0 ? undefined : Math.min(...this.#putOff.map((payload) => payload.notBeforeMillis));
  }

  /** Takes the oldest that may be sent now. */
  async takeNext(): Promise<PendingPayload | undefined> {
    const now = performance.now();
    const due = this.#putOff.findIndex((payload) => payload.notBeforeMillis <= now);
    if (due >= 0) return this.#putOff.splice(due, 1)[0];
    if (this.#putOff.length >= MAX_PUT_OFF) return undefined;
    const folder = await this.#folderOfOldest();
    const [inMemory] = this.#inMemory;
    const oldest = folder?.oldest();
    if (inMemory !== undefined && (oldest === undefined || inMemory.file.name < oldest.name)) {
      return this.#inMemory.shift();
    }
    return folder === undefined ? undefined : take(folder);
  }

  /** Takes the oldest that is stored and not being sent. */
  async takeOldestStored(): Promise<PendingPayload | undefined> {
    const folder = await this.#folderOfOldest();
    const oldest = folder?.oldest();
    const index = this.#putOff.findIndex((payload) => payload.folder !== undefined);
    const putOff = this.#putOff[index];
    if (putOff !== undefined && (oldest === undefined || putOff.file.name < oldest.name)) {
      this.#putOff.splice(index, 1);
      return putOff;
    }
    return folder === undefined ? undefined : take(folder);
  }

  /** The creation time of the oldest that is stored and known. */
  oldestStoredMillis(): number | undefined {
    const files = this.#directory.folders.map((folder) => folder.oldest()?.createdMillis);
    const putOff = this.#putOff.filter(({ folder }) => folder !== undefined).map(({ file }) => file.createdMillis);
    const times = [...files, ...putOff].filter((millis) => millis !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  async #folderOfOldest(): Promise<SpoolFolder | undefined> {
    let found: SpoolFolder | undefined;
    for (const folder of this.#directory.folders) {
      if (folder.needsScan) await this.#directory.rescan(folder);
      const oldest = folder.oldest();
      const best = found?.oldest();
      if (oldest !== undefined && (best === undefined || oldest.name < best.name)) found = folder;
    }
    return found;
  }
}

function take(folder: SpoolFolder): PendingPayload | undefined {
  const taken = folder.takeOldest();
  return taken === undefined ? undefined : { ...taken, folder, attempts: 0, notBeforeMillis: 0 };
}

function byAge(a: PendingPayload, b: PendingPayload): number {
  return a.file.name < b.file.name ? -1 : 1;
}
