// Where the time of a variant goes: the functions with the most time of their own, in microseconds per call.
// node benchmarks/profile.mjs <variant> [--case chat|chat with tools|short stream|long stream] [--calls 20000] [--top 40]

import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadVariants, VARIANTS } from './load-variants.mjs';
import { complete, readStream } from './operations.mjs';
import { CASES } from './payloads.mjs';
import { formatTable } from './table.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    case: { type: 'string', default: 'chat' },
    calls: { type: 'string', default: '20000' },
    top: { type: 'string', default: '40' },
  },
});
const [id] = positionals;
const chosen = CASES[values.case];
if (!VARIANTS.includes(id) || chosen === undefined) {
  console.error(`Expected a variant (${VARIANTS.join(', ')}) and a case (${Object.keys(CASES).join(', ')})`);
  process.exit(1);
}
const calls = Number(values.calls);
const operation = chosen.json === undefined ? readStream : complete;
const [variant] = await loadVariants([id]);
if (variant.missing) {
  console.error(`${variant.name} is not built: run npm run build`);
  process.exit(1);
}
variant.answer(chosen);

async function run(times) {
  for (let i = 0; i < times; i++) {
    await operation(variant, chosen.params);
    if (i % 256 === 255) await variant.flush();
  }
}

await run(Math.min(5000, calls));
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.setSamplingInterval', { interval: 100 });
await session.post('Profiler.start');
await run(calls);
const { profile } = await session.post('Profiler.stop');

/** Self time by function: the nodes of a profile are functions by call stack, so one function has many. */
function selfTimes({ nodes, samples, timeDeltas }) {
  const byNode = new Map(nodes.map(({ id: node, callFrame }) => [node, place(callFrame)]));
  const times = new Map();
  samples.forEach((node, i) => {
    const key = byNode.get(node);
    times.set(key, (times.get(key) ?? 0) + timeDeltas[i]);
  });
  return times;
}

const here = fileURLToPath(new URL('.', import.meta.url));

function place({ functionName, url, lineNumber }) {
  const file = url
    .replace(/^file:\/\//, '')
    .replace(here, '')
    .replace(/^.*node_modules\//, '');
  return `${functionName || '(anonymous)'}  ${file}${url ? `:${lineNumber + 1}` : ''}`;
}

/** `@genspan/…`, `openai`, `node:internal` …: whose code it is. */
function owner(key) {
  const file = key.split('  ')[1] ?? '';
  if (file === '') return key.trim();
  if (file.startsWith('node:')) return 'node';
  return file
    .split('/')
    .slice(0, file.startsWith('@') ? 2 : 1)
    .join('/');
}

const times = selfTimes(profile);
const total = [...times.values()].reduce((sum, time) => sum + time, 0);
const owners = new Map();
for (const [key, time] of times) owners.set(owner(key), (owners.get(owner(key)) ?? 0) + time);
const rows = (map, top) =>
  [...map]
    .sort(([, a], [, b]) => b - a)
    .slice(0, top)
    .map(([key, time]) => [key, (time / calls).toFixed(2), `${((100 * time) / total).toFixed(1)} %`]);

console.log(`${variant.name}, ${values.case}, ${calls} calls, Node ${process.version}\n`);
console.log(formatTable(['whose code', 'self µs/call', 'share'], rows(owners, 15)));
console.log(`\n${formatTable(['function', 'self µs/call', 'share'], rows(times, Number(values.top)))}`);
process.exit(0); // some peers keep timers
