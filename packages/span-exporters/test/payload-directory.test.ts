import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OtlpPayload } from '../src/otlp/otlp-payload.js';
import { PayloadDirectory } from '../src/payload-directory.js';

let path: string;
const failures: string[] = [];
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'payloads-'));
  failures.length = 0;
});
afterEach(() => rmSync(path, { recursive: true }));

const directoryOf = (options: { maxBytes?: number; maxFiles?: number; maxQueueBytes?: number } = {}) =>
  new PayloadDirectory({
    path,
    maxBytes: 1_000,
    maxFiles: 100,
    maxQueueBytes: 100_000,
    onFailure: (operation) => failures.push(operation),
    ...options,
  });
const payload = (bytes: number): OtlpPayload => ({ encoding: 'json', bytes: Buffer.alloc(bytes, 'x'), spanCount: 1 });
const reasons = () =>
  readdirSync(path)
    .sort()
    .map((name) => /\d{6}-(\w+)\.json$/.exec(name)?.[1] ?? name);
const LETTERS = ['a', 'b', 'c', 'd', 'e'];

/** So that names differ in time, and their order is that of writing. */
async function addInOrder(directory: PayloadDirectory, letters: readonly string[], bytes: number): Promise<void> {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'queueMicrotask'] });
  for (const [index, letter] of letters.entries()) {
    jest.setSystemTime(1_800_000_000_000 + index);
    directory.add(letter, payload(bytes));
  }
  jest.useRealTimers();
  expect(await directory.idle(10_000)).toBe(true);
}

test('keeps no more files than it may, the newest', async () => {
  const directory = directoryOf({ maxFiles: 2 });
  await addInOrder(directory, LETTERS, 10);
  expect(reasons()).toEqual(['d', 'e']);
  expect(directory.counts()).toEqual({ writtenFiles: 5, writtenBytes: 50, deletedFiles: 3, skippedFiles: 0 });
});

test('keeps no more bytes than it may', async () => {
  await addInOrder(directoryOf({ maxBytes: 1_000 }), LETTERS, 400);
  expect(reasons()).toEqual(['d', 'e']);
});

test('counts and deletes what another process left there, and touches nothing else', async () => {
  mkdirSync(join(path, '2020-01-01T00-00-00.000Z-1-000001-ok.json'));
  writeFileSync(join(path, '2020-01-01T00-00-00.000Z-1-000002-ok.json'), 'x'.repeat(900));
  writeFileSync(join(path, '2020-01-01T00-00-00.000Z-1-000003-ok.json.bak'), 'x'.repeat(900));
  writeFileSync(join(path, 'notes.json'), 'x'.repeat(5_000));
  await addInOrder(directoryOf(), ['a'], 200);
  expect(reasons()).toEqual(['ok', '2020-01-01T00-00-00.000Z-1-000003-ok.json.bak', 'a', 'notes.json']);
});

test('several on one directory stay within the limits together, but for what they write between two looks', async () => {
  const directories = [directoryOf({ maxFiles: 32 }), directoryOf({ maxFiles: 32 }), directoryOf({ maxFiles: 32 })];
  for (let round = 0; round < 100; round++) {
    for (const directory of directories) directory.add('ok', payload(1));
    await Promise.all(directories.map((directory) => directory.idle(10_000)));
    expect(readdirSync(path).length).toBeLessThanOrEqual(32 + 2 * (32 / 16 + 1));
  }
  expect(failures).toEqual([]);
  const counts = directories.map((directory) => directory.counts());
  const deleted = counts.reduce((total, { deletedFiles }) => total + deletedFiles, 0);
  expect(deleted).toBe(300 - readdirSync(path).length);
});

test('removes what a dead process was writing, not what a living one is', async () => {
  const [dead, living] = ['000001', '000002'].map((n) => join(path, `2020-01-01T00-00-00.000Z-1-${n}-ok.json.tmp`));
  if (dead === undefined || living === undefined) throw new Error('no names');
  for (const file of [dead, living]) writeFileSync(file, 'half');
  utimesSync(dead, 0, 0);
  await addInOrder(directoryOf(), ['a'], 10);
  expect(readdirSync(path)).toHaveLength(2);
  expect(readdirSync(path)).toContain('2020-01-01T00-00-00.000Z-1-000002-ok.json.tmp');
});

test('refuses what is larger than the directory, and what finds no room to wait; both are counted', async () => {
  const directory = directoryOf({ maxQueueBytes: 100 });
  directory.add('large', payload(1_001));
  directory.add('first', payload(80));
  directory.add('second', payload(80));
  await directory.idle(10_000);
  directory.add('third', payload(80));
  await directory.idle(10_000);
  expect(reasons().sort()).toEqual(['first', 'third']);
  expect(failures).toEqual(['size', 'queue']);
  expect(directory.counts().skippedFiles).toBe(2);
});

test('goes on after a failure', async () => {
  const directory = directoryOf();
  rmSync(path, { recursive: true });
  writeFileSync(path, '');
  directory.add('a', payload(1));
  await directory.idle(10_000);
  rmSync(path);
  directory.add('b', payload(1));
  await directory.idle(10_000);
  expect(failures).toEqual(['write ENOTDIR']);
  expect(reasons()).toEqual(['b']);
});

test('writes the same bounded directory synchronously', () => {
  const directory = directoryOf({ maxFiles: 2 });
  jest.useFakeTimers();
  for (const letter of LETTERS) {
    jest.advanceTimersByTime(1);
    directory.addSync(letter, payload(10));
  }
  jest.useRealTimers();
  expect(reasons()).toEqual(['d', 'e']);
});
