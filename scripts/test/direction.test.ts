import { checkDirection } from '../direction.mjs';
import { FixtureTree, type Tree } from './fixture-tree';

const api = { '@opentelemetry/api': '^1.9.0' };

/** A tree without findings; each test adds the one file that is wrong. */
function soundTree(extra: Tree = {}): Tree {
  return {
    'package.json': { devDependencies: { 'fast-check': '^4.0.0' } },
    'packages/semconv/package.json': { name: '@genspan/semconv' },
    'packages/semconv/src/index.ts': "export const ATTR = 'gen_ai.system';",
    'packages/test-utils/package.json': { name: '@genspan/test-utils', private: true },
    'packages/test-utils/src/index.ts': 'export const home = process.env.HOME;',
    'packages/span-exporters/package.json': {
      name: '@genspan/span-exporters',
      dependencies: { '@genspan/semconv': '^0.0.0' },
      peerDependencies: api,
    },
    'packages/span-exporters/src/index.ts': [
      "import { readFile } from 'node:fs/promises';",
      "import { trace } from '@opentelemetry/api';",
      "export { ATTR } from '@genspan/semconv';",
      'export const used = [readFile, trace];',
      '// process.env in a comment is no read',
    ].join('\n'),
    'packages/span-exporters/test/index.test.ts': [
      "import fc from 'fast-check';",
      "import { home } from '@genspan/test-utils';",
      "import { used } from '../src/index.js';",
      'process.env.X = String([fc, home, used]);',
    ].join('\n'),
    'packages/attachments/package.json': { name: '@genspan/attachments' },
    'packages/attachments/src/index.ts': 'export {};',
    'packages/configuration/package.json': { name: '@genspan/configuration' },
    'packages/configuration/src/read.ts': 'export const all = process.env;',
    ...extra,
  };
}

function check(extra?: Tree) {
  const tree = new FixtureTree(soundTree(extra));
  try {
    return checkDirection(tree.root);
  } finally {
    tree.dispose();
  }
}

const containing = (text: string): unknown => expect.stringContaining(text);

const source = 'packages/span-exporters/src/wrong.ts';

describe('checkDirection', () => {
  it('passes a tree in which every import keeps the direction', () => {
    expect(check()).toEqual({ packages: 5, files: 6, findings: [] });
  });

  it.each([
    ['a static import', "import '@genspan/attachments';"],
    ['a type import', "import type { X } from '@genspan/attachments';"],
    ['an export from', "export { X } from '@genspan/attachments/deep';"],
    ['a dynamic import', "\nconst x = import('@genspan/attachments');"],
    ['a require', "\nconst x = require('@genspan/attachments');"],
    ['a require.resolve', "\nconst x = require.resolve('@genspan/attachments');"],
    ['an import type expression', "type X = import('@genspan/attachments').X;"],
    ['an import equals', "import x = require('@genspan/attachments');"],
  ])('finds %s of another component', (_form, text) => {
    const { findings } = check({ [source]: text });
    expect(findings).toContainEqual(
      containing(
        'span-exporters must not import attachments; it may import semconv, span-processor-base, genai-context',
      ),
    );
    expect(findings).toContainEqual(containing(`${source}:${text.startsWith('\n') ? 2 : 1}: `));
  });

  it('finds a dependency on another component that nothing imports yet', () => {
    const manifest = { name: '@genspan/span-exporters', dependencies: { '@genspan/attachments': '*' } };
    const { findings } = check({ 'packages/span-exporters/package.json': manifest });
    expect(findings).toContainEqual(
      containing('packages/span-exporters/package.json: span-exporters must not import attachments'),
    );
  });

  it.each([
    ['span-processor-base', 'packages/instrumentation-openai', 'instrumentation-openai'],
    ['pipeline', 'packages/span-exporters', 'span-exporters'],
    ['node', 'packages/configuration', 'configuration'],
    ['configuration', 'packages/semconv', 'semconv'],
  ])('finds an import of %s in %s', (imported, folder, importer) => {
    const { findings } = check({
      [`${folder}/package.json`]: { name: `@genspan/${importer}` },
      [`${folder}/src/wrong.ts`]: `import '@genspan/${imported}';`,
    });
    expect(findings).toContainEqual(containing(`${folder}/src/wrong.ts:1: ${importer} must not import ${imported}`));
  });

  it('finds test-utils in a source', () => {
    const { findings } = check({ [source]: "import { home } from '@genspan/test-utils';" });
    expect(findings).toContainEqual(containing(`${source}:1: span-exporters must not import test-utils`));
  });

  it('finds an import of a test from a source', () => {
    const { findings } = check({ [source]: "import '../test/index.test.js';" });
    expect(findings).toContainEqual(containing(`${source}:1: span-exporters must not import its own tests`));
  });

  it('finds a relative import that leaves the package', () => {
    const { findings } = check({ [source]: "import '../../semconv/src/index.js';" });
    expect(findings).toContainEqual(containing(`${source}:1: span-exporters must not reach outside its folder`));
  });

  it('finds an import that the package has not declared, a development dependency of the root included', () => {
    const { findings } = check({ [source]: "import fc from 'fast-check';" });
    expect(findings).toContainEqual(containing(`${source}:1: Expected \`fast-check\` in the package's dependencies`));
  });

  it('lets types alone come from a development dependency, and from nowhere else', () => {
    expect(
      check({ [source]: "import type { Arbitrary } from 'fast-check'; export type A = Arbitrary<1>;" }).findings,
    ).toEqual([]);
    const { findings } = check({ [source]: "import type { A } from 'not-there'; export type B = A;" });
    expect(findings).toContainEqual(containing(`${source}:1: Expected \`not-there\` in the package's dependencies`));
  });

  it('finds an undeclared import in a published file beside src', () => {
    const { findings } = check({
      'packages/span-exporters/package.json': {
        name: '@genspan/span-exporters',
        dependencies: { '@genspan/semconv': '*' },
        peerDependencies: api,
        files: ['dist', 'register.cjs'],
      },
      'packages/span-exporters/register.cjs': "require('fast-check'); process.env.X;",
    });
    expect(findings).toContainEqual(containing("register.cjs:1: Expected `fast-check` in the package's dependencies"));
    expect(findings).toContainEqual(containing('register.cjs:1: process.env is read in configuration only'));
  });

  it.each([
    'export const x = process.env.X;',
    "export const x = process['env'];",
    'export const x = globalThis.process.env;',
    'const { env } = process; export { env };',
    'const { env: world } = process; export { world };',
    "export { world } from './x.js'; import { env as world } from 'node:process';",
  ])('finds a read of the environment: %s', (text) => {
    const { findings } = check({ [source]: text });
    expect(findings).toContainEqual(containing(`${source}:1: process.env is read in configuration only`));
  });

  it('lets one file of the OpenAI instrumentation read the environment, and no other', () => {
    const read = 'export const x = process.env.X;';
    const { findings } = check({
      'packages/instrumentation-openai/package.json': { name: '@genspan/instrumentation-openai' },
      'packages/instrumentation-openai/src/environment.ts': read,
      'packages/instrumentation-openai/src/patch.ts': read,
    });
    expect(findings).toEqual([
      'packages/instrumentation-openai/src/patch.ts:1: process.env is read in configuration only',
    ]);
  });

  it.each([
    ['packages/span-exporters/src/utils.ts', 'utils.ts'],
    ['packages/span-exporters/src/string-helpers.ts', 'string-helpers.ts'],
    ['packages/span-exporters/src/common/file.ts', 'common'],
    ['integration-tests/shared/file.ts', 'shared'],
  ])('finds a name that says nothing: %s', (path, name) => {
    const { findings } = check({ [path]: 'export {};' });
    expect(findings).toContainEqual(containing(`Expected a name that says what is inside, got \`${name}\``));
  });

  it('leaves a name alone that says what is inside, outside of the packages', () => {
    expect(check({ 'integration-tests/operations/chat-helpers.mjs': '' }).findings).toEqual([]);
  });

  it('finds a package that has no row in the rules', () => {
    const { findings } = check({ 'packages/surprise/package.json': { name: '@genspan/surprise' } });
    expect(findings).toContainEqual(
      containing('packages/surprise: Expected a row for `surprise` in scripts/direction-rules.mjs'),
    );
  });

  it('finds a package whose name is not that of its folder', () => {
    const { findings } = check({ 'packages/attachments/package.json': { name: '@genspan/attachment' } });
    expect(findings).toContainEqual(containing('Expected the name `@genspan/attachments`, got `@genspan/attachment`'));
  });
});
