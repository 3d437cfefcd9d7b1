import { loadInstalledRe2 } from '../src/installed-re2.js';
import { applicationFolder } from './application-folder.js';

const application = applicationFolder();

test('finds the class that the package re2 is', () => {
  application.install('re2', 'module.exports = class RE2 {};');
  expect(loadInstalledRe2()?.name).toBe('RE2');
});

test('takes a package that is no class for none', () => {
  application.install('re2', 'module.exports = { RE2: class {} };');
  expect(loadInstalledRe2()).toBeUndefined();
});
