import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeDirectory, makeDirectorySync } from './make-directory.js';
import { systemErrorCode } from './system-error-code.js';

/** Age of a lock file after which its owner is taken for dead. A rotation is a few renames: milliseconds. */
const STALE_LOCK_MILLIS = 10_000;

const NEWLINE = 0x0a;

/** Where and how much to write. */
export interface RotatingFileOptions {
  /** The file that is written to; older ones are `path.1`, `path.2`, …, the highest the oldest. */
  path: string;
  /** Size in bytes beyond which a file is not grown, unless by a single line that is longer. */
  maxFileBytes: number;
  /** Number of files kept, the current one included. */
  maxFiles: number;
  /** Told when the files could not be moved. The line is written all the same: the file grows, nothing is lost. */
  onRotationFailure(error: unknown): void;
}

interface PendingLine {
  readonly line: Buffer;
  /** Whether the operating system has it, or has been told to write it: Node finishes that before it exits. */
  isHandedOver: boolean;
  resolve(): void;
  reject(error: unknown): void;
}

// Readable too, to see how the file ends.
const APPEND = constants.O_APPEND | constants.O_CREAT | constants.O_RDWR;
const FILE_MODE = 0o600;

/**
 * A file of lines that several processes may append to, rotated by size.
 *
 * What holds: a line is one `write()` on a descriptor opened with O_APPEND, so on a local file system lines of different
 * processes never mix. Rotation is done by whichever process holds `path.lock`; the others go on writing meanwhile, so a
 * file can exceed the limit by what arrives in that moment, and a line can end in the file that was just rotated. A lock
 * left by a process that died is removed after ten seconds. A line torn by a full disk or a crash is closed off by a
 * newline before the next one. Over a network file system none of this is promised.
 *
 * The file is open only while there is something to write: nothing is left open when the owner forgets to close, and a
 * file that was moved or deleted from outside is made anew.
 */
export class RotatingFile {
  readonly #options: RotatingFileOptions;
  #pending: PendingLine[] = [];
  #current: PendingLine | undefined;
  #pendingBytes = 0;
  #draining: Promise<void> = Promise.resolve();
  #isDraining = false;
  #endsTorn: boolean | undefined;
  #writtenBytes = 0;
  #rotations = 0;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
  }

  /** Bytes accepted and not yet written. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** Bytes written since construction. */
  get writtenBytes(): number {
    return this.#writtenBytes;
  }

  /** Rotations that this process did. */
  get rotations(): number {
    return this.#rotations;
  }

  /** Appends one line, which ends in a newline. Resolves when the operating system has it; rejects when it is lost. */
  append(line: Buffer): Promise<void> {
    this.#pendingBytes += line.length;
    const done = new Promise<void>((resolve, reject) =>
      this.#pending.push({ line, isHandedOver: false, resolve, reject }),
    );
    if (!this.#isDraining) {
      this.#isDraining = true;
      this.#draining = this.#drain();
    }
    return done;
  }

  /**
   * Appends lines before it returns, behind all that is pending, for a process that exits now. Files are not rotated.
   *
   * @throws the system's error when a line cannot be written; the lines before it are.
   */
  appendSync(lines: readonly Buffer[]): void {
    const current = this.#current === undefined || this.#current.isHandedOver ? [] : [this.#current];
    const queued = this.#pending.splice(0);
    for (const { line } of queued) this.#pendingBytes -= line.length;
    const waiting = [...current, ...queued];
    try {
      this.#writeSync([...waiting.map(({ line }) => line), ...lines]);
      for (const item of waiting) item.resolve();
    } catch (error) {
      for (const item of waiting) item.reject(error);
      throw error;
    } finally {
      for (const item of current) item.isHandedOver = true;
    }
  }

  /** Resolves when nothing is pending. Never rejects. */
  idle(): Promise<void> {
    return this.#draining;
  }

  async #drain(): Promise<void> {
    let file: FileHandle | undefined;
    let size = 0;
    for (let next = this.#pending.shift(); next !== undefined; next = this.#pending.shift()) {
      const { line } = next;
      this.#current = next;
      try {
        if (file !== undefined && size + line.length > this.#options.maxFileBytes) {
          await file.close();
          file = undefined;
        }
        if (file === undefined) ({ file, size } = await this.#openWithRoomFor(line.length));
        if (!next.isHandedOver) {
          next.isHandedOver = true;
          size += await this.#write(file, line);
        }
        next.resolve();
      } catch (error) {
        next.reject(error);
      } finally {
        this.#pendingBytes -= line.length;
      }
    }
    this.#current = undefined;
    this.#isDraining = false;
    await file?.close().catch(() => {});
  }

  async #openWithRoomFor(bytes: number): Promise<{ file: FileHandle; size: number }> {
    let opened = await this.#open();
    if (opened.size > 0 && opened.size + bytes > this.#options.maxFileBytes) {
      await opened.file.close();
      await this.#rotate(bytes).catch((error: unknown) => this.#options.onRotationFailure(error));
      opened = await this.#open();
    }
    return opened;
  }

  async #open(): Promise<{ file: FileHandle; size: number }> {
    const { path } = this.#options;
    const file = await open(path, APPEND, FILE_MODE).catch(async (error: unknown) => {
      if (!isCode(error, 'ENOENT')) throw error;
      await makeDirectory(dirname(path));
      return open(path, APPEND, FILE_MODE);
    });
    try {
      const { size } = await file.stat();
      // Looked at once: later on this process knows, and other processes write whole lines.
      this.#endsTorn ??= size > 0 && (await lastByte(file, size)) !== NEWLINE;
      return { file, size };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  #writeSync(lines: readonly Buffer[]): void {
    if (lines.length === 0) return;
    const file = this.#openSync();
    try {
      this.#endsTorn ??= endsTornSync(file);
      for (const line of lines) {
        this.#writtenBytes += writeSync(file, this.#closedOff(line));
        this.#endsTorn = false;
      }
    } finally {
      closeSync(file);
    }
  }

  #openSync(): number {
    const { path } = this.#options;
    try {
      return openSync(path, APPEND, FILE_MODE);
    } catch (error) {
      if (!isCode(error, 'ENOENT')) throw error;
      makeDirectorySync(dirname(path));
      return openSync(path, APPEND, FILE_MODE);
    }
  }

  /** The line, behind a newline where the file ends within another one. */
  #closedOff(line: Buffer): Buffer {
    return this.#endsTorn === true ? Buffer.concat([Buffer.of(NEWLINE), line]) : line;
  }

  async #write(file: FileHandle, line: Buffer): Promise<number> {
    const bytes = this.#closedOff(line);
    const { bytesWritten } = await file.write(bytes);
    this.#writtenBytes += bytesWritten;
    if (bytesWritten > 0) this.#endsTorn = bytes[bytesWritten - 1] !== NEWLINE;
    if (bytesWritten < bytes.length) throw Object.assign(new Error('The line was cut short'), { code: 'ESHORTWRITE' });
    return bytesWritten;
  }

  /** Moves every file one number up, unless another process is at it or has just done it. */
  async #rotate(bytes: number): Promise<void> {
    const { path, maxFileBytes, maxFiles } = this.#options;
    const lock = `${path}.lock`;
    if (!(await acquire(lock))) return;
    try {
      const { size } = await stat(path);
      if (size + bytes <= maxFileBytes) return;
      for (let number = maxFiles - 1; number >= 1; number--) {
        await rename(number === 1 ? path : `${path}.${number - 1}`, `${path}.${number}`).catch(ignoreMissing);
      }
      if (maxFiles === 1) await rm(path, { force: true });
      this.#endsTorn = false;
      this.#rotations += 1;
    } catch (error) {
      ignoreMissing(error);
    } finally {
      await rm(lock, { force: true });
    }
  }
}

async function acquire(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
  const held = await stat(lock).catch(() => undefined);
  if (held !== undefined && Date.now() - held.mtimeMs > STALE_LOCK_MILLIS) await rm(lock, { force: true });
  return false;
}

async function lastByte(file: FileHandle, size: number): Promise<number | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return bytesRead === 1 ? buffer[0] : undefined;
}

function endsTornSync(file: number): boolean {
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== NEWLINE;
}

function isCode(error: unknown, code: string): boolean {
  return systemErrorCode(error) === code;
}

function ignoreMissing(error: unknown): void {
  if (!isCode(error, 'ENOENT')) throw error;
}
