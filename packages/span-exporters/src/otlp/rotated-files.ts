import { open, readdir } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemErrorCode } from '../system-error-code.js';

/** A file that is open for reading. */
export interface OpenFile {
  readonly path: string;
  readonly handle: FileHandle;
}

/**
 * Opens a file, and with `rotated` also those it was rotated to (`path.1`, `path.2` …), and returns them oldest first.
 *
 * They are opened newest first and before anything is read, so that a rotation meanwhile hides none: a file that moves on under
 * the next name is found again there, and left out as the one that is open already.
 *
 * @throws Error (rejects) when there is none, or one cannot be opened
 */
export async function openRotated(path: string, rotated: boolean): Promise<OpenFile[]> {
  const paths = rotated ? [path, ...(await rotatedPaths(path))] : [path];
  const files: OpenFile[] = [];
  const seen = new Set<string>();
  try {
    for (const candidate of paths) {
      const file = await openIfThere(candidate);
      if (file === undefined) continue;
      files.unshift(file);
      const { dev, ino } = await file.handle.stat({ bigint: true });
      const identity = `${dev}:${ino}`;
      if (seen.has(identity)) await files.shift()?.handle.close();
      seen.add(identity);
    }
    if (files.length === 0) throw new Error(`Expected an OTLP JSON file at \`${path}\`, got ENOENT`);
    return files;
  } catch (error) {
    await Promise.all(files.map(({ handle }) => handle.close()));
    throw error;
  }
}

async function openIfThere(path: string): Promise<OpenFile | undefined> {
  try {
    return { path, handle: await open(path, 'r') };
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw new Error(`Expected an OTLP JSON file at \`${path}\` that can be read`, { cause: error });
  }
}

/** By number, and one more than there is: what is the last now may have moved on when it is its turn. */
async function rotatedPaths(path: string): Promise<string[]> {
  const prefix = `${basename(path)}.`;
  const names = await readdir(dirname(path)).catch((): string[] => []);
  const numbers = names
    .filter((name) => name.startsWith(prefix) && /^[1-9]\d{0,8}$/.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)))
    .sort((a, b) => a - b);
  const wanted = [...numbers, (numbers.at(-1) ?? 0) + 1];
  return wanted.map((number) => join(dirname(path), `${prefix}${number}`));
}
