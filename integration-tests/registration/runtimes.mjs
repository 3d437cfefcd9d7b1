// Other releases of Node, installed from npm into a folder of their own.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns the path of a `node` for each major release, installing what is missing.
 *
 * @param {readonly number[]} majors
 * @param {string} folder where to keep them
 * @returns {Map<number, string>}
 */
export function nodeRuntimes(majors, folder) {
  const current = Number(process.versions.node.split('.')[0]);
  const pathOf = (major) => (major === current ? process.execPath : join(folder, `node_modules/node${major}/bin/node`));
  const missing = majors.filter((major) => !existsSync(pathOf(major)));
  if (missing.length > 0) {
    const aliases = majors
      .filter((major) => major !== current)
      .map((major) => `node${major}@npm:node-${process.platform}-${process.arch}@${major}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    npm(['install', '--no-save', ...aliases], folder);
  }
  return new Map(majors.map((major) => [major, pathOf(major)]));
}

/** Runs npm quietly; what it prints is shown only when it fails. */
export function npm(args, cwd) {
  const { status, stdout, stderr, error } = spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    encoding: 'utf8',
    // Variables that the npm which runs this script sets would point the new one at our workspace.
    env: Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^npm_(config|package|lifecycle)/i.test(name)),
    ),
  });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed in ${cwd}\n${error ?? ''}${stdout}${stderr}`);
  return stdout;
}
