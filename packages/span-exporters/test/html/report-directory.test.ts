import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ReportDirectory } from '../../src/html/report-directory.js';

const START = 1_750_000_000_123;
let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'report-directory-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('names are by start and id, and never given twice', () => {
  const directory = new ReportDirectory(folder, 10);
  const id = 'ab'.repeat(16);
  expect([1, 2, 3].map(() => basename(directory.claim(START, id)))).toEqual([
    `20250615T150640123Z-${id}.html`,
    `20250615T150640123Z-${id}-2.html`,
    `20250615T150640123Z-${id}-3.html`,
  ]);
  expect(basename(new ReportDirectory(folder, 10).claim(START, id))).toBe(`20250615T150640123Z-${id}-4.html`);
});

test.each([
  ['../../etc/passwd', '20250615T150640123Z-etcpasswd.html'],
  ['', '20250615T150640123Z-x.html'],
  ['/'.repeat(40), '20250615T150640123Z-x.html'],
  ['a'.repeat(100), `20250615T150640123Z-${'a'.repeat(32)}.html`],
])('the id %j cannot leave the folder', (id, name) => {
  new ReportDirectory(folder, 10).claim(START, id);
  expect(readdirSync(folder)).toEqual([name]);
});

test('a time that is none has a name too', () => {
  expect(basename(new ReportDirectory(folder, 10).claim(Number.NaN, 'a'))).toBe('19700101T000000000Z-a.html');
});

test('the oldest pages are removed, those of earlier processes too, and no other files', () => {
  for (const name of ['keep.html', '20250615-notes.txt', '20200101T000000000Z-old.html'])
    writeFileSync(join(folder, name), '');
  const directory = new ReportDirectory(folder, 2);
  for (const second of [1, 2, 3]) directory.claim(START + second * 1_000, 'a');
  expect(readdirSync(folder).sort()).toEqual([
    '20250615-notes.txt',
    '20250615T150642123Z-a.html',
    '20250615T150643123Z-a.html',
    'keep.html',
  ]);
});

test('what a process that died left unfinished is removed when it is old', () => {
  const [old, young] = ['.a.html.0123456789ab.tmp', '.b.html.0123456789ab.tmp'];
  for (const name of [old, young, '.other.tmp']) writeFileSync(join(folder, name), '');
  const before = new Date(Date.now() - 3_600_000);
  for (const name of [old, '.other.tmp']) utimesSync(join(folder, name), before, before);
  void new ReportDirectory(folder, 10);
  expect(readdirSync(folder).sort()).toEqual([young, '.other.tmp'].sort());
});

test('a folder that was removed is made again', () => {
  const directory = new ReportDirectory(join(folder, 'pages'), 10);
  rmSync(join(folder, 'pages'), { recursive: true });
  directory.claim(START, 'a');
  expect(readdirSync(join(folder, 'pages'))).toHaveLength(1);
});
