import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for each test of a suite, in which the process seems to run. */
export interface ApplicationFolder {
  readonly path: string;
  /** Puts a package there, or below in `folder`, that is one file. */
  install(id: string, content: string, file?: string, folder?: string): void;
}

/** To be called once, at the top of a suite. The main script is `main.js` in the folder. */
export function applicationFolder(): ApplicationFolder {
  const mainScript = process.argv[1];
  let path = '';
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'genspan-application-'));
    jest.spyOn(process, 'cwd').mockReturnValue(path);
    process.argv[1] = join(path, 'main.js');
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.argv[1] = mainScript ?? '';
    rmSync(path, { recursive: true });
  });
  return {
    get path() {
      return path;
    },
    install(id, content, file = 'index.js', folder = path) {
      const target = join(folder, 'node_modules', id);
      mkdirSync(target, { recursive: true });
      writeFileSync(join(target, file), content);
    },
  };
}
