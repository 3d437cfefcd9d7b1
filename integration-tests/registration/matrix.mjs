// `npm run test:matrix`: CommonJS and ES module × ways to load the preload × releases of Node × lines of the SDK, the stages
// on each of the latter, and the table of operations on each of those releases.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare } from '../../scripts/prepare.mjs';

const MAJORS = [20, 22, 24, 26];
const PARALLEL = 2;
const cache = fileURLToPath(new URL('.cache/', import.meta.url));
const say = (line) => process.stderr.write(`${line}\n`);

prepare();
// Only now: they import the built packages.
const { startOpenAIServer } = await import('@genspan/test-utils');
const { APPS, WAYS, runCell } = await import('./cell.mjs');
const { PROJECTS, installProject, packPackages } = await import('./projects.mjs');
const { runOperations } = await import('./operations.mjs');
const { runSampled } = await import('../sampling/matrix-row.mjs');
const { runEnriched } = await import('../enrichment/matrix-row.mjs');
const { runRedacted } = await import('../redaction/matrix-row.mjs');
const { runDelivered } = await import('../delivery/matrix-row.mjs');
const { nodeRuntimes } = await import('./runtimes.mjs');

say('Installing other releases of Node …');
const runtimes = nodeRuntimes(MAJORS, join(cache, 'runtimes'));
say('Packing the packages and installing them into a project for each line of the SDK …');
const tarballs = packPackages(join(cache, 'tarballs'));
for (const [name, dependencies] of Object.entries(PROJECTS)) {
  installProject(join(cache, name.replaceAll(' ', '-')), dependencies, tarballs);
}

const cells = Object.keys(PROJECTS).flatMap((sdk) =>
  MAJORS.flatMap((major) =>
    Object.keys(APPS).flatMap((app) => Object.keys(WAYS).map((way) => ({ sdk, major, app, way, problems: undefined }))),
  ),
);
say(`Running ${cells.length} cells …`);
const server = await startOpenAIServer();
const waiting = [...cells];
await Promise.all(
  Array.from({ length: PARALLEL }, async () => {
    for (let cell = waiting.shift(); cell !== undefined; cell = waiting.shift()) {
      cell.problems = await runCell({
        nodePath: runtimes.get(cell.major),
        folder: join(cache, cell.sdk.replaceAll(' ', '-')),
        app: cell.app,
        way: cell.way,
        baseURL: server.baseURL,
      });
    }
  }),
);

const STAGES = { sampling: runSampled, enrichment: runEnriched, redaction: runRedacted, delivery: runDelivered };
say(`Running ${Object.keys(STAGES).join(', ')} on each …`);
const stages = [];
for (const { sdk, major } of Object.keys(PROJECTS).flatMap((sdk) => MAJORS.map((major) => ({ sdk, major })))) {
  const folder = join(cache, sdk.replaceAll(' ', '-'));
  for (const [name, run] of Object.entries(STAGES)) {
    const problems = await run({ nodePath: runtimes.get(major), folder, baseURL: server.baseURL, sdk });
    stages.push({ title: `${name}, ${sdk}, Node ${major}`, problems });
  }
}
await server.close();

const tables = [];
for (const [major, nodePath] of runtimes) {
  say(`Running the table of operations on Node ${major} …`);
  tables.push({ title: `operations, Node ${major}`, problems: await runOperations(nodePath) });
}

const columns = Object.keys(APPS).flatMap((app) => Object.keys(WAYS).map((way) => ({ app, way })));
const rows = Object.keys(PROJECTS).flatMap((sdk) => MAJORS.map((major) => ({ sdk, major })));
const table = [
  ['', ...columns.map(({ app, way }) => `${app} ${way}`)],
  ...rows.map(({ sdk, major }) => [
    `${sdk}, Node ${major}`,
    ...columns.map(({ app, way }) => {
      const cell = cells.find((one) => one.sdk === sdk && one.major === major && one.app === app && one.way === way);
      return cell.problems.length === 0 ? 'ok' : 'FAILED';
    }),
  ]),
];
const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
for (const row of table)
  console.log(
    row
      .map((text, column) => text.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
const others = [...stages, ...tables];
for (const { title, problems } of others) console.log(`${title}  ${problems.length === 0 ? 'ok' : 'FAILED'}`);
const failedCells = cells.filter((cell) => cell.problems.length > 0);
for (const { sdk, major, app, way, problems } of failedCells) {
  console.log(`${sdk}, Node ${major}, ${app} ${way}: ${problems.join('; ')}`);
}
for (const { title, problems } of stages.filter((row) => row.problems.length > 0)) {
  console.log(`${title}: ${problems.join('; ')}`);
}
const failed = failedCells.length + others.filter(({ problems }) => problems.length > 0).length;
console.log(`${cells.length + others.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
