import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDirectory, makeDirectorySync } from '../src/make-directory.js';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'make-directory-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['at once', async (path: string) => Promise.resolve(makeDirectorySync(path))],
  ['in the background', makeDirectory],
])('makes what is missing, for the owner only, and leaves what is there: %s', async (_, make) => {
  await make(join(folder, 'a/b/c'));
  for (const path of ['a', 'a/b', 'a/b/c']) expect(statSync(join(folder, path)).mode & 0o777).toBe(0o700);
  await make(join(folder, 'a/b/c'));
  await make('/');
});

test.each([
  ['at once', async (path: string) => Promise.resolve().then(() => makeDirectorySync(path))],
  ['in the background', makeDirectory],
])('fails where none can be made: %s', async (_, make) => {
  writeFileSync(join(folder, 'file'), '');
  await expect(make(join(folder, 'file/a/b'))).rejects.toThrow('ENOTDIR');
  if (process.platform === 'linux') await expect(make('/proc/no/such')).rejects.toThrow('ENOENT');
});
