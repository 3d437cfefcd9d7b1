import { codeBlocks, moduleExtension } from '../readme-blocks.mjs';

const fence = (language: string, ...code: string[]): string => ['```' + language, ...code, '```'].join('\n');

describe('codeBlocks', () => {
  it('gives every runnable block with the line of its fence, and leaves other languages', () => {
    const blocks = codeBlocks(
      ['# Title', '', fence('js', 'a();', '', 'b();'), fence('yaml', 'x: 1'), fence('ts', 'c();')].join('\n'),
    );
    expect(blocks).toEqual([
      { line: 3, language: 'js', code: 'a();\n\nb();', action: 'run', argument: '' },
      { line: 11, language: 'ts', code: 'c();', action: 'run', argument: '' },
    ]);
  });

  it('runs a shell block only when it is told to', () => {
    expect(codeBlocks(fence('sh', 'npm install'))).toEqual([]);
    expect(codeBlocks(`<!-- run -->\n\n${fence('sh', 'node app.mjs')}`)).toMatchObject([{ line: 3, action: 'shell' }]);
  });

  it('keeps the reason of a block that is not run and the name of one that is a file', () => {
    const text = `<!-- not run: needs a key -->\n${fence('js', 'a')}\n<!-- file: app.mjs -->\n${fence('js', 'b')}`;
    expect(codeBlocks(text)).toMatchObject([
      { action: 'skip', argument: 'needs a key' },
      { action: 'file', argument: 'app.mjs' },
    ]);
  });

  it('applies a directive to the block right after it and to no other', () => {
    expect(codeBlocks(`<!-- not run: x -->\nSome text.\n${fence('js', 'a')}`)).toMatchObject([{ action: 'run' }]);
    expect(codeBlocks(`<!-- not run: x -->\n${fence('js', 'a')}\n${fence('js', 'b')}`)).toMatchObject([
      { action: 'skip' },
      { action: 'run' },
    ]);
  });

  it('takes the indentation of a list off the code', () => {
    expect(codeBlocks('- step\n\n  ```js\n  if (a) {\n    b();\n  }\n  ```')).toMatchObject([
      { code: 'if (a) {\n  b();\n}' },
    ]);
  });

  it('leaves a fence inside a longer fence alone', () => {
    expect(codeBlocks('````md\n```js\nthrow 1;\n```\n````')).toEqual([]);
  });

  it.each([
    ['```js\na();', 'line 1: Expected the block to be closed'],
    ['\n<!-- not run -->\n```js\n```', 'line 2: Expected `<!-- not run: … -->`, got nothing after the colon'],
  ])('refuses %j', (text, message) => {
    expect(() => codeBlocks(text)).toThrow(message);
  });
});

describe('moduleExtension', () => {
  it.each([
    ['js', "import a from 'a';", '.mjs'],
    ['js', "import 'a';", '.mjs'],
    ['js', "import { a } from 'a';", '.mjs'],
    ['js', 'export const a = 1;', '.mjs'],
    ['js', 'await fetch(url);', '.mjs'],
    ['js', "const a = require('a');\nimport('b');", '.cjs'],
    ['js', 'a();', '.cjs'],
    ['mjs', 'a();', '.mjs'],
    ['cjs', 'a();', '.cjs'],
    ['ts', "import type { A } from 'a';", '.mts'],
    ['ts', 'const a: number = 1;', '.cts'],
  ])('of %s %j is %s', (language, code, extension) => {
    expect(moduleExtension({ language, code })).toBe(extension);
  });
});
