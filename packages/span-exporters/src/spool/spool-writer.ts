import { join } from 'node:path';
import { asError } from '../export-losses.js';
import type { OtlpPayload } from '../otlp/otlp-payload.js';
import { systemErrorCode } from '../system-error-code.js';
import { SharedFolderSync } from './shared-folder-sync.js';
import type { SpoolDirectory } from './spool-directory.js';
import { describeSpoolFile } from './spool-file.js';
import type { SpoolFile } from './spool-file.js';
import { syncFolderSync, writeSpoolFile, writeSpoolFileSync } from './spool-file-access.js';
import type { SpoolFolder } from './spool-folder.js';

/** Files that are written at once. Of the four threads that Node has for this, for DNS and for compression, two stay free. */
const MAX_CONCURRENT_WRITES = 2;
/**
 * Payloads that wait for the disk are joined in one file up to this size, so that many small ones cost few fsyncs. Of larger
 * ones copying would cost more than it saves.
 */
const MAX_JOINED_BYTES = 131_072;
/** A disk that failed is left alone this long. */
const DISK_PAUSE_MILLIS = 2_000;

/** What a writer needs of the one who uses it. */
export interface SpoolWriterEvents {
  /** Called before something is written, and once it counts in `writingBytes`, to keep the spool within its size. */
  makeRoom(): Promise<void>;
  /** A file is safe. Called once for each; `newSpans` of it were not stored or in memory before. */
  onStored(folder: SpoolFolder, file: SpoolFile, bytes: Buffer, newSpans: number): void;
}

/** What becomes a file, and what is known of it. */
export interface WriteRequest {
  readonly payload: OtlpPayload;
  /** When its spans were accepted, Unix time in milliseconds. */
  readonly createdMillis: number;
  /** Whether its spans come from outside, and not from memory or another file. */
  readonly isNew: boolean;
}

interface Job extends WriteRequest {
  resolve(): void;
  reject(error: unknown): void;
}

/** A file that is being written. */
interface Write {
  readonly file: SpoolFile;
  readonly folder: SpoolFolder;
  readonly bytes: Buffer;
  readonly jobs: readonly Job[];
  isStoredBySync: boolean;
}

/** Writes payloads to the own folder of a spool, several at once, and tells when each is safe. */
export class SpoolWriter {
  readonly #directory: SpoolDirectory;
  readonly #fsync: boolean;
  readonly #events: SpoolWriterEvents;
  readonly #folderSync = new SharedFolderSync();
  #queue: Job[] = [];
  readonly #writes = new Set<Write>();
  #running = 0;
  #sequence = 0;
  #failedUntil = 0;
  #lastError: unknown;

  constructor(directory: SpoolDirectory, fsync: boolean, events: SpoolWriterEvents) {
    this.#directory = directory;
    this.#fsync = fsync;
    this.#events = events;
  }

  /** Whether nothing is being written or waits for it. */
  get isIdle(): boolean {
    return this.#running === 0 && this.#queue.length === 0;
  }

  /** Bytes of files that are being written. */
  get writingBytes(): number {
    let bytes = 0;
    for (const { file } of this.#writes) bytes += file.byteLength;
    return bytes;
  }

  /** Whether the disk is left alone because it failed a moment ago. */
  get isPausing(): boolean {
    return performance.now() < this.#failedUntil;
  }

  /** Resolves when the payload is safe. Rejects with the system's error when it is not written. */
  write(request: WriteRequest): Promise<void> {
    if (this.isPausing) return Promise.reject(asError(this.#lastError));
    return new Promise((resolve, reject) => {
      this.#queue.push({ ...request, resolve, reject });
      this.#startWrites();
    });
  }

  /** Describes a payload as the next file. */
  describe(payload: OtlpPayload, createdMillis: number): SpoolFile {
    return describeSpoolFile(payload, createdMillis, this.#sequence++);
  }

  /** Writes one payload before it returns. @throws the system's error. */
  writeSync({ payload, createdMillis, isNew }: WriteRequest): void {
    const file = this.describe(payload, createdMillis);
    const folder = this.storeSync(file, payload.bytes);
    this.#events.onStored(folder, file, payload.bytes, isNew ? payload.spanCount : 0);
  }

  /** Writes a file that is not to be sent by this process, unless it lives on. @throws the system's error. */
  storeSync(file: SpoolFile, bytes: Buffer): SpoolFolder {
    const folder = this.#directory.own;
    this.#storeSync(folder, file, bytes);
    return folder;
  }

  /**
   * Stores, before it returns, what is being written or waits for it.
   *
   * What is being written is written once more and gets the same name: whichever of the two comes last replaces the other.
   * Never throws: what cannot be written stays where it is.
   */
  flushSync(): void {
    for (const write of this.#writes) {
      try {
        this.#storeSync(write.folder, write.file, write.bytes);
        write.isStoredBySync = true;
      } catch (error) {
        this.#lastError = error;
      }
    }
    const kept: Job[] = [];
    for (const job of this.#queue) {
      try {
        this.writeSync(job);
        job.resolve();
      } catch {
        kept.push(job);
      }
    }
    this.#queue = kept;
  }

  #storeSync(folder: SpoolFolder, file: SpoolFile, bytes: Buffer): void {
    const path = join(folder.path, file.name);
    try {
      writeSpoolFileSync(path, bytes, this.#fsync);
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') throw error;
      this.#directory.recreateSync();
      writeSpoolFileSync(path, bytes, this.#fsync);
    }
    if (this.#fsync) syncFolderSync(folder.path);
  }

  #startWrites(): void {
    while (this.#running < MAX_CONCURRENT_WRITES && this.#queue.length > 0) {
      const jobs = this.#nextJobs();
      this.#running += 1;
      void this.#write(jobs).finally(() => {
        this.#running -= 1;
        this.#startWrites();
      });
    }
  }

  /** The oldest payload, and those behind it that fit in one file with it: messages of protobuf are joined by appending. */
  #nextJobs(): Job[] {
    let count = 0;
    let bytes = 0;
    for (const { payload } of this.#queue) {
      bytes += payload.bytes.length;
      if (count > 0 && (bytes > MAX_JOINED_BYTES || payload.encoding !== 'protobuf')) break;
      count += 1;
      if (payload.encoding !== 'protobuf') break;
    }
    return this.#queue.splice(0, count);
  }

  async #write(jobs: readonly Job[]): Promise<void> {
    const payload = joinPayloads(jobs.map((job) => job.payload));
    const folder = this.#directory.own;
    const file = this.describe(payload, jobs[0]?.createdMillis ?? Date.now());
    const write: Write = { file, folder, bytes: payload.bytes, jobs, isStoredBySync: false };
    this.#writes.add(write);
    try {
      await this.#store(write);
    } catch (error) {
      if (!write.isStoredBySync) {
        this.#failedUntil = performance.now() + DISK_PAUSE_MILLIS;
        this.#lastError = error;
        for (const job of [...jobs, ...this.#queue.splice(0)]) job.reject(error);
        return;
      }
    } finally {
      this.#writes.delete(write);
    }
    const newSpans = jobs.reduce((sum, job) => sum + (job.isNew ? job.payload.spanCount : 0), 0);
    this.#events.onStored(folder, file, payload.bytes, newSpans);
    for (const job of jobs) job.resolve();
  }

  async #store({ folder, file, bytes }: Write): Promise<void> {
    await this.#events.makeRoom();
    const path = join(folder.path, file.name);
    try {
      await writeSpoolFile(path, bytes, this.#fsync);
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') throw error;
      // Somebody removed the directory.
      await this.#directory.recreate();
      await writeSpoolFile(path, bytes, this.#fsync);
    }
    if (this.#fsync) await this.#folderSync.sync(folder.path);
  }
}

function joinPayloads(payloads: readonly OtlpPayload[]): OtlpPayload {
  const [first] = payloads;
  if (first !== undefined && payloads.length === 1) return first;
  return {
    encoding: 'protobuf',
    bytes: Buffer.concat(payloads.map(({ bytes }) => bytes)),
    spanCount: payloads.reduce((sum, { spanCount }) => sum + spanCount, 0),
  };
}
