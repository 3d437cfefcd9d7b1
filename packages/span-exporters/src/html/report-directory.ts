import { closeSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { systemErrorCode } from '../system-error-code.js';
import { makeDirectorySync } from '../make-directory.js';
import { TEMPORARY_FILE } from './report-file.js';

/** Names that this class gives: the start, an id, and a number where the name was taken. */
const PAGE_NAME = /^\d{8}T\d{9}Z-[0-9A-Za-z]{1,32}(-\d{1,4})?\.html$/;
/** Age of an unfinished file after which the process that made it is taken for dead. */
const STALE_MILLIS = 600_000;
const MAX_TRIES = 1_000;

/**
 * A directory of pages of which the oldest are removed, by their names: pages of earlier and of other processes count.
 * Files of other names are never touched.
 */
export class ReportDirectory {
  readonly #directory: string;
  readonly #maxFiles: number;
  /** Oldest first. */
  readonly #names: string[];

  /** @throws what the file system says when the directory cannot be made, read or written to. */
  constructor(directory: string, maxFiles: number) {
    this.#directory = directory;
    this.#maxFiles = maxFiles;
    makeDirectorySync(directory);
    const found = readdirSync(directory);
    for (const name of found) if (TEMPORARY_FILE.test(name)) this.#removeStale(name);
    this.#names = found.filter((name) => PAGE_NAME.test(name)).sort();
  }

  /**
   * The path of a page that is not there yet, which is ours from now on: an empty file.
   *
   * @param unixMillis - the start of what the page shows, by which pages are in order.
   * @param id - told apart by it; of other characters than letters and digits nothing is left.
   * @throws what the file system says.
   */
  claim(unixMillis: number, id: string): string {
    makeDirectorySync(this.#directory);
    const stem = `${timestamp(unixMillis)}-${id.replace(/[^0-9A-Za-z]/g, '').slice(0, 32) || 'x'}`;
    for (let number = 1; ; number++) {
      const name = `${stem}${number === 1 ? '' : `-${number}`}.html`;
      const path = join(this.#directory, name);
      try {
        closeSync(openSync(path, 'wx', 0o600));
      } catch (error) {
        if (systemErrorCode(error) === 'EEXIST' && number < MAX_TRIES) continue;
        throw error;
      }
      this.#names.push(name);
      this.#removeOldest();
      return path;
    }
  }

  #removeOldest(): void {
    while (this.#names.length > this.#maxFiles) {
      const [name = ''] = this.#names.splice(0, 1);
      rmSync(join(this.#directory, name), { force: true });
    }
  }

  #removeStale(name: string): void {
    const path = join(this.#directory, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
    if (age > STALE_MILLIS) rmSync(path, { force: true });
  }
}

/** In the order of time by its letters: `20250615T150640000Z`. */
function timestamp(unixMillis: number): string {
  const date = new Date(unixMillis);
  const moment = Number.isNaN(date.getTime()) ? new Date(0) : date;
  return moment
    .toISOString()
    .replace(/^[+-]\d\d/, '')
    .replace(/[-:.]/g, '');
}
