// Installs the packed packages into an empty project, as an application would, and loads every entry point there.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainEnvironment, run, runAll } from './commands.mjs';
import { npm, root } from './prepare.mjs';

/** What an application has beside ours, in the versions that the repository develops with. */
const PEERS = ['@opentelemetry/api', '@opentelemetry/sdk-node', 'openai'];
const TSC = join(root, 'node_modules/@typescript/native/bin/tsc');
const PRINT_NAMES = `
function print(exported) {
  const names = Object.keys(exported).filter((name) => !['default', '__esModule', 'module.exports'].includes(name));
  process.stdout.write(names.sort().join(' '));
}
`;
const LOADERS = {
  require: { file: 'load.cjs', text: `print(require(process.argv[2]));${PRINT_NAMES}` },
  import: { file: 'load.mjs', text: `print(await import(process.argv[2]));${PRINT_NAMES}` },
};

/**
 * @param {{ manifest: any, file: string }[]} packed `file` is the tarball
 * @returns {Promise<string[]>} what does not install, load or type-check
 */
export async function installedFindings(packed) {
  // Outside the repository: its node_modules would stand in for a dependency that nobody declared.
  const folder = mkdtempSync(join(tmpdir(), 'genspan-consumer-'));
  try {
    const failure = await install(folder, packed);
    if (failure !== undefined) return [failure];
    return [
      ...copyFindings(folder, packed),
      ...(await loadFindings(folder, packed)),
      ...(await typeFindings(folder, packed)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function install(folder, packed) {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const dependencies = Object.fromEntries([
    ...PEERS.map((name) => [name, devDependencies[name]]),
    ...packed.map(({ manifest, file }) => [manifest.name, `file:${file}`]),
  ]);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, dependencies }));
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error'];
  const { status, stderr } = await run(npm(args), folder);
  return status === 0 ? undefined : `The tarballs do not install into an empty project:\n${stderr}`;
}

/** One package of ours must not bring a second copy of another: their version ranges have to fit together. */
function copyFindings(folder, packed) {
  const nested = readdirSync(join(folder, 'node_modules/@genspan')).flatMap((name) => {
    const inside = join(folder, 'node_modules/@genspan', name, 'node_modules/@genspan');
    try {
      return readdirSync(inside).map((copy) => `@genspan/${name} brings its own copy of @genspan/${copy}`);
    } catch {
      return [];
    }
  });
  const installed = readdirSync(join(folder, 'node_modules/@genspan')).length;
  if (installed === packed.length) return nested;
  return [...nested, `Expected ${packed.length} packages of ours in the empty project, got ${installed}`];
}

async function loadFindings(folder, packed) {
  const findings = [];
  for (const { file, text } of Object.values(LOADERS)) writeFileSync(join(folder, file), text);
  const tasks = entryPoints(packed).flatMap((specifier) =>
    Object.entries(LOADERS).map(([how, { file }]) => ({
      specifier,
      how,
      command: [process.execPath, file, specifier],
      // An entry point that starts an SDK is loaded, not started.
      env: plainEnvironment({ OTEL_SDK_DISABLED: 'true' }),
    })),
  );
  const names = new Map();
  await runAll(tasks, folder, ({ specifier, how }, { status, stdout, stderr, timedOut }) => {
    if (timedOut) findings.push(`${specifier}: keeps the process alive when loaded with ${how}`);
    else if (status !== 0) findings.push(`${specifier}: cannot be loaded with ${how}:\n${stderr}`);
    else if (stderr !== '') findings.push(`${specifier}: writes to stderr when loaded with ${how}:\n${stderr}`);
    const others = names.get(specifier);
    if (others !== undefined && others !== stdout) {
      findings.push(`${specifier}: exports other names to import than to require:\n  ${stdout}\n  ${others}`);
    }
    names.set(specifier, stdout);
  });
  for (const { manifest } of packed) {
    if (names.get(manifest.name) === '') findings.push(`${manifest.name}: exports nothing`);
  }
  return findings;
}

/** The declarations alone, checked without the sources: `skipLibCheck` is off for ours and for all they name. */
async function typeFindings(folder, packed) {
  const imports = entryPoints(packed).map(
    (specifier, index) => `import * as m${index} from '${specifier}'; void m${index};`,
  );
  const files = ['consumer.cts', 'consumer.mts'];
  for (const file of files) writeFileSync(join(folder, file), imports.join('\n'));
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--typeRoots', join(root, 'node_modules/@types')];
  const modes = ['--module', 'node20', '--types', 'node'];
  const { status, stdout } = await run([process.execPath, TSC, ...options, ...modes, ...files], folder);
  return status === 0 ? [] : [`The declarations do not type-check in the empty project:\n${stdout}`];
}

function entryPoints(packed) {
  return packed.flatMap(({ manifest }) =>
    Object.keys(manifest.exports)
      .filter((key) => key !== './package.json')
      .map((key) => manifest.name + key.slice(1)),
  );
}
