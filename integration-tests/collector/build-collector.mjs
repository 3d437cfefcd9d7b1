// Builds the Collector of builder.yaml, once for each content of it, outside of the repository.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtCollector, cachePlace, findCollector, NoCollectorError, STAND_IN } from './find-collector.mjs';

const BUILDER = 'go.opentelemetry.io/collector/cmd/builder';
const CONTRIB = 'github.com/open-telemetry/opentelemetry-collector-contrib/receiver/otlpjsonfilereceiver';
const STAND_IN_MODULE = 'genspan.invalid/collector/otlpjsonfilereceiver';
const MINIMUM_GO = [1, 26];
/** What begins like this is a build that is under way, or one that was interrupted. */
const UNFINISHED = '.building-';
const ABANDONED_MILLIS = 3_600_000;

/**
 * Returns the Collector that `OTELCOL` names, or the one of the manifest, built before or now.
 *
 * Builds at the same time do not disturb each other: each works in a folder of its own and renames it when all is there; the
 * first one stays.
 *
 * @param {(line: string) => void} say told what takes long
 * @returns {Promise<import('./find-collector.mjs').FoundCollector>}
 * @throws NoCollectorError (rejects) without Go, or when a module cannot be had or compiled
 */
export async function buildCollector(say) {
  const found = findCollector();
  if (found !== undefined) return found;

  const { manifest, version, root, folder } = cachePlace();
  requireGo();
  mkdirSync(root, { recursive: true });
  removeAbandoned(root);
  const work = mkdtempSync(join(root, UNFINISHED));
  try {
    say(`Building OpenTelemetry Collector ${version}; the first time this takes some minutes …`);
    const started = performance.now();
    await run(work, 'go', ['install', `${BUILDER}@v${version}`], { GOBIN: work });
    const hasContrib = isServed(work, `${CONTRIB}@v${version}`);
    if (!hasContrib) say(`The module proxy does not serve ${CONTRIB}@v${version}; building our stand-in.`);
    writeFileSync(join(work, 'builder.yaml'), hasContrib ? manifest : withStandIn(manifest));
    await run(work, join(work, 'builder'), ['--config=builder.yaml', '--skip-strict-versioning=false'], {});
    keepOnly(work, {
      version,
      receiver: hasContrib ? 'contrib' : 'stand-in',
      buildSeconds: Math.round((performance.now() - started) / 1000),
    });
    moveTo(folder, work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  const built = builtCollector(folder);
  if (built === undefined) throw new NoCollectorError(`Expected a Collector in ${folder} after the build`);
  return built;
}

/** Takes the sources and the builder away, and writes down what is left. */
function keepOnly(work, facts) {
  const name = 'otelcol-genspan';
  renameSync(join(work, 'build', name), join(work, name));
  for (const file of readdirSync(work)) {
    if (file !== name) rmSync(join(work, file), { recursive: true });
  }
  const built = { name, ...facts, bytes: statSync(join(work, name)).size };
  writeFileSync(join(work, 'built.json'), `${JSON.stringify(built, undefined, 2)}\n`);
}

function moveTo(folder, work) {
  try {
    renameSync(work, folder);
  } catch {
    // Another build came first, or what lies there is not whole.
    if (builtCollector(folder) !== undefined) return;
    rmSync(folder, { recursive: true, force: true });
    renameSync(work, folder);
  }
}

function removeAbandoned(root) {
  for (const name of readdirSync(root)) {
    if (!name.startsWith(UNFINISHED)) continue;
    const path = join(root, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
    if (age > ABANDONED_MILLIS) rmSync(path, { recursive: true, force: true });
  }
}

function withStandIn(manifest) {
  const line = new RegExp(`^  - gomod: ${CONTRIB} .*$`, 'm');
  return manifest.replace(line, `  - gomod: ${STAND_IN_MODULE} v0.0.0\n    path: ${JSON.stringify(STAND_IN)}`);
}

function requireGo() {
  const wanted = `Expected Go ${MINIMUM_GO.join('.')} or newer (https://go.dev/dl) to build the Collector`;
  const { status, stdout } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8', env: goEnvironment({}) });
  if (status !== 0) throw new NoCollectorError(`${wanted}, found no \`go\` in the PATH`);
  const [major, minor] = /^go(\d+)\.(\d+)/.exec(stdout)?.slice(1).map(Number) ?? [Infinity, 0];
  const [wantedMajor, wantedMinor] = MINIMUM_GO;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new NoCollectorError(`${wanted}, got ${stdout.trim()}`);
}

function isServed(cwd, module) {
  return spawnSync('go', ['mod', 'download', module], { cwd, env: goEnvironment({}) }).status === 0;
}

/** Runs a command quietly; what it printed is in the error. */
function run(cwd, command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: goEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    const fail = (reason) =>
      reject(new NoCollectorError(`${command} ${args.join(' ')}: ${reason}\n${output.slice(-4000)}`));
    child.on('error', (error) => fail(error.message));
    child.on('close', (code) => (code === 0 ? resolve() : fail(`exit code ${code}`)));
  });
}

/** The build is no part of a repository or a Go workspace that its folder may lie in. */
function goEnvironment(env) {
  return { ...process.env, GOFLAGS: '-mod=mod -buildvcs=false', GOWORK: 'off', ...env };
}
