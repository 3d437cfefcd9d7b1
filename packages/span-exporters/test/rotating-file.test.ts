import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { RotatingFile } from '../src/rotating-file.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rotating-file-'));
  path = join(folder, 'spans.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const line = (text: string): Buffer => Buffer.from(`${text}\n`);
const read = (name = 'spans.jsonl'): string => readFileSync(join(folder, name), 'utf8');
const onRotationFailure = jest.fn();
afterEach(() => onRotationFailure.mockReset());

const file = (options: { maxFileBytes?: number; maxFiles?: number } = {}): RotatingFile =>
  new RotatingFile({ path, maxFileBytes: 1_000, maxFiles: 3, onRotationFailure, ...options });

test('appends lines in order, to what is there already', async () => {
  writeFileSync(path, 'old\n');
  const target = file();
  await Promise.all([target.append(line('a')), target.append(line('b'))]);
  await target.append(line('c'));
  expect(read()).toBe('old\na\nb\nc\n');
  expect(target.writtenBytes).toBe(6);
  expect(target.pendingBytes).toBe(0);
});

test('makes missing folders, and a file that only its owner can read', async () => {
  path = join(folder, 'a/b/spans.jsonl');
  await file().append(line('a'));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o700);
});

test('rotates by size and keeps the given number of files, each with mode 0600', async () => {
  const target = file({ maxFileBytes: 8, maxFiles: 3 });
  for (const text of ['1', '2', '3', '4', '5']) await target.append(line(text.repeat(5)));
  expect(readdirSync(folder).sort()).toEqual(['spans.jsonl', 'spans.jsonl.1', 'spans.jsonl.2']);
  expect([read(), read('spans.jsonl.1'), read('spans.jsonl.2')]).toEqual(['55555\n', '44444\n', '33333\n']);
  expect(statSync(`${path}.2`).mode & 0o777).toBe(0o600);
  expect(target.rotations).toBe(4);
});

test('rotates in the middle of a burst', async () => {
  const target = file({ maxFileBytes: 20, maxFiles: 10 });
  await Promise.all(Array.from({ length: 10 }, (_, i) => target.append(line(`line ${i}`))));
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(20);
  expect(
    readdirSync(folder)
      .map((name) => read(name))
      .join('')
      .match(/line \d/g)
      ?.sort(),
  ).toEqual(Array.from({ length: 10 }, (_, i) => `line ${i}`));
});

test('with one file, a full one is deleted', async () => {
  const target = file({ maxFileBytes: 8, maxFiles: 1 });
  await target.append(line('11111'));
  await target.append(line('22222'));
  expect(readdirSync(folder)).toEqual(['spans.jsonl']);
  expect(read()).toBe('22222\n');
});

test('writes a line that is longer than the limit whole, in a file of its own', async () => {
  const target = file({ maxFileBytes: 8 });
  await target.append(line('a'));
  await target.append(line('b'.repeat(50)));
  await target.append(line('c'));
  expect([read('spans.jsonl.2'), read('spans.jsonl.1'), read()]).toEqual(['a\n', `${'b'.repeat(50)}\n`, 'c\n']);
});

test('closes off a line that a crash left torn', async () => {
  writeFileSync(path, 'whole\n{"torn":');
  await file().append(line('next'));
  expect(read()).toBe('whole\n{"torn":\nnext\n');
});

test('makes the file anew when it was moved away or deleted', async () => {
  const target = file();
  await target.append(line('a'));
  rmSync(path);
  await target.append(line('b'));
  expect(read()).toBe('b\n');
});

test('rejects each line it could not write, and goes on when it can again', async () => {
  writeFileSync(join(folder, 'blocked'), '');
  path = join(folder, 'blocked/spans.jsonl');
  const target = file();
  await expect(target.append(line('a'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  rmSync(join(folder, 'blocked'));
  await target.append(line('b'));
  expect(readFileSync(path, 'utf8')).toBe('b\n');
});

test('reports a full disk', async () => {
  path = '/dev/full';
  await expect(file().append(line('a'))).rejects.toMatchObject({ code: 'ENOSPC' });
});

test('while another process rotates, goes on in the file as it is', async () => {
  writeFileSync(path, 'x'.repeat(999) + '\n');
  writeFileSync(`${path}.lock`, '');
  const target = file();
  await target.append(line('a'));
  expect(read()).toMatch(/x\na\n$/);
  expect(target.rotations).toBe(0);
});

test('removes the lock of a process that died, and rotates the next time', async () => {
  writeFileSync(path, 'x'.repeat(999) + '\n');
  writeFileSync(`${path}.lock`, '');
  utimesSync(`${path}.lock`, new Date(0), new Date(0));
  const target = file();
  await target.append(line('a'));
  await target.append(line('b'));
  expect(read()).toBe('b\n');
  expect(readdirSync(folder).sort()).toEqual(['spans.jsonl', 'spans.jsonl.1']);
});

test('writes on when the files cannot be moved, and reports it', async () => {
  writeFileSync(path, 'x'.repeat(999) + '\n');
  mkdirSync(`${path}.1`);
  writeFileSync(join(`${path}.1`, 'in the way'), '');
  const target = file({ maxFiles: 2 });
  await target.append(line('a'));
  expect(read()).toMatch(/x\na\n$/);
  expect(onRotationFailure).toHaveBeenCalledTimes(1);
  expect(readdirSync(folder).sort()).toEqual(['spans.jsonl', 'spans.jsonl.1']);
});

test('three processes on one file tear, lose and repeat no line, across rotations', async () => {
  for (const name of ['rotating-file', 'make-directory', 'system-error-code']) {
    const { code } = transformFileSync(join(__dirname, `../src/${name}.ts`), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    writeFileSync(join(folder, `${name}.js`), code);
  }
  const script = join(folder, 'writer.cjs');
  writeFileSync(
    script,
    `const { RotatingFile } = require('./rotating-file.js');
     const [, , path, id] = process.argv;
     const target = new RotatingFile({ path, maxFileBytes: 200_000, maxFiles: 100, onRotationFailure: console.error });
     const line = (i) => Buffer.from(JSON.stringify([id, i, 'x'.repeat((i * 37) % 5_000)]) + '\\n');
     (async () => {
       for (let i = 0; i < 300; i += 2) await Promise.all([target.append(line(i)), target.append(line(i + 1))]);
     })();`,
  );
  const output = join(folder, 'out', 'spans.jsonl');
  const writers = ['a', 'b', 'c'].map((id) => spawn(process.execPath, [script, output, id], { stdio: 'inherit' }));
  const codes = await Promise.all(writers.map(async (writer) => ((await once(writer, 'exit')) as [number])[0]));
  expect(codes).toEqual([0, 0, 0]);

  const names = readdirSync(join(folder, 'out'));
  const lines = names.flatMap((name) => read(`out/${name}`).split('\n').slice(0, -1));
  const written = lines.map((text) => (JSON.parse(text) as [string, number, string]).slice(0, 2).join(''));
  const expected = ['a', 'b', 'c'].flatMap((id) => Array.from({ length: 300 }, (_, i) => `${id}${i}`));
  expect(written.sort()).toEqual(expected.sort());
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => name.endsWith('.lock'))).toEqual([]);
}, 30_000);

describe('appendSync', () => {
  test('writes what waits and then its own lines, each once, before it returns', async () => {
    const target = file();
    const appended = ['a', 'b', 'c'].map((text) => target.append(line(text)));
    target.appendSync([line('d')]);
    // The first may have been on its way already; its place is then behind.
    expect(read().split('\n').slice(0, -1)).toEqual(expect.arrayContaining(['b', 'c', 'd']));
    await Promise.all(appended);
    await target.idle();
    expect(read().split('\n').slice(0, -1).sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(target.pendingBytes).toBe(0);
    expect(target.writtenBytes).toBe(8);
  });

  test('makes the folder and closes off a line that was torn', () => {
    path = join(folder, 'a/spans.jsonl');
    file().appendSync([line('1')]);
    writeFileSync(path, '1\nhal');
    file().appendSync([line('2')]);
    expect(readFileSync(path, 'utf8')).toBe('1\nhal\n2\n');
  });

  test('tells those who wait when it cannot write', async () => {
    path = join(folder, 'taken');
    mkdirSync(path);
    const target = file();
    const appended = target.append(line('a'));
    expect(() => target.appendSync([line('b')])).toThrow('EISDIR');
    await expect(appended).rejects.toThrow('EISDIR');
    await target.idle();
    expect(target.pendingBytes).toBe(0);
  });
});
