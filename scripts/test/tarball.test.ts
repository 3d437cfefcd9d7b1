import { tarballFindings } from '../tarball.mjs';
import { FixtureTree, type Tree } from './fixture-tree';

const sound: Tree = {
  'package.json': {},
  'README.md': 'See https://example.com/home/page/ and ./src/home/x/.',
  LICENSE: 'Apache',
  'CHANGELOG.md': '# 0.1.0',
  'dist/cjs/index.js': "exports.path = '/v1/chat/completions';",
};

function check(extra: Tree = {}, manifest: object = {}): string[] {
  const tree = new FixtureTree({ ...sound, ...extra });
  try {
    const files = Object.keys({ ...sound, ...extra });
    return tarballFindings({ folder: tree.root, files, manifest, root: '/somewhere/genspan' });
  } finally {
    tree.dispose();
  }
}

describe('tarballFindings', () => {
  it('finds nothing in a package that holds what it should', () => {
    expect(check({}, { scripts: { generate: 'node generate.mjs' } })).toEqual([]);
  });

  it('names the documents that are missing', () => {
    expect(tarballFindings({ folder: '/', files: [], manifest: {}, root: '/somewhere' })).toEqual([
      'Expected package.json in the tarball, got none',
      'Expected README.md in the tarball, got none',
      'Expected LICENSE in the tarball, got none',
      'Expected CHANGELOG.md in the tarball, got none',
    ]);
  });

  it.each([
    ['dist/cjs/a.test.js', 'test'],
    ['test/a.js', 'test'],
    ['dist/cjs/.tsbuildinfo', 'build cache'],
    ['.npmrc', 'private file'],
    ['node_modules/a/index.js', 'dependency'],
  ])('finds %s', (file, what) => {
    expect(check({ [file]: '' })).toEqual([`Expected no ${what} in the tarball, got ${file}`]);
  });

  it.each([
    ['the repository itself', '{"sources":["/somewhere/genspan/src/a.ts"]}', '/somewhere/genspan'],
    ['a home folder', "require('/home/someone/a.js')", '/home/someone/'],
    ['a home folder on macOS', "require('/Users/someone/a.js')", '/Users/someone/'],
    ['a home folder on Windows', "require('C:\\\\Users\\\\someone')", 'C:\\\\Users\\'],
    ['a file URL', "import('file:///a.js')", 'file:///a'],
  ])('finds a path to %s', (_what, text, path) => {
    expect(check({ 'dist/cjs/index.js': text })).toEqual([
      `Expected no absolute path in dist/cjs/index.js, got ${path}`,
    ]);
  });

  it('finds a source map that names a source and does not hold it', () => {
    const map = { sources: ['../../src/a.ts', '../../src/b.ts'], sourcesContent: ['export {};'] };
    expect(check({ 'dist/cjs/a.js.map': map })).toEqual([
      'Expected dist/cjs/a.js.map to hold its sources, got names of files that are not published',
    ]);
    expect(check({ 'dist/cjs/a.js.map': { ...map, sourcesContent: ['export {};', ''] } })).toEqual([]);
  });

  it.each(['preinstall', 'install', 'postinstall', 'prepare'])('finds the script %s', (script) => {
    expect(check({}, { scripts: { [script]: 'node x.js' } })).toEqual([`Expected no script \`${script}\`, got one`]);
  });
});
