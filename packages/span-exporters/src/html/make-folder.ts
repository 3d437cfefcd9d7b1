import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemErrorCode } from '../system-error-code.js';

/**
 * Makes a folder and those above it, for their owner only; nothing when it is there.
 *
 * Not `mkdirSync(…, { recursive: true })`: that never returns where a folder exists in which none can be made, as in `/proc`.
 *
 * @throws what the file system says.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (isFolder(path)) return;
    const above = dirname(path);
    if (systemErrorCode(error) !== 'ENOENT' || isFolder(above)) throw error;
    makeFolder(above);
    makeFolder(path);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
