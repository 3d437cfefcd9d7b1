// What a published package must hold, and what it must not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const EXPECTED = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];
const UNWANTED = [
  [/(^|\/)(test|tests|__tests__|fixtures)\/|\.test\./, 'a test'],
  [/\.tsbuildinfo$/, 'a build cache'],
  [/(^|\/)\.(env|npmrc|DS_Store)/, 'a private file'],
  [/(^|\/)node_modules\//, 'a dependency'],
];
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'];
/** Home and work folders of the usual systems; a path in a published file tells about the machine that built it. */
const ABSOLUTE_PATH =
  /file:\/\/\/[\w.]|(?<![\w.:/~-])\/(?:home|Users|root|tmp|work|builds?|github)\/[\w.-]+\/|\b[A-Z]:\\\\?Users\\/;

/**
 * @param {{ folder: string, files: string[], manifest: any, root: string }} pack `files` are those of the tarball, by path inside
 * @returns {string[]} what is wrong with it
 */
export function tarballFindings({ folder, files, manifest, root }) {
  const findings = [];
  for (const name of EXPECTED) {
    if (!files.includes(name)) findings.push(`Expected ${name} in the tarball, got none`);
  }
  for (const file of files) {
    for (const [pattern, what] of UNWANTED) {
      if (pattern.test(file)) findings.push(`Expected no ${what.replace(/^an? /, '')} in the tarball, got ${file}`);
    }
    const text = readFileSync(join(folder, file), 'utf8');
    if (file.endsWith('.map') && !holdsItsSources(text)) {
      findings.push(`Expected ${file} to hold its sources, got names of files that are not published`);
    }
    const path = text.includes(root) ? root : ABSOLUTE_PATH.exec(text)?.[0];
    if (path !== undefined) findings.push(`Expected no absolute path in ${file}, got ${path}`);
  }
  for (const script of INSTALL_SCRIPTS) {
    if (manifest.scripts?.[script] !== undefined) findings.push(`Expected no script \`${script}\`, got one`);
  }
  return findings;
}

function holdsItsSources(map) {
  const { sources, sourcesContent } = JSON.parse(map);
  return sources.every((_, index) => typeof sourcesContent?.[index] === 'string');
}
