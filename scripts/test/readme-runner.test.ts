import { join, resolve } from 'node:path';
import { rmSync } from 'node:fs';
import { runDocuments } from '../readme-runner.mjs';
import { FixtureTree } from './fixture-tree';

// Inside the repository, where the type definitions of Node resolve.
const folder = resolve(__dirname, '../../.cache', `readme-test-${process.pid}`);
const fence = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\`\n`;

async function runMarkdown(markdown: string, timeoutMillis = 20_000) {
  const tree = new FixtureTree({ 'README.md': markdown });
  try {
    const documents = [{ name: 'README.md', file: join(tree.root, 'README.md') }];
    return await runDocuments(documents, {
      folder,
      env: { PATH: process.env['PATH'], GREETING: 'hello' },
      timeoutMillis,
    });
  } finally {
    tree.dispose();
  }
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('runDocuments', () => {
  it('runs CommonJS, ES modules, TypeScript of both kinds and shell blocks that start a written file', async () => {
    const result = await runMarkdown(
      fence('js', "const { ok } = require('node:assert'); ok(process.env.GREETING === 'hello');") +
        fence('js', "import { ok } from 'node:assert';\nok(await Promise.resolve(true));") +
        fence('ts', "import { ok } from 'node:assert';\nconst one: number = 1;\nok(one);") +
        fence('ts', 'const one: number = 1;\nif (one !== 1) throw new Error();') +
        `<!-- file: app.mjs -->\n${fence('js', "import 'node:fs'; if (process.argv[2] !== 'x') process.exit(3);")}` +
        `<!-- run -->\n${fence('sh', 'node app.mjs x')}` +
        `<!-- not run: costs money -->\n${fence('js', 'throw new Error();')}`,
    );
    expect(result.findings).toEqual([]);
    expect(result.ran).toBe(5);
    expect(result.skipped).toEqual(['README.md:26: costs money']);
  });

  it('tells the line and the output of a block that fails', async () => {
    const { findings } = await runMarkdown(`# Title\n\n${fence('js', "require('a-package-that-is-not-there');")}`);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(/^README\.md:3: the block ended with exit code 1\n {4}/);
    expect(findings[0]).toContain("Cannot find module 'a-package-that-is-not-there'");
  });

  it('tells the command of a shell block that fails', async () => {
    const { findings } = await runMarkdown(`<!-- run -->\n${fence('sh', 'false\ntrue')}`);
    expect(findings).toEqual([expect.stringContaining('README.md:2: the block ended with exit code 1')]);
  });

  it('tells a block that keeps its process alive', async () => {
    const { findings } = await runMarkdown(fence('js', 'setInterval(() => {}, 1000);'), 1_000);
    expect(findings).toEqual([expect.stringContaining('README.md:1: the block did not end within 1 s')]);
  });

  it('tells a TypeScript block that runs and does not type-check, at its line', async () => {
    const { findings } = await runMarkdown(
      `text\n${fence('ts', "const fine = 1;\nexport const x: number = 'one';\nvoid fine;")}`,
    );
    expect(findings).toEqual(["README.md:4: error TS2322: Type 'string' is not assignable to type 'number'."]);
  });

  it('tells a document that cannot be read as blocks', async () => {
    const { findings, ran } = await runMarkdown('```js\nnever closed');
    expect(findings).toEqual(['README.md: line 1: Expected the block to be closed, got the end of the file']);
    expect(ran).toBe(0);
  });
});
