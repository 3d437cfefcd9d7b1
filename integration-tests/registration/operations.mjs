import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Runs the table of operations, all majors of the client, on another release of Node.
 *
 * @param {string} nodePath
 * @returns {Promise<string[]>} what went wrong; the whole report is printed on stderr then
 */
export function runOperations(nodePath) {
  const args = ['node_modules/jest/bin/jest.js', 'integration-tests/operations', '--selectProjects', 'integration'];
  const child = spawn(nodePath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let report = '';
  child.stdout.on('data', (chunk) => (report += chunk));
  child.stderr.on('data', (chunk) => (report += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) return resolve([]);
      process.stderr.write(report);
      resolve([`the table of operations ended with exit code ${code}`]);
    });
  });
}
