// Finds what a package imports that its layer may not, or that it has not declared, and where it reads the environment.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ALLOWED_IMPORTS, ENVIRONMENT_READERS, FORBIDDEN_NAMES, TEST_PACKAGE } from './direction-rules.mjs';
import { readSourceFacts } from './source-facts.mjs';

const SCOPE = '@genspan/';
const SKIPPED_FOLDERS = new Set(['node_modules', 'dist', 'coverage', '.cache', '.git', 'fixtures']);

/**
 * @param {string} root the repository, or a tree that is laid out like it
 * @returns {{ packages: number, files: number, findings: string[] }} a finding starts with its place, `path:line`
 */
export function checkDirection(root) {
  const findings = [];
  const context = {
    root,
    rootManifest: readManifest(root),
    report: (place, message) => findings.push(`${place}: ${message}`),
  };
  const packages = readdirSync(join(root, 'packages')).filter((name) =>
    existsSync(join(root, 'packages', name, 'package.json')),
  );
  let files = 0;
  for (const name of packages) files += checkPackage(context, name);
  for (const folder of ['packages', 'integration-tests', 'benchmarks', 'examples', 'scripts']) {
    checkNames(context, join(root, folder));
  }
  return { packages: packages.length, files, findings };
}

function checkPackage(context, name) {
  const { root, report } = context;
  const folder = join(root, 'packages', name);
  const manifest = readManifest(folder);
  const allowed = ALLOWED_IMPORTS[name];
  if (allowed === undefined) {
    report(`packages/${name}`, `Expected a row for \`${name}\` in scripts/direction-rules.mjs`);
    return 0;
  }
  if (manifest.name !== SCOPE + name) {
    report(`packages/${name}/package.json`, `Expected the name \`${SCOPE}${name}\`, got \`${manifest.name}\``);
  }
  for (const dependency of runtimeDependencies(manifest)) {
    checkOwn(context, `packages/${name}/package.json`, dependency, name, allowed);
  }
  let files = 0;
  for (const file of walk(folder)) {
    if (!/\.[cm]?[jt]sx?$/.test(file)) continue;
    files += 1;
    checkFile(context, file, { name, folder, manifest, allowed, kind: kindOf(relative(folder, file), manifest) });
  }
  return files;
}

function checkFile(context, file, owner) {
  const { root, report } = context;
  const path = toPosix(relative(root, file));
  const { imports, environmentReads } = readSourceFacts(file, readFileSync(file, 'utf8'));
  const mayUse = owner.kind === 'source' ? owner.allowed : [...owner.allowed, TEST_PACKAGE];
  for (const { specifier, line, typeOnly } of imports) {
    const place = `${path}:${line}`;
    if (specifier.startsWith('.')) {
      checkRelative(context, place, resolve(dirname(file), specifier), owner);
    } else if (!isBuiltin(specifier)) {
      const dependency = packageOf(specifier);
      if (dependency === owner.manifest.name) continue;
      checkOwn(context, place, dependency, owner.name, mayUse);
      checkDeclared(context, place, dependency, owner, typeOnly);
    }
  }
  if (owner.kind !== 'source' || owner.name === TEST_PACKAGE || mayReadEnvironment(path)) return;
  for (const line of environmentReads) report(`${path}:${line}`, 'process.env is read in configuration only');
}

function checkOwn({ report }, place, dependency, importer, allowed) {
  if (!dependency.startsWith(SCOPE)) return;
  const imported = dependency.slice(SCOPE.length);
  if (allowed.includes(imported)) return;
  const may = allowed.length > 0 ? allowed.join(', ') : 'nothing of ours';
  report(place, `${importer} must not import ${imported}; it may import ${may}`);
}

function checkRelative({ report }, place, target, { folder, name, kind }) {
  const inside = relative(folder, target);
  if (inside.startsWith('..')) report(place, `${name} must not reach outside its folder; import a package by its name`);
  if (kind === 'source' && inside.startsWith(`test${sep}`)) report(place, `${name} must not import its own tests`);
}

function checkDeclared({ report, rootManifest }, place, dependency, { manifest, kind }, typeOnly) {
  if (runtimeDependencies(manifest).includes(dependency)) return;
  // What is gone at run time may come from a development dependency; what is left in the declarations shows in api.md.
  const ofDevelopment = { ...manifest.devDependencies, ...rootManifest.devDependencies };
  if ((kind !== 'source' || typeOnly) && dependency in ofDevelopment) return;
  if (kind !== 'source' && dependency === SCOPE + TEST_PACKAGE) return;
  report(place, `Expected \`${dependency}\` in the package's dependencies or peerDependencies, got nothing`);
}

/** A source is what is published: all of src, and the files beside it that the manifest lists. */
function kindOf(path, manifest) {
  const [first] = path.split(sep);
  return first === 'src' || manifest.files?.includes(toPosix(path)) ? 'source' : 'test';
}

function checkNames(context, folder) {
  const { root, report } = context;
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (SKIPPED_FOLDERS.has(entry.name)) continue;
    const name = entry.name.split('.')[0].toLowerCase();
    const said = path.startsWith(join(root, 'packages')) ? name.split('-').at(-1) : name;
    if (name !== TEST_PACKAGE && FORBIDDEN_NAMES.includes(said)) {
      report(toPosix(relative(root, path)), `Expected a name that says what is inside, got \`${entry.name}\``);
    }
    if (entry.isDirectory()) checkNames(context, path);
  }
}

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (SKIPPED_FOLDERS.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.isFile()) yield path;
  }
}

function mayReadEnvironment(path) {
  return ENVIRONMENT_READERS.some((reader) => (reader.endsWith('/') ? path.startsWith(reader) : path === reader));
}

function runtimeDependencies({ dependencies, peerDependencies, optionalDependencies }) {
  return Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies });
}

function packageOf(specifier) {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function toPosix(path) {
  return path.split(sep).join('/');
}
