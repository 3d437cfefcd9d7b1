import { rmSync, writeFileSync } from 'node:fs';
import { readdir, rename, rm, rmdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { OptionError } from '@genspan/span-processor-base';
import { systemErrorCode } from '../system-error-code.js';
import { makeDirectory, makeDirectorySync } from '../make-directory.js';
import { OwnerWatch, SILENCE_MILLIS } from './owner-watch.js';
import { SetAsideFolder } from './set-aside-folder.js';
import { TEMPORARY_SUFFIX, parseSpoolFileName } from './spool-file.js';
import { syncFolderSync } from './spool-file-access.js';
import { SpoolFolder } from './spool-folder.js';
import type { SpoolTotals } from './spool-folder.js';
import { leftFolderName, ownFolderName, parseFolderName } from './spool-owner.js';

/** What a directory tells the one who uses it. */
export interface SpoolDirectoryEvents {
  /** A folder of a dead owner belongs to this exporter now. */
  onRecovered(totals: SpoolTotals): void;
  /** Files of a dead owner that were not finished, and so not acknowledged, were deleted. */
  onUnfinishedFiles(count: number): void;
  /** Something that is not a file of a spool was set aside. */
  onStranger(): void;
  /** Files that were in a folder of ours are not there any more. */
  onMissing(totals: SpoolTotals): void;
  /** This process stood still so long that another one took the folder over: what is in it is not ours any more. */
  onHandedOver(folder: SpoolFolder): void;
  onFailure(operation: string, error: unknown): void;
}

/**
 * The directory that several processes share: a folder for each exporter, whose name says who owns it and whose
 * modification time is its heartbeat. Owning is a matter of folders, and taking one over is one rename, which either
 * succeeds or finds that another was faster. In `failed/` is what receivers refused, in `corrupt/` what is not to be sent.
 */
export class SpoolDirectory {
  readonly path: string;
  readonly failed: SetAsideFolder;
  readonly corrupt: SetAsideFolder;
  readonly #events: SpoolDirectoryEvents;
  readonly #watch = new OwnerWatch();
  #own: SpoolFolder;
  #adopted: SpoolFolder[] = [];
  #beatMillis = Date.now();
  #others = { bytes: 0, owners: 0 };
  #looking: Promise<void> | undefined;
  #isReleased = false;

  /** @throws OptionError when the directory cannot be created or written to; it is really tried. */
  constructor(path: string, maxSetAsideBytes: number, events: SpoolDirectoryEvents) {
    this.path = path;
    this.#events = events;
    this.failed = new SetAsideFolder(join(path, 'failed'), maxSetAsideBytes);
    this.corrupt = new SetAsideFolder(join(path, 'corrupt'), maxSetAsideBytes);
    this.#own = new SpoolFolder(join(path, ownFolderName()));
    try {
      makeDirectorySync(path);
      makeDirectorySync(this.#own.path);
      const probe = join(this.#own.path, `probe${TEMPORARY_SUFFIX}`);
      writeFileSync(probe, '', { mode: 0o600 });
      rmSync(probe);
      syncFolderSync(path);
    } catch (error) {
      throw new OptionError('directory', `to be a directory that can be written to (${systemErrorCode(error)})`, path);
    }
  }

  /** Where new files go. */
  get own(): SpoolFolder {
    return this.#own;
  }

  /** All folders that are this exporter's. */
  get folders(): readonly SpoolFolder[] {
    return [this.#own, ...this.#adopted];
  }

  /** Everything in {@link folders} that is neither delivered nor lost. */
  get pending(): SpoolTotals {
    const sum = { files: 0, bytes: 0, spans: 0 };
    for (const { pending } of this.folders) {
      sum.files += pending.files;
      sum.bytes += pending.bytes;
      sum.spans += pending.spans;
    }
    return sum;
  }

  /** How many bytes other owners had at the last look, and how many owners these were. */
  get others(): { readonly bytes: number; readonly owners: number } {
    return this.#others;
  }

  /** Whether nobody can have taken this exporter's folders for those of a dead one. */
  get isSurelyOwner(): boolean {
    return Math.abs(Date.now() - this.#beatMillis) < SILENCE_MILLIS / 2;
  }

  /** Creates the own folder anew after somebody removed it. */
  async recreate(): Promise<void> {
    await makeDirectory(this.#own.path);
  }

  recreateSync(): void {
    makeDirectorySync(this.#own.path);
  }

  /** Beats, takes over what dead owners left, and sees how much the living have. Never rejects; one at a time. */
  look(): Promise<void> {
    this.#looking ??= this.#look()
      .catch((error: unknown) => this.#fail('look', error))
      .finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  /** Reads a folder again of which not all names are in memory. Never rejects. */
  async rescan(folder: SpoolFolder): Promise<void> {
    const missing = await folder.scan(() => {});
    if (missing.files !== 0) this.#events.onMissing(missing);
  }

  /** Gives the folders up: the next to look may take them at once. Empty ones are deleted. Never rejects. */
  async release(): Promise<void> {
    this.#isReleased = true;
    await this.#looking;
    for (const folder of this.folders) {
      try {
        await rmdir(folder.path);
      } catch {
        await rename(folder.path, join(this.path, leftFolderName())).catch((error: unknown) => {
          if (systemErrorCode(error) !== 'ENOENT') this.#fail('release', error);
        });
      }
    }
  }

  async #look(): Promise<void> {
    await this.#beat();
    const names = new Set((await readdir(this.path)).filter((name) => parseFolderName(name) !== undefined));
    this.#watch.keepOnly(names);
    const others = { bytes: 0, owners: 0 };
    for (const name of names) {
      if (this.folders.some((folder) => folder.name === name)) continue;
      const path = join(this.path, name);
      const found = await stat(path).catch(() => undefined);
      if (found?.isDirectory() !== true) continue;
      if (this.#isReleased) return;
      if (this.#watch.isAbandoned(name, found.mtimeMs)) {
        await this.#takeOver(path);
      } else {
        others.owners += 1;
        for (const file of await readdir(path).catch(() => [])) {
          others.bytes += parseSpoolFileName(file)?.byteLength ?? 0;
        }
      }
    }
    this.#others = others;
    await this.#dropEmptyFolders();
  }

  async #beat(): Promise<void> {
    const now = new Date();
    const silence = Math.abs(now.getTime() - this.#beatMillis);
    for (const folder of this.folders) {
      try {
        await utimes(folder.path, now, now);
      } catch (error) {
        if (systemErrorCode(error) !== 'ENOENT') {
          this.#fail('beat', error);
        } else if (silence >= SILENCE_MILLIS) {
          this.#handOver(folder);
        }
      }
    }
    await makeDirectory(this.#own.path);
    this.#beatMillis = now.getTime();
  }

  #handOver(folder: SpoolFolder): void {
    this.#adopted = this.#adopted.filter((other) => other !== folder);
    if (folder === this.#own) this.#own = new SpoolFolder(join(this.path, ownFolderName()));
    this.#events.onHandedOver(folder);
  }

  async #takeOver(path: string): Promise<void> {
    const folder = new SpoolFolder(join(this.path, ownFolderName()));
    try {
      // Before the rename, lest the folder look dead under its new name, too.
      const now = new Date();
      await utimes(path, now, now);
      await rename(path, folder.path);
    } catch (error) {
      // Another one was faster.
      if (systemErrorCode(error) !== 'ENOENT') this.#fail('take over', error);
      return;
    }
    const strangers: string[] = [];
    await folder.scan((name) => strangers.push(name));
    this.#adopted.push(folder);
    let unfinished = 0;
    for (const name of strangers) {
      if (name.endsWith(TEMPORARY_SUFFIX)) unfinished += await this.#removeUnfinished(join(folder.path, name));
      else await this.#setStrangerAside(folder, name);
    }
    if (unfinished > 0) this.#events.onUnfinishedFiles(unfinished);
    if (folder.pending.files > 0) this.#events.onRecovered({ ...folder.pending });
  }

  async #removeUnfinished(path: string): Promise<number> {
    try {
      await rm(path, { recursive: true });
      return 1;
    } catch (error) {
      this.#fail('delete', error);
      return 0;
    }
  }

  async #setStrangerAside(folder: SpoolFolder, name: string): Promise<void> {
    try {
      await this.corrupt.put(folder.path, name);
      this.#events.onStranger();
    } catch (error) {
      this.#fail('set aside', error);
    }
  }

  async #dropEmptyFolders(): Promise<void> {
    for (const folder of this.#adopted) {
      if (!folder.isEmpty) continue;
      this.#adopted = this.#adopted.filter((other) => other !== folder);
      // What could not be set aside keeps the folder: the process that comes next tries again.
      await rmdir(folder.path).catch(() => {});
    }
  }

  #fail(operation: string, error: unknown): void {
    this.#events.onFailure(operation, error);
  }
}
