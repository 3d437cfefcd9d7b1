// `npm run test:collector`: sends a real Collector, the one of `npm run collector:build`, what genspan records. Arguments choose sections by name.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from '../../scripts/prepare.mjs';
import { buildCollector } from './build-collector.mjs';
import { NoCollectorError } from './find-collector.mjs';

const say = (line) => process.stderr.write(`${line}\n`);

prepare();
const built = await buildCollector(say).catch((error) => {
  if (!(error instanceof NoCollectorError)) throw error;
  say(error.message);
  process.exit(2);
});
say(`Collector ${built.version}, otlp_json_file receiver: ${built.receiver}; ${built.binary}`);

// Only now: they import the built packages.
const { startOpenAIServer } = await import('@genspan/test-utils');
const { killCollectors } = await import('./collector-process.mjs');
const { otlpChecks } = await import('./checks/otlp.mjs');
const { otlpVolumeChecks } = await import('./checks/otlp-volume.mjs');
const { jsonlChecks } = await import('./checks/jsonl.mjs');
const { jsonlLimitChecks } = await import('./checks/jsonl-limits.mjs');
const { outageChecks } = await import('./checks/outage.mjs');
const { redactionChecks } = await import('./checks/redaction.mjs');
const { samplingChecks } = await import('./checks/sampling.mjs');
const { sampledConversationsChecks } = await import('./checks/sampling-conversations.mjs');
const { oddTraceStateChecks } = await import('./checks/sampling-odd-states.mjs');
const { sampledServicesChecks } = await import('./checks/sampling-services.mjs');
const SECTIONS = {
  otlp: otlpChecks,
  volume: otlpVolumeChecks,
  jsonl: jsonlChecks,
  limits: jsonlLimitChecks,
  outage: outageChecks,
  redaction: redactionChecks,
  sampling: samplingChecks,
  conversations: sampledConversationsChecks,
  services: sampledServicesChecks,
  tracestate: oddTraceStateChecks,
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in SECTIONS));
if (unknown.length > 0) {
  say(`Expected names of ${Object.keys(SECTIONS).join(', ')}, got ${unknown.join(', ')}`);
  process.exit(2);
}

const openai = await startOpenAIServer();
const folder = mkdtempSync(join(tmpdir(), 'genspan-collector-'));
const rows = [];
for (const [name, checks] of Object.entries(SECTIONS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  say(`Checking ${name} …`);
  try {
    for await (const row of checks({ binary: built.binary, openai, folder: join(folder, name) })) rows.push(row);
  } catch (error) {
    rows.push({ title: `${name}: the rest`, problems: [error.stack] });
  }
}
killCollectors();
await openai.close();

const isFailed = ({ problems }) => problems.length > 0;
const width = Math.max(...rows.map(({ title }) => title.length));
for (const row of rows) {
  const result = isFailed(row) ? 'FAILED' : 'ok    ';
  console.log(`${row.title.padEnd(width)}  ${result}  ${row.figures ?? ''}`.trimEnd());
}
const failed = rows.filter(isFailed);
for (const { title, problems } of failed) {
  console.log(
    `${title}:\n${problems
      .slice(0, 5)
      .map((problem) => `  - ${problem}`)
      .join('\n')}`,
  );
  if (problems.length > 5) console.log(`  and ${problems.length - 5} more`);
}
if (failed.length > 0) say(`What was written and received is in ${folder}`);
else rmSync(folder, { recursive: true });
console.log(`${rows.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
