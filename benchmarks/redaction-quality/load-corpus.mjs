// The corpus and its judge are TypeScript that only tests need; here they are compiled for a process of their own.
import { mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformFileSync } from '@swc/core';

const packageRoot = fileURLToPath(new URL('../../packages/redaction-span-processor/', import.meta.url));
const corpusDirectory = join(packageRoot, 'test/corpus');

/**
 * Loads `corpus.ts` and `judge.ts`, and makes the corpus.
 *
 * @param options.corpus the folder of the templates; the one of the tests when it is not given
 * @param options.seed another one gives other values
 */
export async function loadCorpus({ corpus: directory = corpusDirectory, seed } = {}) {
  const output = mkdtempSync(join(tmpdir(), 'genspan-corpus-'));
  try {
    for (const file of sourcesOf('test/corpus').concat('src/detector-name.ts')) compile(file, output);
    writeFileSync(join(output, 'package.json'), '{ "type": "module" }');
    const load = (name) => import(pathToFileURL(join(output, 'test/corpus', name)).href);
    const [{ makeCorpus, CORPUS_SETS }, judge] = await Promise.all([load('corpus.js'), load('judge.js')]);
    return { corpus: makeCorpus(directory, seed), sets: CORPUS_SETS, ...judge };
  } finally {
    rmSync(output, { recursive: true });
  }
}

function sourcesOf(directory) {
  return readdirSync(join(packageRoot, directory), { recursive: true })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => join(directory, file));
}

function compile(file, output) {
  const { code } = transformFileSync(join(packageRoot, file), {
    swcrc: false,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
  });
  const target = join(output, file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
}
