import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadInstalled } from '../src/installed-module.js';

let directory = '';
const mainScript = process.argv[1];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'genspan-installed-'));
  jest.spyOn(process, 'cwd').mockReturnValue(directory);
  process.argv[1] = join(directory, 'main.js');
});

afterEach(() => {
  jest.restoreAllMocks();
  process.argv[1] = mainScript ?? '';
  rmSync(directory, { recursive: true });
});

function install(at: string, file: string, content: string): void {
  const folder = join(at, 'node_modules', 'optional');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), content);
}

function isText(loaded: unknown): loaded is string {
  return typeof loaded === 'string';
}

test('loads what is installed where the application runs', () => {
  install(directory, 'index.js', 'module.exports = "here";');
  expect(loadInstalled('optional', isText)).toBe('here');
});

test('loads an export of a package', () => {
  install(directory, 'max.js', 'module.exports = "all";');
  expect(loadInstalled('optional/max', isText)).toBe('all');
});

test('looks beside the main script, too, but first where the application runs', () => {
  const application = join(directory, 'application');
  process.argv[1] = join(application, 'main.js');
  install(application, 'index.js', 'module.exports = "beside";');
  expect(loadInstalled('optional', isText)).toBe('beside');
  jest.spyOn(process, 'cwd').mockReturnValue(join(directory, 'elsewhere'));
  install(join(directory, 'elsewhere'), 'index.js', 'module.exports = "here";');
  expect(loadInstalled('optional', isText)).toBe('here');
});

test('goes on when the first one is not what it should be', () => {
  process.argv[1] = join(directory, 'application', 'main.js');
  install(join(directory, 'application'), 'index.js', 'module.exports = "beside";');
  install(directory, 'index.js', 'module.exports = 1;');
  expect(loadInstalled('optional', isText)).toBe('beside');
});

test.each([
  ['is not there', undefined],
  ['throws when it is loaded', 'throw new Error("wrong ELF class");'],
  ['exports something else', 'module.exports = {};'],
])('takes a package that %s for none', (_what, content) => {
  if (content !== undefined) install(directory, 'index.js', content);
  expect(loadInstalled('optional', isText)).toBeUndefined();
});

test('does without a main script', () => {
  process.argv.splice(1, 1);
  try {
    expect(loadInstalled('optional', isText)).toBeUndefined();
  } finally {
    process.argv.splice(1, 0, '');
  }
});
