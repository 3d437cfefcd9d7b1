// Where a Collector is: `OTELCOL` names one, or `npm run collector:build` has left one in the cache of the user.
import { createHash } from 'node:crypto';
import { accessSync, constants, readFileSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const FOLDER = fileURLToPath(new URL('.', import.meta.url));
export const MANIFEST = join(FOLDER, 'builder.yaml');
export const STAND_IN = join(FOLDER, 'otlpjsonfilereceiver');

/** What to do when there is none. */
export const HOW_TO_GET_ONE =
  '`npm run collector:build` gets one (it takes Go 1.26 or newer, and some minutes the first time), or OTELCOL=/path names one';

/** Nothing can be checked when this is the reason to end. */
export class NoCollectorError extends Error {}

/**
 * The Collector to use.
 *
 * @typedef {{ binary: string, version: string, receiver: string, buildSeconds?: number, bytes: number }} FoundCollector
 * @returns {FoundCollector | undefined} undefined when none is named and the one of today's manifest has not been built
 * @throws NoCollectorError when `OTELCOL` names something that cannot be run
 */
export function findCollector() {
  const named = process.env.OTELCOL;
  if (named) return { binary: executable(resolve(named)), version: 'named by OTELCOL', receiver: 'its own', bytes: 0 };
  return builtCollector(cachePlace().folder);
}

/** The version of the manifest, and the folder that a build of it lies in. */
export function cachePlace() {
  const manifest = readFileSync(MANIFEST, 'utf8');
  const version = /^ {2}version: (\S+)$/m.exec(manifest)?.[1];
  if (version === undefined) throw new NoCollectorError('builder.yaml: expected a line `version:` below `dist:`');
  const root = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'genspan', 'otelcol');
  return { manifest, version, root, folder: join(root, `${version}-${digestOf(manifest)}`) };
}

/** What a build left in `folder`, if it is whole. */
export function builtCollector(folder) {
  try {
    const built = JSON.parse(readFileSync(join(folder, 'built.json'), 'utf8'));
    const binary = join(folder, built.name);
    return statSync(binary).size === built.bytes ? { ...built, binary } : undefined;
  } catch {
    return undefined;
  }
}

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    if (statSync(path).isFile()) return path;
  } catch {
    // Told below, with what was asked for.
  }
  throw new NoCollectorError(`Expected \`OTELCOL\` to name a Collector that can be run, got ${path}`);
}

/** Of all that decides what comes out. */
function digestOf(manifest) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`).update(manifest);
  for (const file of readdirSync(STAND_IN).sort()) hash.update(file).update(readFileSync(join(STAND_IN, file)));
  return hash.digest('hex').slice(0, 12);
}
