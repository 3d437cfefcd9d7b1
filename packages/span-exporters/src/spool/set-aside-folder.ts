import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from '../make-directory.js';

/** Entries kept, whatever their size. */
const MAX_ENTRIES = 1_000;

/** A folder to which files are moved that are not sent any more, for somebody to look at: bounded, the oldest are deleted. */
export class SetAsideFolder {
  #isTrimming = false;
  #bytesSinceTrim = Number.POSITIVE_INFINITY;
  #entriesSinceTrim = 0;

  constructor(
    readonly path: string,
    readonly maxBytes: number,
  ) {}

  /** Moves something there. @throws (rejects) the system's error when it cannot be moved. */
  async put(folder: string, name: string, byteLength = 0): Promise<void> {
    await makeDirectory(this.path);
    try {
      await rename(join(folder, name), join(this.path, name));
    } catch (error) {
      if (!(await exists(join(this.path, name)))) throw error;
      // A folder of that name is there already.
      await rename(join(folder, name), join(this.path, `${name}-${Date.now()}`));
    }
    this.#bytesSinceTrim += byteLength;
    this.#entriesSinceTrim += 1;
    // Not each time: that would be quadratic while a receiver refuses everything.
    if (this.#bytesSinceTrim < this.maxBytes / 16 && this.#entriesSinceTrim < MAX_ENTRIES / 16) return;
    await this.#trim();
  }

  async #trim(): Promise<void> {
    if (this.#isTrimming) return;
    this.#isTrimming = true;
    this.#bytesSinceTrim = 0;
    this.#entriesSinceTrim = 0;
    try {
      const entries = [];
      for (const name of await readdir(this.path)) {
        const found = await stat(join(this.path, name)).catch(() => undefined);
        if (found !== undefined) entries.push({ name, bytes: found.size, changed: found.ctimeMs });
      }
      entries.sort((a, b) => b.changed - a.changed);
      let bytes = 0;
      for (const [index, entry] of entries.entries()) {
        bytes += entry.bytes;
        if (bytes <= this.maxBytes && index < MAX_ENTRIES) continue;
        await rm(join(this.path, entry.name), { recursive: true, force: true }).catch(() => {});
      }
    } finally {
      this.#isTrimming = false;
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
