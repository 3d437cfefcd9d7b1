// Runs the code blocks of Markdown files, each as its own process, and type-checks the TypeScript ones.
import { transform } from '@swc/core';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, runAll } from './commands.mjs';
import { root } from './prepare.mjs';
import { codeBlocks, moduleExtension } from './readme-blocks.mjs';

const TSC = join(root, 'node_modules/@typescript/native/bin/tsc');
const TSC_OPTIONS = [
  '--noEmit',
  '--strict',
  '--target',
  'es2022',
  '--module',
  'node20',
  '--skipLibCheck',
  '--types',
  'node',
];

/**
 * @param {{ name: string, file: string }[]} documents `name` is how a finding calls the file
 * @param {{ folder: string, env: Record<string, string | undefined>, timeoutMillis: number }} options `folder` holds the blocks while they
 *   run, and has to be where the packages resolve
 * @returns {Promise<{ ran: number, skipped: string[], findings: string[] }>}
 */
export async function runDocuments(documents, { folder, env, timeoutMillis }) {
  const findings = [];
  const skipped = [];
  const tasks = [];
  rmSync(folder, { recursive: true, force: true });
  for (const [index, { name, file }] of documents.entries()) {
    const own = join(folder, String(index));
    mkdirSync(own, { recursive: true });
    try {
      for (const block of codeBlocks(readFileSync(file, 'utf8'))) {
        const place = `${name}:${block.line}`;
        if (block.action === 'skip') skipped.push(`${place}: ${block.argument}`);
        else if (block.action === 'file') writeFileSync(join(own, block.argument), block.code);
        else tasks.push({ place, block, ...(await commandFor(block, own)), env, timeoutMillis, cwd: own });
      }
    } catch (error) {
      findings.push(`${name}: ${error.message}`);
    }
  }
  await runAll(tasks, folder, ({ place }, { status, stdout, stderr, timedOut }) => {
    const how = timedOut ? `did not end within ${timeoutMillis / 1000} s` : `ended with exit code ${status}`;
    if (timedOut || status !== 0) findings.push(`${place}: the block ${how}\n${indent(stdout + stderr)}`);
  });
  findings.push(...(await typeFindings(tasks.filter(({ typed }) => typed !== undefined))));
  return { ran: tasks.length, skipped, findings };
}

/** Writes a block as a file, and says how to run it. */
async function commandFor(block, folder) {
  if (block.action === 'shell') return { command: ['bash', '-euo', 'pipefail', '-c', block.code] };
  const extension = moduleExtension(block);
  const file = join(folder, `line-${block.line}${extension}`);
  writeFileSync(file, block.code);
  if (!extension.endsWith('ts')) return { command: [process.execPath, file] };
  const { code } = await transform(block.code, {
    filename: file,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: extension === '.mts' ? 'es6' : 'commonjs' },
  });
  const compiled = file.replace(/ts$/, 'js');
  writeFileSync(compiled, code);
  return { command: [process.execPath, compiled], typed: file };
}

/** All TypeScript blocks in one run of the compiler; an error is told at its line in the document. */
async function typeFindings(tasks) {
  if (tasks.length === 0) return [];
  const files = tasks.map(({ typed }) => typed);
  const { status, stdout, stderr } = await run(
    [process.execPath, TSC, ...TSC_OPTIONS, '--pretty', 'false', ...files],
    root,
  );
  if (status === 0) return [];
  const errors = [];
  for (const line of (stdout + stderr).split('\n')) {
    const error = /^(.*?)\((\d+),\d+\): (.*)$/.exec(line);
    const task = error && tasks.find(({ typed }) => join(root, error[1]) === typed || error[1] === typed);
    if (!task) {
      if (line.trim() !== '') errors.push(line);
      continue;
    }
    const [name, fence] = task.place.split(/:(?=\d+$)/);
    errors.push(`${name}:${Number(fence) + Number(error[2])}: ${error[3]}`);
  }
  return errors;
}

function indent(text) {
  return text.trim().replaceAll(/^/gm, '    ');
}
