// `npm run collector:build`: prints the path of a Collector for the tests; builds it when there is none yet.
import { buildCollector } from '../integration-tests/collector/build-collector.mjs';
import { NoCollectorError } from '../integration-tests/collector/find-collector.mjs';

const say = (line) => process.stderr.write(`${line}\n`);

try {
  const { binary } = await buildCollector(say);
  console.log(binary);
} catch (error) {
  if (!(error instanceof NoCollectorError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
