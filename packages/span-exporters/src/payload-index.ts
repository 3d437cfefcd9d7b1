/** A payload's file, as the index knows it. */
export interface IndexedFile {
  readonly name: string;
  readonly bytes: number;
}

/** The part of the limits that may be written before the directory is looked at again, for what others wrote and deleted. */
const SHARE_PER_LISTING = 1 / 16;

/** Which files of ours are in a directory and how large they are together, oldest first; the disk is left to others. */
export class PayloadIndex {
  readonly #maxBytes: number;
  readonly #maxFiles: number;
  #files: IndexedFile[] = [];
  #bytes = 0;
  #filesUntilListing = 0;
  #bytesUntilListing = 0;

  constructor(maxBytes: number, maxFiles: number) {
    this.#maxBytes = maxBytes;
    this.#maxFiles = maxFiles;
  }

  /** Whether the directory should be listed before the next file is written. */
  get isStale(): boolean {
    return this.#filesUntilListing <= 0 || this.#bytesUntilListing <= 0;
  }

  /** Takes what a listing found. */
  replace(files: readonly IndexedFile[]): void {
    this.#files = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
    this.#bytes = files.reduce((total, { bytes }) => total + bytes, 0);
    this.#filesUntilListing = this.#maxFiles * SHARE_PER_LISTING;
    this.#bytesUntilListing = this.#maxBytes * SHARE_PER_LISTING;
  }

  /** The file to delete first, if another of `bytes` is to be written and there is no room for it. */
  oldestInTheWay(bytes: number): string | undefined {
    const hasRoom = this.#files.length < this.#maxFiles && this.#bytes + bytes <= this.#maxBytes;
    return hasRoom ? undefined : this.#files[0]?.name;
  }

  /** The oldest file is gone. */
  removeOldest(): void {
    this.#bytes -= this.#files.shift()?.bytes ?? 0;
  }

  /** A file was written. */
  add(file: IndexedFile): void {
    this.#files.push(file);
    this.#bytes += file.bytes;
    this.#filesUntilListing -= 1;
    this.#bytesUntilListing -= file.bytes;
  }
}
