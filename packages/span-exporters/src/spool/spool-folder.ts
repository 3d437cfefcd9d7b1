import { opendir } from 'node:fs/promises';
import { basename } from 'node:path';
import { systemErrorCode } from '../system-error-code.js';
import { parseSpoolFileName } from './spool-file.js';
import type { SpoolFile } from './spool-file.js';

/** Files with their bytes and spans. */
export interface SpoolTotals {
  readonly files: number;
  readonly bytes: number;
  readonly spans: number;
}

/** Names kept in memory of each folder, the oldest; of a folder with millions of files the rest is read again later. */
const MAX_WINDOW = 20_000;

/**
 * The files of one folder that this exporter owns, oldest first.
 *
 * In memory are the oldest names only. Once there are more, later files are found by reading the folder again when those
 * are used up; what is written meanwhile is newer than all of them.
 */
export class SpoolFolder {
  /** Ascending by name; those before `#first` are used up. */
  #window: SpoolFile[] = [];
  #first = 0;
  /** Files of the folder may be missing in the window. */
  #hasMore = false;
  /** Taken out of the window and still in the folder. */
  readonly #taken = new Set<string>();
  readonly #bytes = new Map<string, Buffer>();
  readonly #pending = { files: 0, bytes: 0, spans: 0 };
  /** Of these, what is taken: it is being sent or waits to be tried again. */
  readonly #inHand = { files: 0, bytes: 0, spans: 0 };
  #addedInScan = false;
  #removedInScan = new Set<string>();
  #isScanning = false;

  constructor(readonly path: string) {}

  get name(): string {
    return basename(this.path);
  }

  /** What is in the folder and neither delivered nor lost. */
  get pending(): SpoolTotals {
    return this.#pending;
  }

  /** Whether {@link scan} must be called before {@link oldest} can be believed. */
  get needsScan(): boolean {
    return this.#hasMore && this.oldest() === undefined;
  }

  /** Whether nothing is left of it, not even files that could not be deleted. */
  get isEmpty(): boolean {
    return !this.#hasMore && this.#pending.files === 0 && this.#taken.size === 0;
  }

  /** Notes a file that was just written. `bytes` may be kept until it is sent. */
  add(file: SpoolFile, bytes?: Buffer): void {
    tally(this.#pending, file, 1);
    this.#addedInScan = true;
    if (this.#hasMore || this.#window.length - this.#first >= MAX_WINDOW) {
      this.#hasMore = true;
      return;
    }
    if (bytes !== undefined) this.#bytes.set(file.name, bytes);
    const last = this.#window.at(-1);
    this.#window.push(file);
    if (this.#window.length - 1 > this.#first && last !== undefined && last.name > file.name) this.#sort();
  }

  /** Whether a file that is added now would be kept in the window. */
  get keepsNext(): boolean {
    return !this.#hasMore && this.#window.length - this.#first < MAX_WINDOW;
  }

  /** The oldest file that is not taken. */
  oldest(): SpoolFile | undefined {
    return this.#window[this.#first];
  }

  /** Takes the oldest file out; it stays in the folder until {@link remove} or {@link forget}. */
  takeOldest(): { file: SpoolFile; bytes: Buffer | undefined } | undefined {
    const file = this.#window[this.#first];
    if (file === undefined) return undefined;
    this.#first += 1;
    // Cut now and then, not each time: that would be quadratic.
    if (this.#first > 1_000 && this.#first * 2 > this.#window.length) {
      this.#window = this.#window.slice(this.#first);
      this.#first = 0;
    }
    this.#taken.add(file.name);
    tally(this.#inHand, file, 1);
    const bytes = this.#bytes.get(file.name);
    this.#bytes.delete(file.name);
    return { file, bytes };
  }

  /** A taken file is dealt with and counts no more, though it may still have to be deleted. */
  settle(file: SpoolFile): void {
    tally(this.#pending, file, -1);
    tally(this.#inHand, file, -1);
  }

  /** A settled file is not in the folder any more. */
  remove(file: SpoolFile): void {
    this.#taken.delete(file.name);
    if (this.#isScanning) this.#removedInScan.add(file.name);
  }

  /**
   * Reads the names of the folder. Never throws: a folder that cannot be read has no files.
   *
   * @param onStranger - told every other name in it
   * @returns what was counted before and is not there any more
   */
  async scan(onStranger: (name: string) => void): Promise<SpoolTotals> {
    const isFirst = this.#pending.files === 0 && this.#taken.size === 0;
    this.#hasMore = true;
    this.#addedInScan = false;
    this.#removedInScan = new Set();
    this.#isScanning = true;
    const found: SpoolFile[] = [];
    const totals = { files: 0, bytes: 0, spans: 0 };
    let isCut = false;
    let canRead = true;
    try {
      for await (const entry of await opendir(this.path)) {
        const file = parseSpoolFileName(entry.name);
        if (file === undefined) {
          onStranger(entry.name);
        } else if (!this.#taken.has(file.name) && !this.#removedInScan.has(file.name)) {
          tally(totals, file, 1);
          found.push(file);
          if (found.length >= 2 * MAX_WINDOW) isCut = cut(found);
        }
      }
    } catch (error) {
      canRead = systemErrorCode(error) === 'ENOENT';
    }
    this.#isScanning = false;
    isCut = cut(found) || isCut;
    this.#window = found;
    this.#first = 0;
    // A file that was added meanwhile may or may not have been seen.
    this.#hasMore = isCut || this.#addedInScan;
    if (isFirst && !this.#addedInScan) {
      Object.assign(this.#pending, totals);
      return { files: 0, bytes: 0, spans: 0 };
    }
    return this.#addedInScan || !canRead ? { files: 0, bytes: 0, spans: 0 } : this.#reconcile(totals);
  }

  /** Brings the counts in line with what was found; files that somebody else deleted are missing from it. */
  #reconcile(found: SpoolTotals): SpoolTotals {
    const missing = {
      files: this.#pending.files - this.#inHand.files - found.files,
      bytes: this.#pending.bytes - this.#inHand.bytes - found.bytes,
      spans: this.#pending.spans - this.#inHand.spans - found.spans,
    };
    this.#pending.files -= missing.files;
    this.#pending.bytes -= missing.bytes;
    this.#pending.spans -= missing.spans;
    return missing;
  }

  #sort(): void {
    this.#window = this.#window.slice(this.#first).sort(byName);
    this.#first = 0;
  }
}

/** Keeps the oldest; says whether that were not all. */
function cut(files: SpoolFile[]): boolean {
  files.sort(byName);
  if (files.length <= MAX_WINDOW) return false;
  files.length = MAX_WINDOW;
  return true;
}

function tally(totals: { files: number; bytes: number; spans: number }, file: SpoolFile, sign: 1 | -1): void {
  totals.files += sign;
  totals.bytes += sign * file.byteLength;
  totals.spans += sign * file.spanCount;
}

function byName(a: SpoolFile, b: SpoolFile): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
