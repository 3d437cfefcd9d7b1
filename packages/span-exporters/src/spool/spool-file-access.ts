import { closeSync, constants, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '../system-error-code.js';
import { TEMPORARY_SUFFIX, matchesSpoolFile } from './spool-file.js';
import type { SpoolFile } from './spool-file.js';

const FILE_MODE = 0o600;

/** Not through a symbolic link, and without waiting for the other end of a pipe that somebody put there. */
const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A file that is not what its name says. */
export class CorruptSpoolFileError extends Error {
  override readonly name = 'CorruptSpoolFileError';
  readonly code = 'ECORRUPT';
}

/** Writes a file whole or not at all, apart from its temporary one; it is safe once its folder is synced, too. */
export async function writeSpoolFile(path: string, bytes: Buffer, fsync: boolean): Promise<void> {
  const temporary = `${path}${TEMPORARY_SUFFIX}`;
  try {
    const file = await open(temporary, 'w', FILE_MODE);
    try {
      // A disk that fills up cuts a write short before it gives an error.
      for (let offset = 0; offset < bytes.length;) offset += (await file.write(bytes, offset)).bytesWritten;
      if (fsync) await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/** The same before it returns; under a temporary name of its own, so that it may overtake a write of the same file. */
export function writeSpoolFileSync(path: string, bytes: Buffer, fsync: boolean): void {
  const temporary = `${path}.sync${TEMPORARY_SUFFIX}`;
  try {
    const file = openSync(temporary, 'w', FILE_MODE);
    try {
      for (let offset = 0; offset < bytes.length;) offset += writeSync(file, bytes, offset);
      if (fsync) fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // The first error is the one to tell.
    }
    throw error;
  }
}

/**
 * Reads a file and checks it against its name.
 *
 * @throws CorruptSpoolFileError (rejects) when it is not what its name says, or no file; else the system's error.
 */
export async function readSpoolFile(folder: string, spoolFile: SpoolFile): Promise<Buffer> {
  const file = await open(join(folder, spoolFile.name), READ_FLAGS);
  try {
    const stat = await file.stat();
    // By the size first: nothing is read of what is not a file or far too long.
    if (!stat.isFile() || stat.size !== spoolFile.byteLength) throw new CorruptSpoolFileError('Wrong size');
    const bytes = await file.readFile();
    if (!matchesSpoolFile(spoolFile, bytes)) throw new CorruptSpoolFileError('Wrong checksum');
    return bytes;
  } finally {
    await file.close();
  }
}

/** Makes renames in a folder survive a loss of power; where folders cannot be synced (Windows), does nothing. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    ignoreUnsupported(error);
  } finally {
    await folder.close();
  }
}

/** The same before it returns. */
export function syncFolderSync(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } catch (error) {
    ignoreUnsupported(error);
  } finally {
    closeSync(folder);
  }
}

/** Some network and user-space file systems refuse to sync a folder and do it of themselves. */
function ignoreUnsupported(error: unknown): void {
  if (!['EINVAL', 'ENOTSUP', 'ENOSYS'].includes(systemErrorCode(error))) throw error;
}
