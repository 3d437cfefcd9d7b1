import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadInstalledRe2 } from '../src/installed-re2.js';

describe('loadInstalledRe2', () => {
  let directory = '';
  const mainScript = process.argv[1];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'genspan-re2-'));
    jest.spyOn(process, 'cwd').mockReturnValue(directory);
    process.argv[1] = join(directory, 'main.js');
  });

  afterEach(() => {
    jest.restoreAllMocks();
    process.argv[1] = mainScript ?? '';
    rmSync(directory, { recursive: true });
  });

  function install(at: string, content: string): void {
    const folder = join(at, 'node_modules', 're2');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.js'), content);
  }

  it('finds the package beside the application', () => {
    install(directory, 'module.exports = class RE2 { marker() {} };');
    expect(loadInstalledRe2()?.name).toBe('RE2');
  });

  it('finds it beside the main script when the application runs elsewhere', () => {
    const application = join(directory, 'application');
    install(application, 'module.exports = class RE2OfMain {};');
    process.argv[1] = join(application, 'main.js');
    expect(loadInstalledRe2()?.name).toBe('RE2OfMain');
  });

  it.each([
    ['throws when it is loaded', 'throw new Error("wrong ELF class");'],
    ['exports something else', 'module.exports = {};'],
  ])('takes a package that %s for none', (_, content) => {
    install(directory, content);
    expect(loadInstalledRe2()).toBeUndefined();
  });
});
