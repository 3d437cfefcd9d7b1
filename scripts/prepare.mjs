// What `npm test` and `npm run demo` need before they start: the locked dependencies and the built packages.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MINIMUM_NODE = [20, 19];
/** Holds the digest of the lock file that `npm ci` last installed from. */
const STAMP = 'node_modules/.genspan-installed';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Installs and builds what is missing and says so on stderr. Ends the process when something fails: nothing can run then. */
export function prepare() {
  requireNode(process.versions.node);
  install(root, 'the locked dependencies');
  build();
}

/** Installs what the lock file of `folder` asks for, unless it is there. Ends the process when that fails. */
export function install(folder, what) {
  const reason = installReason(folder);
  if (reason === undefined) return;
  say(`Installing ${what} (${reason}); this takes a minute or two …`);
  run('npm ci', npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']), folder);
  writeFileSync(join(folder, STAMP), lockDigest(folder));
}

/** Builds the packages, in less than a second when nothing changed. Ends the process when a source does not compile. */
export function build() {
  say('Building the packages …');
  run('the build', [process.execPath, join(root, 'scripts/build.mjs')], root);
}

/**
 * Why `npm ci` has to run, or undefined when node_modules holds what the lock file asks for. Contents are compared, not times: a
 * checkout touches the lock file without changing it, and an interrupted installation leaves no list behind.
 */
export function installReason(folder) {
  const installed = readPackages(join(folder, 'node_modules/.package-lock.json'));
  if (installed === undefined) return 'node_modules is missing or incomplete';
  if (readText(join(folder, STAMP)) === lockDigest(folder)) return undefined;
  const locked = readPackages(join(folder, 'package-lock.json')) ?? {};
  for (const [path, entry] of Object.entries(locked)) {
    // Optional ones may be for another platform, npm leaves extraneous ones out, and a workspace is its own folder.
    if (entry.optional || entry.devOptional || entry.extraneous || !path.includes('node_modules/')) continue;
    const there = installed[path];
    const same = entry.link ? there?.resolved === entry.resolved : there?.version === entry.version;
    if (!same || !existsSync(join(folder, path))) return `${path} is not as in package-lock.json`;
  }
  return undefined;
}

/** The command that runs the npm that started us, or else the one in the PATH. */
export function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('npm-cli.js')) return [process.execPath, cli, ...args];
  return ['npm', ...args];
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function lockDigest(folder) {
  return createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
}

function requireNode(version) {
  const [major, minor] = version.split('.').map(Number);
  const [wantedMajor, wantedMinor] = MINIMUM_NODE;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  say(`Expected Node ${MINIMUM_NODE.join('.')} or newer, got ${version}`);
  process.exit(1);
}

function run(what, [command, ...args], cwd) {
  // The child's output goes to stderr, so that stdout stays with the command that was asked for.
  const { status, error } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', process.stderr, process.stderr],
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (status === 0) return;
  say(`${what} failed${error ? `: ${error.message}` : ` with exit code ${status}`}`);
  process.exit(1);
}

function say(line) {
  process.stderr.write(`${line}\n`);
}
