import { join } from 'node:path';
import { loadInstalled } from '../src/installed-module.js';
import { applicationFolder } from './application-folder.js';

const folder = applicationFolder();

function isText(loaded: unknown): loaded is string {
  return typeof loaded === 'string';
}

test('loads what is installed where the application runs', () => {
  folder.install('optional', 'module.exports = "here";');
  expect(loadInstalled('optional', isText)).toBe('here');
});

test('loads an export of a package', () => {
  folder.install('optional', 'module.exports = "all";', 'max.js');
  expect(loadInstalled('optional/max', isText)).toBe('all');
});

test('looks beside the main script, too, but first where the application runs', () => {
  const application = join(folder.path, 'application');
  process.argv[1] = join(application, 'main.js');
  folder.install('optional', 'module.exports = "beside";', 'index.js', application);
  expect(loadInstalled('optional', isText)).toBe('beside');
  jest.spyOn(process, 'cwd').mockReturnValue(join(folder.path, 'elsewhere'));
  folder.install('optional', 'module.exports = "here";', 'index.js', join(folder.path, 'elsewhere'));
  expect(loadInstalled('optional', isText)).toBe('here');
});

test('goes on when the first one is not what it should be', () => {
  process.argv[1] = join(folder.path, 'application', 'main.js');
  folder.install('optional', 'module.exports = "beside";', 'index.js', join(folder.path, 'application'));
  folder.install('optional', 'module.exports = 1;');
  expect(loadInstalled('optional', isText)).toBe('beside');
});

test.each([
  ['is not there', undefined],
  ['throws when it is loaded', 'throw new Error("wrong ELF class");'],
  ['exports something else', 'module.exports = {};'],
])('takes a package that %s for none', (_what, content) => {
  if (content !== undefined) folder.install('optional', content);
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
