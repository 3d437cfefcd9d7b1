import { randomBytes } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeDirectorySync } from '../make-directory.js';

/** Characters that are made and written at once; between two such pieces other work of the process has its turn. */
const CHUNK_CHARS = 65_536;

/** Names of files that are not finished. */
export const TEMPORARY_FILE = /^\..*\.html\.[0-9a-f]{12}\.tmp$/;

/**
 * Writes a page beside its place and moves it there when it is whole, so that nobody ever reads half a page. The file has
 * mode 0600: what people said to a model is for its owner.
 *
 * @param isWanted - asked at the end: whether the page is still the newest one.
 * @throws (rejects) what the file system says; nothing is left behind.
 */
export async function writeReportFile(path: string, pieces: Iterable<string>, isWanted: () => boolean): Promise<void> {
  const temporary = temporaryPath(path);
  makeDirectorySync(dirname(path));
  const file = await open(temporary, 'wx', 0o600);
  try {
    try {
      for (const chunk of chunksOf(pieces)) await file.writeFile(chunk);
    } finally {
      await file.close();
    }
    // In one step with the question, so that an older page never replaces a newer one.
    if (isWanted()) renameSync(temporary, path);
    else await rm(temporary, { force: true });
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/** The same before it returns. */
export function writeReportFileSync(path: string, pieces: Iterable<string>): void {
  const temporary = temporaryPath(path);
  makeDirectorySync(dirname(path));
  const file = openSync(temporary, 'wx', 0o600);
  try {
    try {
      for (const chunk of chunksOf(pieces)) writeFileSync(file, chunk);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function temporaryPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
}

function* chunksOf(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK_CHARS) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
