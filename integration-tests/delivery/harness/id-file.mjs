// Span ids as files of eight bytes each. What was written before kill -9 is there after it: it is in the kernel's cache.

import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';

const ID_BYTES = 8;

/** Appends ids to a file. */
export class IdFile {
  #file;
  count = 0;

  constructor(path) {
    this.#file = openSync(path, 'a');
  }

  /** @param ids - an iterable of span ids in hexadecimal */
  append(ids) {
    const bytes = Buffer.from([...ids].join(''), 'hex');
    this.count += bytes.length / ID_BYTES;
    if (bytes.length > 0) writeSync(this.#file, bytes);
  }

  close() {
    closeSync(this.#file);
  }
}

/** Calls `visit(high, low)` for each id in the file, or in its first bytes; a file that is not there has none. */
export function forEachIdOf(path, visit, maxBytes = Infinity) {
  if (path === undefined || !existsSync(path)) return;
  const bytes = readFileSync(path);
  // The last one may have been cut by kill -9.
  const length = Math.min(bytes.length, maxBytes);
  const end = length - (length % ID_BYTES);
  for (let at = 0; at < end; at += ID_BYTES) visit(bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4));
}
