// Throw-away projects as a user would have them: genspan's packed packages, one line of the SDK, one client.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from './runtimes.mjs';

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));
const apps = fileURLToPath(new URL('apps/', import.meta.url));
const redactedApp = fileURLToPath(new URL('../redaction/fixtures/', import.meta.url));
const enrichedApp = fileURLToPath(new URL('../enrichment/fixtures/answers.mjs', import.meta.url));
const sampledApp = fileURLToPath(new URL('../sampling/fixtures/chats.mjs', import.meta.url));

/** The two lines of the SDK, each with the client of its time. */
export const PROJECTS = {
  'SDK 2.12': { '@opentelemetry/api': '1.9.1', '@opentelemetry/sdk-node': '0.223.0', openai: '6.49.0' },
  'SDK 3.1': { '@opentelemetry/api': '1.10.0', '@opentelemetry/sdk-node': '0.301.0', openai: '7.57.0' },
};

/** Packs every package that is published; returns the tarballs. */
export function packPackages(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(packages)) {
    const manifest = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'));
    if (manifest.private !== true) npm(['pack', '--pack-destination', folder], join(packages, name));
  }
  return readdirSync(folder).map((file) => join(folder, file));
}

/** Makes the project in `folder`, or brings genspan in it up to date. */
export function installProject(folder, dependencies, tarballs) {
  const manifest = `${JSON.stringify({ private: true, dependencies }, undefined, 2)}\n`;
  const file = join(folder, 'package.json');
  if (!existsSync(file) || readFileSync(file, 'utf8') !== manifest) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, manifest);
  }
  // Same version, other content: npm would keep what it has.
  rmSync(join(folder, 'node_modules/@genspan'), { recursive: true, force: true });
  npm(['install', '--no-save', '--no-package-lock', ...tarballs], folder);
  cpSync(apps, folder, { recursive: true });
  cpSync(enrichedApp, join(folder, 'answers.mjs'));
  cpSync(sampledApp, join(folder, 'chats.mjs'));
  cpSync(redactedApp, join(folder, 'redaction'), { recursive: true });
}
