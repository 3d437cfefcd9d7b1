import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeReportFile, writeReportFileSync } from '../../src/html/report-file.js';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'report-file-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const writers = {
  writeReportFile: (path: string, pieces: Iterable<string>) => writeReportFile(path, pieces, () => true),
  writeReportFileSync: async (path: string, pieces: Iterable<string>) => writeReportFileSync(path, pieces),
};

describe.each(Object.entries(writers))('%s()', (_, write) => {
  test('makes folders and the file for their owner only, and replaces what is there', async () => {
    const path = join(folder, 'a/b/page.html');
    await write(path, ['one ', 'é'.repeat(200_000)]);
    expect(readFileSync(path, 'utf8')).toBe(`one ${'é'.repeat(200_000)}`);
    expect([modeOf(path), modeOf(join(folder, 'a/b'))]).toEqual(['600', '700']);
    await write(path, ['two']);
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(readdirSync(join(folder, 'a/b'))).toEqual(['page.html']);
  });

  test('a page that fails in the middle leaves the one before, and nothing else', async () => {
    const path = join(folder, 'page.html');
    writeFileSync(path, 'before');
    const pieces = function* () {
      yield 'x'.repeat(100_000);
      throw new Error('no more');
    };
    await expect(write(path, pieces())).rejects.toThrow('no more');
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readdirSync(folder)).toEqual(['page.html']);
  });

  test('rejects with the code of the file system', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(write(join(folder, 'file/page.html'), ['x'])).rejects.toMatchObject({ code: expect.any(String) });
  });
});

test('lets other work have its turn while a large page is written', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const pieces = function* () {
    for (let index = 0; index < 200; index++) yield 'x'.repeat(70_000);
  };
  await writeReportFile(join(folder, 'page.html'), pieces(), () => true);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(1);
});

test('a page that is out of date when it is done does not take the place of the newer one', async () => {
  const path = join(folder, 'page.html');
  writeFileSync(path, 'newer');
  await writeReportFile(path, ['older'], () => false);
  expect(readFileSync(path, 'utf8')).toBe('newer');
  expect(readdirSync(folder)).toEqual(['page.html']);
});
