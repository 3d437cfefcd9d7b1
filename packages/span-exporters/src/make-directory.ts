import { mkdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemErrorCode } from './system-error-code.js';

/** Spans may hold prompts: they are their owner's alone. */
const MODE = 0o700;

/**
 * Makes a directory and those above it, mode 0700, unless it is there.
 *
 * Not with `recursive` of `node:fs`: where the system says that nothing can be there although the parent is (below `/proc`),
 * that never returns.
 *
 * @throws the system's error.
 */
export function makeDirectorySync(path: string): void {
  try {
    mkdirSync(path, MODE);
  } catch (error) {
    const parent = parentToMake(path, error);
    if (parent === undefined) return;
    makeDirectorySync(parent);
    makeLastSync(path);
  }
}

/** The same in the background. @throws (rejects) the system's error. */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, MODE);
  } catch (error) {
    const parent = parentToMake(path, error);
    if (parent === undefined) return;
    await makeDirectory(parent);
    await mkdir(path, MODE).catch(ignoreExisting);
  }
}

function makeLastSync(path: string): void {
  try {
    mkdirSync(path, MODE);
  } catch (error) {
    ignoreExisting(error);
  }
}

/** What is missing above; nothing if the directory, or something else that will be noticed, is there already. */
function parentToMake(path: string, error: unknown): string | undefined {
  const code = systemErrorCode(error);
  if (code === 'EEXIST') return undefined;
  const parent = dirname(path);
  if (code !== 'ENOENT' || parent === path) throw error;
  return parent;
}

function ignoreExisting(error: unknown): void {
  if (systemErrorCode(error) !== 'EEXIST') throw error;
}
