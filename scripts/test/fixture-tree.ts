import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Files by path; an object is written as JSON. */
export type Tree = Record<string, string | object>;

/** A folder that holds the files of a tree and goes away with `dispose`. */
export class FixtureTree {
  readonly root = mkdtempSync(join(tmpdir(), 'genspan-tree-'));

  constructor(tree: Tree) {
    for (const [path, content] of Object.entries(tree)) this.write(path, content);
  }

  write(path: string, content: string | object): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
