import { lstatSync, readdirSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { lstat, readdir, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IdleGate } from './idle-gate.js';
import { isPayloadFile, isTemporaryPayloadFile, payloadFileName } from './payload-file-name.js';
import { PayloadIndex } from './payload-index.js';
import type { IndexedFile } from './payload-index.js';
import type { OtlpPayload } from './otlp/otlp-payload.js';
import { makeDirectory, makeDirectorySync } from './make-directory.js';
import { systemErrorCode } from './system-error-code.js';

/** Age beyond which a file that was being written is one of a process that died. */
const STALE_TEMPORARY_MILLIS = 60_000;

/** Where payloads are written, and how many. */
export interface PayloadDirectoryOptions {
  readonly path: string;
  readonly maxBytes: number;
  readonly maxFiles: number;
  /** Bytes that may wait for the disk. */
  readonly maxQueueBytes: number;
  /** Told of each payload that is not in the directory, and why. */
  onFailure(operation: string, error: unknown): void;
}

interface QueuedFile {
  readonly name: string;
  readonly payload: OtlpPayload;
  /** Called when it is on the disk, or lost. */
  readonly leave: () => void;
}

/**
 * A bounded directory with a file for each payload, mode 0600, which several processes may share.
 *
 * A file is written under another name and renamed, so that nobody reads half of one; it is not fsynced. Before one is
 * written, the oldest of ours are deleted until there is room; of a shared directory each process looks at what the others
 * wrote once a sixteenth of the limits is written. Files whose names are not ours are never touched.
 */
export class PayloadDirectory {
  readonly #options: PayloadDirectoryOptions;
  readonly #index: PayloadIndex;
  readonly #pending = new IdleGate();
  #queue: QueuedFile[] = [];
  #queuedBytes = 0;
  #isDraining = false;
  #writtenFiles = 0;
  #writtenBytes = 0;
  #deletedFiles = 0;
  #skippedFiles = 0;

  constructor(options: PayloadDirectoryOptions) {
    this.#options = options;
    this.#index = new PayloadIndex(options.maxBytes, options.maxFiles);
  }

  /** What was written, deleted to make room, and not written. */
  counts(): { writtenFiles: number; writtenBytes: number; deletedFiles: number; skippedFiles: number } {
    return {
      writtenFiles: this.#writtenFiles,
      writtenBytes: this.#writtenBytes,
      deletedFiles: this.#deletedFiles,
      skippedFiles: this.#skippedFiles,
    };
  }

  /** Writes a payload soon. Never throws. */
  add(reason: string, payload: OtlpPayload): void {
    if (!this.#accepts(payload)) return;
    const leave = this.#pending.enter();
    this.#queue.push({ name: payloadFileName(reason, payload.encoding), payload, leave });
    this.#queuedBytes += payload.bytes.length;
    if (!this.#isDraining) void this.#drain();
  }

  /** Writes a payload before it returns. Never throws. */
  addSync(reason: string, payload: OtlpPayload): void {
    if (this.#accepts(payload)) this.#writeSync(payloadFileName(reason, payload.encoding), payload);
  }

  /** Writes what waits before it returns. Never throws. */
  flushSync(): void {
    // What is being written may never be finished: it is written here, too, and what ends last gives the file.
    for (const { name, payload, leave } of this.#queue.splice(0)) {
      this.#queuedBytes -= payload.bytes.length;
      this.#writeSync(name, payload);
      leave();
    }
  }

  /** Resolves with whether all is written, at the latest after `timeoutMillis`. */
  idle(timeoutMillis: number): Promise<boolean> {
    return this.#pending.idle(timeoutMillis);
  }

  #accepts({ bytes }: OtlpPayload): boolean {
    const { maxBytes, maxQueueBytes } = this.#options;
    if (bytes.length > maxBytes) this.#skip('size', new RangeError('The payload is larger than the directory may be'));
    else if (this.#queuedBytes + bytes.length > maxQueueBytes) this.#skip('queue', new RangeError('Too much waits'));
    else return true;
    return false;
  }

  #skip(operation: string, error: unknown): void {
    this.#skippedFiles += 1;
    this.#options.onFailure(`${operation} ${systemErrorCode(error)}`.trim(), error);
  }

  async #drain(): Promise<void> {
    this.#isDraining = true;
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      try {
        await this.#write(next.name, next.payload.bytes);
        if (this.#queue[0] === next) this.#written(next.name, next.payload.bytes.length);
      } catch (error) {
        if (this.#queue[0] === next) this.#skip('write', error);
      }
      if (this.#queue[0] !== next) continue;
      this.#queue.shift();
      this.#queuedBytes -= next.payload.bytes.length;
      next.leave();
    }
    this.#isDraining = false;
  }

  #written(name: string, bytes: number): void {
    this.#index.add({ name, bytes });
    this.#writtenFiles += 1;
    this.#writtenBytes += bytes;
  }

  async #write(name: string, bytes: Buffer): Promise<void> {
    const { path } = this.#options;
    // Again each time: somebody may have removed it.
    await makeDirectory(path);
    if (this.#index.isStale) this.#index.replace(await this.#list());
    for (let old = this.#index.oldestInTheWay(bytes.length); old !== undefined;) {
      const isDeleted = await unlink(join(path, old)).then(() => true, ignoreMissing);
      this.#forget(isDeleted);
      old = this.#index.oldestInTheWay(bytes.length);
    }
    const temporary = join(path, `${name}.tmp`);
    try {
      await writeFile(temporary, bytes, { mode: 0o600, flag: 'wx' });
      await rename(temporary, join(path, name));
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      throw error;
    }
  }

  async #list(): Promise<IndexedFile[]> {
    const { path } = this.#options;
    const files: IndexedFile[] = [];
    for (const name of await readdir(path)) {
      const isTemporary = isTemporaryPayloadFile(name);
      if (!isTemporary && !isPayloadFile(name)) continue;
      const stats = await lstat(join(path, name)).catch(() => undefined);
      if (stats?.isFile() !== true) continue;
      if (!isTemporary) files.push({ name, bytes: stats.size });
      else if (Date.now() - stats.mtimeMs > STALE_TEMPORARY_MILLIS) await rm(join(path, name), { force: true });
    }
    return files;
  }

  /** The oldest file is gone, deleted by us or by another process. */
  #forget(isDeleted: boolean): void {
    this.#index.removeOldest();
    if (isDeleted) this.#deletedFiles += 1;
  }

  #writeSync(name: string, { bytes }: OtlpPayload): void {
    const { path } = this.#options;
    const temporary = join(path, `${name}.exit.tmp`);
    try {
      makeDirectorySync(path);
      if (this.#index.isStale) this.#index.replace(this.#listSync());
      for (let old = this.#index.oldestInTheWay(bytes.length); old !== undefined;) {
        this.#forget(unlinkPresentSync(join(path, old)));
        old = this.#index.oldestInTheWay(bytes.length);
      }
      writeFileSync(temporary, bytes, { mode: 0o600, flag: 'wx' });
      renameSync(temporary, join(path, name));
      this.#written(name, bytes.length);
    } catch (error) {
      this.#skip('write', error);
      ignoreErrors(() => rmSync(temporary, { force: true }));
    }
  }

  #listSync(): IndexedFile[] {
    const { path } = this.#options;
    return readdirSync(path)
      .filter(isPayloadFile)
      .flatMap((name) => {
        const stats = lstatSync(join(path, name), { throwIfNoEntry: false });
        return stats?.isFile() === true ? [{ name, bytes: stats.size }] : [];
      });
  }
}

function unlinkPresentSync(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch (error) {
    return ignoreMissing(error);
  }
}

function ignoreMissing(error: unknown): false {
  if (systemErrorCode(error) === 'ENOENT') return false;
  throw error;
}

function ignoreErrors(work: () => void): void {
  try {
    work();
  } catch {
    // The failure that led here is counted; this one would say the same.
  }
}
