// `npm test`: installs and builds what is missing, then runs jest with the arguments it was given.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { install, prepare, root } from './prepare.mjs';

// Settings of the shell must not decide whether a test passes; the tests set what they need.
const FOREIGN = /^(OTEL_|OPENAI_|AZURE_OPENAI_|NODE_OPTIONS$)/;

prepare();
install(join(root, 'integration-tests/mapping/peers'), 'the instrumentations whose spans are translated');

const env = { ...process.env };
const removed = Object.keys(env).filter((name) => FOREIGN.test(name));
for (const name of removed) delete env[name];
if (removed.length > 0) process.stderr.write(`Not passed on to the tests: ${removed.join(', ')}\n`);

process.stderr.write('Running the tests …\n');
const jest = spawn(process.execPath, [join(root, 'node_modules/jest/bin/jest.js'), ...process.argv.slice(2)], {
  cwd: root,
  env,
  stdio: 'inherit',
});
jest.on('close', (code, signal) => {
  if (signal !== null) process.stderr.write(`jest was ended by ${signal}\n`);
  process.exitCode = code ?? 1;
});
