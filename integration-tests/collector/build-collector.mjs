// Builds the Collector of builder.yaml, once for each content of it.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const BUILDER = 'go.opentelemetry.io/collector/cmd/builder';
const CONTRIB = 'github.com/open-telemetry/opentelemetry-collector-contrib/receiver/otlpjsonfilereceiver';
const STAND_IN = { module: 'genspan.invalid/collector/otlpjsonfilereceiver', folder: 'otlpjsonfilereceiver' };
/** No check has started when this is the reason to end. */
export class CannotBuildError extends Error {}

/**
 * Returns the Collector, built before or now.
 *
 * @param {string} cacheRoot folder that holds one folder for each version
 * @param {(line: string) => void} say told what takes long
 * @returns {Promise<{ binary: string, version: string, receiver: string, buildSeconds: number, bytes: number, isNew: boolean }>}
 * @throws CannotBuildError (rejects) without Go, or when a module cannot be had or compiled
 */
export async function buildCollector(cacheRoot, say) {
  const manifest = readFileSync(join(FOLDER, 'builder.yaml'), 'utf8');
  const version = /^ {2}version: (\S+)$/m.exec(manifest)?.[1];
  if (version === undefined) throw new CannotBuildError('builder.yaml: expected a line `version:` below `dist:`');
  const cache = join(cacheRoot, version);
  const digest = digestOf(manifest);
  const stamp = readStamp(join(cache, 'built.json'));
  if (stamp?.digest === digest) return { ...stamp, isNew: false };

  requireGo();
  say(`Building OpenTelemetry Collector ${version} in ${cache}; the first time this takes some minutes …`);
  rmSync(join(cache, 'built.json'), { force: true });
  mkdirSync(cache, { recursive: true });
  const started = performance.now();
  await go(cache, ['install', `${BUILDER}@v${version}`], { GOBIN: cache });
  const hasContrib = isServed(cache, `${CONTRIB}@v${version}`);
  if (!hasContrib) say(`The module proxy does not serve ${CONTRIB}@v${version}; building the stand-in of this folder.`);
  writeFileSync(join(cache, 'builder.yaml'), hasContrib ? manifest : withStandIn(manifest));
  await run(cache, join(cache, 'builder'), ['--config=builder.yaml', '--skip-strict-versioning=false'], {});
  const binary = join(cache, 'build', 'otelcol-genspan');
  const built = {
    digest,
    binary,
    version,
    receiver: hasContrib ? 'contrib' : 'stand-in',
    buildSeconds: Math.round((performance.now() - started) / 1000),
    bytes: statSync(binary).size,
  };
  writeFileSync(join(cache, 'built.json'), `${JSON.stringify(built, undefined, 2)}\n`);
  return { ...built, isNew: true };
}

function digestOf(manifest) {
  const hash = createHash('sha256').update(manifest);
  const folder = join(FOLDER, STAND_IN.folder);
  for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}

/** What the last build left, if its binary is still there. */
function readStamp(file) {
  try {
    const stamp = JSON.parse(readFileSync(file, 'utf8'));
    return statSync(stamp.binary).size === stamp.bytes ? stamp : undefined;
  } catch {
    return undefined;
  }
}

function withStandIn(manifest) {
  const line = new RegExp(`^  - gomod: ${CONTRIB} .*$`, 'm');
  const path = JSON.stringify(join(FOLDER, STAND_IN.folder));
  return manifest.replace(line, `  - gomod: ${STAND_IN.module} v0.0.0\n    path: ${path}`);
}

function requireGo() {
  if (spawnSync('go', ['version']).status === 0) return;
  throw new CannotBuildError(
    'Expected `go` (1.26 or newer, https://go.dev/dl) in the PATH to build the Collector, found none.',
  );
}

function isServed(cwd, module) {
  return spawnSync('go', ['mod', 'download', module], { cwd, env: goEnvironment({}) }).status === 0;
}

function go(cwd, args, env) {
  return run(cwd, 'go', args, env);
}

/** Runs a command quietly; what it printed is in the error. */
function run(cwd, command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: goEnvironment(env), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    const fail = (reason) =>
      reject(new CannotBuildError(`${command} ${args.join(' ')}: ${reason}\n${output.slice(-4000)}`));
    child.on('error', (error) => fail(error.message));
    child.on('close', (code) => (code === 0 ? resolve() : fail(`exit code ${code}`)));
  });
}

/** The build lies inside this repository, but is no part of its history or of a Go workspace around it. */
function goEnvironment(env) {
  return { ...process.env, GOFLAGS: '-mod=mod -buildvcs=false', GOWORK: 'off', ...env };
}
