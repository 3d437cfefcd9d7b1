// Packs every public package, looks into the tarballs, installs them into an empty project and loads every entry point there.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { run, runAll } from './commands.mjs';
import { installedFindings } from './installed-packages.mjs';
import { build, npm, root } from './prepare.mjs';
import { publicPackages } from './public-packages.mjs';
import { tarballFindings } from './tarball.mjs';

const PACKS = join(root, '.cache/packs');
const ATTW = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');

const findings = [];
const report = (subject, message) => findings.push(`${subject}: ${message}`);

build();
const packages = publicPackages();
const tarballs = await pack();
await checkTarballs();
await checkTypes();
findings.push(
  ...(await installedFindings(packages.map(({ manifest }) => ({ manifest, ...tarballs.get(manifest.name) })))),
);

for (const finding of findings) console.error(finding);
console.log(`Packages: ${packages.length} packed, ${findings.length} findings`);
process.exitCode = findings.length > 0 ? 1 : 0;

/** @returns {Promise<Map<string, { file: string, files: string[] }>>} by package name */
async function pack() {
  rmSync(PACKS, { recursive: true, force: true });
  mkdirSync(PACKS, { recursive: true });
  const workspaces = packages.flatMap(({ path }) => ['-w', path]);
  const { status, stdout, stderr } = await run(
    npm(['pack', '--json', '--pack-destination', PACKS, ...workspaces]),
    root,
  );
  if (status !== 0) throw new Error(`npm pack failed: ${stderr}`);
  const packed = Object.values(JSON.parse(stdout));
  return new Map(
    packed.map(({ name, filename, files }) => [name, { file: join(PACKS, filename), files: files.map((f) => f.path) }]),
  );
}

async function checkTarballs() {
  for (const { folder, manifest } of packages) {
    const { file, files } = tarballs.get(manifest.name);
    for (const message of tarballFindings({ folder, files, manifest, root })) report(manifest.name, message);
    const bytes = readFileSync(file);
    const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const { messages } = await publint({ pack: { tarball }, strict: true });
    for (const message of messages) report(manifest.name, `publint: ${formatMessage(message, manifest)}`);
  }
}

/**
 * The types in every resolution mode: node10, node16 from CommonJS and from ES modules, bundlers. No rule is ignored. The one mode left
 * out is node10 for what is beside the main entry point: that mode knows no `exports`, and Node, which loads those, does.
 */
async function checkTypes() {
  const commands = packages.flatMap(({ manifest }) => {
    const base = [
      process.execPath,
      ATTW,
      tarballs.get(manifest.name).file,
      '--format',
      'table',
      '--no-emoji',
      '--no-color',
    ];
    return [
      ['--entrypoints', '.'],
      ['--profile', 'node16'],
    ].map((scope) => ({
      name: manifest.name,
      command: [...base, ...scope],
    }));
  });
  await runAll(commands, root, ({ name }, { status, stdout, stderr }) => {
    if (status !== 0) report(name, `attw:\n${stdout}${stderr}`);
  });
}
