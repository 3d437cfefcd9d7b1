import { syncFolder } from './spool-file-access.js';

/** Syncs of a folder for several writers at once: each waits for one that began after its rename, and they share it. */
export class SharedFolderSync {
  readonly #running = new Map<string, { current: Promise<void>; next: Promise<void> | undefined }>();

  /** Resolves when the folder was synced after this call. */
  sync(path: string): Promise<void> {
    const running = this.#running.get(path);
    if (running === undefined) return this.#start(path);
    // The one that runs may have begun before the caller's rename: it does not count.
    running.next ??= running.current.catch(() => {}).then(() => this.#start(path));
    return running.next;
  }

  #start(path: string): Promise<void> {
    const entry = { current: syncFolder(path), next: undefined };
    this.#running.set(path, entry);
    const end = (): void => {
      if (this.#running.get(path) === entry && entry.next === undefined) this.#running.delete(path);
    };
    entry.current.then(end, end);
    return entry.current;
  }
}
