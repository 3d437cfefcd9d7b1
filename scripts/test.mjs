// `npm test`: installs and builds what is missing, then runs jest with the arguments it was given.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findCollector, HOW_TO_GET_ONE, NoCollectorError } from '../integration-tests/collector/find-collector.mjs';
import { install, prepare, root } from './prepare.mjs';

// Settings of the shell must not decide whether a test passes; the tests set what they need.
const FOREIGN = /^(OTEL_|OPENAI_|AZURE_OPENAI_|NODE_OPTIONS$)/;

// Where one is required, its absence is a failed test.
const skipsCollector = !process.env.GENSPAN_REQUIRE_COLLECTOR && !hasCollector();

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
  if (skipsCollector) {
    process.stderr.write(`No OpenTelemetry Collector: integration-tests/collector was skipped; ${HOW_TO_GET_ONE}.\n`);
  }
});

function hasCollector() {
  try {
    return findCollector() !== undefined;
  } catch (error) {
    if (!(error instanceof NoCollectorError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
